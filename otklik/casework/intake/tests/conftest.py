"""A municipality, a person who imports, and exports of our own making."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from otklik.base.actor import Actor
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import MunicipalityKind, Permission

HEADER = ("id", "Текст сообщения", "Тематика", "Ответственное лицо", "Дата создания", "Статус")
MAPPING = {
    "number": "id",
    "text": "Текст сообщения",
    "topic": "Тематика",
    "body": "Ответственное лицо",
    "received_at": "Дата создания",
    "status": "Статус",
}
_PLACES = ("на Садовой", "у школы", "за рынком", "в Заречье", "возле пруда")
_TROUBLES = (
    ("третий день нет воды", "Водоснабжение", "Водоканал"),
    ("яма во всю дорогу", "Содержание дорог", "Дорожное хозяйство"),
    ("не горят фонари", "Уличное освещение", "Горсвет"),
    ("не вывозят мусор", "Вывоз отходов", "Чистый район"),
)


def message(number: int) -> list[str]:
    """A row of an export of «Инцидент менеджмент», varied by its number."""
    place = _PLACES[number % len(_PLACES)]
    trouble, topic, body = _TROUBLES[number % len(_TROUBLES)]
    text = f"Здравствуйте! {place.capitalize()}, дом {number}, {trouble}. Помогите, пожалуйста."
    return [
        str(number),
        text,
        topic,
        body,
        f"{1 + number % 28:02d}.03.2024 10:{number % 60:02d}",
        "",
    ]


def messages(count: int, start: int = 1) -> list[list[str]]:
    return [message(number) for number in range(start, start + count)]


Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write rows under the usual header as a «;» file; returns its path."""

    def writer(
        rows: Sequence[Sequence[str]],
        *,
        header: Sequence[str] = HEADER,
        name: str = "export.csv",
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        return path

    return writer


@pytest.fixture
def municipality(db: None) -> Municipality:
    install_builtin_rules()
    return Municipality.objects.create(
        slug="olkhovka",
        name="Ольховский муниципальный округ",
        short_name="Ольховский округ",
        kind=MunicipalityKind.MUNICIPAL_OKRUG,
        region="Заречная область",
    )


@pytest.fixture
def importer(municipality: Municipality) -> Access:
    """A clerk who may import and see appeals, nothing else."""
    everywhere = Reach(everywhere=True)
    return Access(
        actor=Actor("person", "Сидорова А. П., оператор"),
        municipality_id=municipality.pk,
        grants={
            Permission.IMPORT: everywhere,
            Permission.VIEW_APPEALS: everywhere,
        },
    )

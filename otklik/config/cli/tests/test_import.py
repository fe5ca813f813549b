"""`otklik import` as people and scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.models import Deadline
from otklik.casework.intake.models import ImportProfile
from otklik.config.cli.import_ import import_
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import MunicipalityKind

pytestmark = pytest.mark.django_db

TEXT = (
    "id,Текст Сообщения,Тематика,Ответственное лицо\n"
    '11,"Третий день нет света на Садовой, помогите",Электричество,Сети\n'
    "12,Яма у школы шириной с машину,Дороги,Дорслужба\n"
    "13,,Дороги,Дорслужба\n"
)
MAPS = ("number=id", "text=Текст Сообщения", "topic=Тематика", "body=Ответственное лицо")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def place(slug: str = "olkhovka") -> Municipality:
    return Municipality.objects.create(
        slug=slug,
        name=f"Округ {slug}",
        short_name=slug,
        kind=MunicipalityKind.MUNICIPAL_OKRUG,
        region="Заречная область",
    )


def call(*arguments: object) -> Result:
    return CliRunner().invoke(import_, [str(argument) for argument in arguments])


def incident(file: Path, *more: object) -> Result:
    maps = [part for pair in MAPS for part in ("--map", pair)]
    return call(file, "--source", "incident", *maps, "--json", *more)


def summary(result: Result) -> dict[str, object]:
    found = json.loads(result.stdout.splitlines()[-1])
    return {name: found[name] for name in ("read", "created", "unchanged", "updated", "refused")}


def failure(result: Result) -> OtklikError:
    assert isinstance(result.exception, OtklikError)
    return result.exception


@pytest.mark.clause("ust-kubinsky:4.7.2")
def test_last_line_is_json_and_repeats_change_nothing(file: Path) -> None:
    place()
    first = incident(file)
    assert first.exit_code == 0, first.output
    counts = {"read": 3, "created": 2, "unchanged": 0, "updated": 0, "refused": 1}
    assert summary(first) == counts
    assert "Строка 4" in first.stdout
    assert "Нет текста сообщения" in first.stdout
    assert summary(incident(file)) == {**counts, "created": 0, "unchanged": 2}
    assert Appeal.objects.filter(topic__isnull=False, executor_body__isnull=False).count() == 2
    assert Deadline.objects.count() == 2


def test_dry_run_changes_nothing(file: Path) -> None:
    place()
    result = incident(file, "--dry-run")
    assert summary(result)["created"] == 2
    assert "ничего не изменено" in result.stdout
    assert not Appeal.objects.exists()


def test_profile_is_saved_and_used(file: Path) -> None:
    place()
    incident(file, "--save-profile", "ИМ", "--dry-run")
    assert ImportProfile.objects.get().name == "ИМ"
    assert summary(call(file, "--profile", "ИМ", "--json"))["created"] == 2


def test_report_is_written_row_by_row(file: Path, tmp_path: Path) -> None:
    place()
    incident(file, "--report", tmp_path / "report.csv")
    lines = (tmp_path / "report.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[2] for line in lines] == ["Итог", "создано", "создано", "не принято"]


def test_without_a_municipality_the_mend_is_named(file: Path) -> None:
    result = incident(file)
    error = failure(result)
    assert isinstance(error, NotFound)
    assert "otklik preset apply" in error.mend
    assert "otklik demo" in error.mend
    assert json.loads(result.stdout.splitlines()[-1])["error"] == str(error)


def test_of_several_municipalities_one_is_asked_for(file: Path) -> None:
    place("olkhovka")
    place("zarechye")
    assert isinstance(failure(incident(file)), Refused)
    assert summary(incident(file, "--municipality", "zarechye"))["created"] == 2
    assert Appeal.objects.filter(municipality__slug="zarechye").count() == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--source", "pos", "--map", "text"), "не понять"),
        (("--source", "pos", "--map", "tekst=id"), "Поля «tekst» нет"),
        (("--source", "pos", "--map", "text=Нет"), "нет столбца «Нет»"),
        ((), "из какой системы"),
        (("--profile", "нет такого"), "Профиля загрузки"),
    ],
)
def test_bad_arguments_are_explained(file: Path, arguments: tuple[str, ...], said: str) -> None:
    place()
    error = failure(call(file, *arguments))
    assert said in str(error)
    assert error.mend


def test_missing_file_is_named(tmp_path: Path) -> None:
    place()
    assert "не найден" in str(failure(call(tmp_path / "nothing.csv", "--source", "pos")))

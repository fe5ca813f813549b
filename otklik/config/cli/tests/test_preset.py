"""`otklik preset list | show | apply`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from otklik.config.cli.preset import preset
from otklik.directory.organisation.models import Municipality

# The command looks whether the database is current.
pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(preset, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_the_list_names_five_centres() -> None:
    code, said = run("list")
    assert code == 0
    assert said.count("Постановление от") == 5
    assert "Туапсинский район, Краснодарский край" in said


def test_show_says_what_is_assumed_and_what_stays_open() -> None:
    code, said = run("show", "dedovichi")
    assert code == 0
    assert "предположено: Кто подписывает ответ" in said
    assert "Не решено положением:" in said
    assert "периодичность не указана" in said


@pytest.mark.django_db
def test_apply_creates_once_with_settlements() -> None:
    code, said = run("apply", "tuapse")
    assert code == 0
    assert "ролей\u00a0— 9, органов\u00a0— 40, блоков\u00a0— 6, поселений\u00a0— 10" in said
    assert run("apply", "tuapse") == (code, said)
    assert Municipality.objects.count() == 1
    assert Municipality.objects.get().settlements.count() == 10


@pytest.mark.django_db
def test_an_unknown_name_says_what_there_is() -> None:
    code, said = run("apply", "atlantis")
    assert code == 1
    assert "Образца «atlantis» нет. Есть образцы: dedovichi" in said
    assert not Municipality.objects.exists()

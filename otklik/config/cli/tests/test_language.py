"""`otklik language` reads files of any table kind without a database."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from otklik.config.cli.language import language
from otklik.language.tests.test_classifier import LABELS, TEXTS


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "обращения.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Номер", "Текст", "Тема", "Орган"])
        for number, (text, label) in enumerate(zip(TEXTS, LABELS, strict=True), start=1):
            writer.writerow([number, text, label, ""])
    return path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(language, list(words))
    return result.exit_code, result.output


def test_evaluate_prints_numbers_for_a_program(labelled: Path) -> None:
    code, said = run(
        "evaluate", str(labelled), "--text", "текст", "--label", "C", "--folds", "3", "--json"
    )
    assert code == 0, said
    found = json.loads(said)
    assert found["engine"]["accuracy"] > 0.8
    assert set(found["engine"]) == set(found["baseline"])


def test_evaluate_prints_a_table_for_a_person(labelled: Path) -> None:
    code, said = run("evaluate", str(labelled), "--text", "Текст", "--label", "Тема")
    assert code == 0, said
    assert f"Сообщений: {len(TEXTS)}, ответов: 4, частей: 5" in said
    assert "охват при точности 90 %" in said


def test_a_missing_column_is_named_with_those_that_exist(labelled: Path) -> None:
    code, said = run("evaluate", str(labelled), "--text", "Сообщение", "--label", "Тема")
    assert code == 1
    assert "нет столбца «Сообщение»" in said
    assert "«Текст»" in said


def test_a_column_without_answers_is_refused(labelled: Path) -> None:
    code, said = run("evaluate", str(labelled), "--text", "Текст", "--label", "Орган")
    assert code == 1
    assert "Проверять не на чем" in said

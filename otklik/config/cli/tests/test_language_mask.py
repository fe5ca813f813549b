"""`otklik language mask`: what a file shows when personal data are hidden."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from otklik.config.cli.language import language


def shown(file: Path, *options: str) -> str:
    done = CliRunner().invoke(language, ["mask", str(file), *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_the_texts_of_a_column_are_shown_without_personal_data(tmp_path: Path) -> None:
    file = tmp_path / "обращения.csv"
    file.write_text(
        "Номер;Текст\n1;Меня зовут Мария, тел. 89001112233\n2;На Ленина, 5 яма\n", encoding="utf-8"
    )
    told = shown(file)
    assert "Меня зовут [заявитель], тел. [телефон]" in told
    assert "На Ленина, 5 яма" in told
    assert "Текстов: 2, скрыто: 2." in told


def test_a_publication_also_hides_the_home(tmp_path: Path) -> None:
    file = tmp_path / "письмо.txt"
    file.write_text("Живу на ул. Садовой, д. 5, холодно\n", encoding="utf-8")
    assert "ул. Садовой, д. 5" in shown(file)
    row = json.loads(shown(file, "--view", "publication", "--json"))
    assert row["text"] == "Живу на [адрес], холодно"
    assert [span["kind"] for span in row["found"]] == ["адрес"]

"""The command line speaks plain Russian, also when it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from otklik.base.errors import Refused
from otklik.config.cli.main import COMMANDS, main, told


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(end.value.code or 0)


def test_help_lists_every_command_in_russian(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert all(entry.about[:20] in shown for entry in COMMANDS.values() if not entry.hidden)
    assert "Usage" not in shown
    assert "Show this message" not in shown


def test_help_loads_no_django() -> None:
    code = (
        "import sys\nfrom otklik.config.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", [name for name, entry in COMMANDS.items() if not entry.hidden])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--help") == 0
    assert "Использование: otklik " + name in capsys.readouterr().out


def test_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fly") == 2
    shown = capsys.readouterr().err
    assert "Ошибка: нет команды «fly»" in shown
    assert "otklik --help" in shown


def test_unknown_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "--prot", "80") == 2
    shown = capsys.readouterr().err
    assert "Ошибка: нет параметра --prot" in shown
    assert "--port" in shown


def test_bad_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "--port", "восемь") == 2
    assert "восемь" in capsys.readouterr().err


def test_missing_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore") == 2
    assert "Ошибка: не указано: ФАЙЛ" in capsys.readouterr().err


def test_refusal_says_what_to_do_and_shows_no_traceback() -> None:
    assert told(Refused("Нельзя.", "Сделайте иначе.")) == (
        "Ошибка: Нельзя.\nЧто делать: Сделайте иначе."
    )


@pytest.mark.django_db(transaction=True)
def test_backup_refuses_to_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "copy.tar"
    taken.write_text("прежняя")
    assert run("backup", str(taken)) == 1
    shown = capsys.readouterr().err
    assert "уже есть" in shown
    assert "Что делать: Укажите другое имя" in shown
    assert "Traceback" not in shown
    assert taken.read_text() == "прежняя"

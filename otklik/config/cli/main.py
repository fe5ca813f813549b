"""`otklik`: every command of the program. Commands load when they are called."""

from __future__ import annotations

import gettext
import importlib
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from otklik.base.errors import OtklikError


@dataclass(frozen=True)
class Entry:
    """Where a command lives and what the list of commands says about it."""

    module: str
    about: str
    database: bool = True
    hidden: bool = False


COMMANDS: dict[str, Entry] = {
    "run": Entry(
        "run",
        "Запустить всё: базу данных, страницы и обработчик заданий.",
        database=False,
    ),
    "web": Entry("web", "Запустить только страницы (для нескольких машин).", database=False),
    "worker": Entry("worker", "Запустить только обработчик заданий.", database=False),
    "demo": Entry("demo", "Наполнить базу выдуманным муниципалитетом для знакомства."),
    "preset": Entry("preset", "Создать муниципалитет по образцу из положений о МЦУ."),
    "person": Entry("person", "Завести человека, назначить на роль, отключить вход."),
    "import": Entry("import_", "Загрузить выгрузку обращений из XLSX или CSV."),
    "note": Entry("note", "Составить аналитическую записку в DOCX или PDF."),
    "report": Entry("report", "Составить любой документ каталога: свод, отчёт, справку."),
    "sstu": Entry("sstu", "Составить ежемесячный пакет обращений для ССТУ.РФ."),
    "language": Entry(
        "language", "Разобрать тексты файла: найти адреса, проверить качество.", database=False
    ),
    "journal": Entry("journal", "Проверить или опечатать журнал действий."),
    "doctor": Entry("doctor", "Проверить установку и подсказать, что поправить.", database=False),
    "stand-in": Entry(
        "stand_in",
        "Запустить у себя заместителя ВКонтакте, ОК, Telegram, MAX или ЕСИА.",
        database=False,
    ),
    "backup": Entry("backup", "Сохранить базу данных и вложения в один файл."),
    "restore": Entry("restore", "Восстановить базу данных и вложения из файла.", database=False),
    "migrate": Entry("migrate", "Обновить базу данных до этой версии программы.", database=False),
    "manage": Entry("manage", "Служебные команды Django.", hidden=True),
}


class Commands(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, entry in COMMANDS.items() if not entry.hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"otklik.config.cli.{entry.module}")
        command: click.Command = getattr(module, entry.module, None) or getattr(module, cmd_name)
        _name_parts_in_russian(command)
        return _over_database(command) if entry.database else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name].about) for name in self.list_commands(ctx)]
        with formatter.section("Команды"):
            formatter.write_dl(rows)


@click.group(
    cls=Commands,
    help="Отклик — система муниципального центра управления.",
    epilog="Справка по команде: otklik КОМАНДА --help",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА",
)
@click.option("--debug", is_flag=True, help="При ошибке показать её место в программе.")
def otklik(debug: bool) -> None:
    del debug  # read by `main` from the command line: errors may come before parsing ends


def main(arguments: list[str] | None = None) -> None:
    """Run a command; errors come out as a sentence with the mend, exit code 1."""
    given = sys.argv[1:] if arguments is None else arguments
    _speak_russian()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    try:
        otklik.main(args=given, prog_name="otklik", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Прервано.", err=True)
        sys.exit(130)
    except Exception as error:
        if "--debug" in given:
            traceback.print_exc()
        click.echo(told(error), err=True)
        sys.exit(2 if isinstance(error, click.UsageError) else 1)
    sys.exit(0)


def told(error: Exception) -> str:
    """The sentence a person reads in the terminal."""
    if isinstance(error, OtklikError):
        mend = f"\nЧто делать: {error.mend}" if error.mend else ""
        return f"Ошибка: {error}{mend}"
    if isinstance(error, click.ClickException):
        return _told_usage(error)
    if _is_lost_database(error):
        return (
            "Ошибка: База данных остановилась во время работы команды.\n"
            "Что делать: повторите команду; загрузка обращений продолжится с прерванного места. "
            "Если ошибка повторится, причину покажет otklik doctor."
        )
    return (
        f"Ошибка в программе: {type(error).__name__}: {error}\n"
        "Что делать: повторите с параметром --debug (otklik --debug …) и пришлите вывод "
        "разработчикам; состояние установки покажет otklik doctor."
    )


def _is_lost_database(error: Exception) -> bool:
    from django.db import InterfaceError, OperationalError

    if not isinstance(error, InterfaceError | OperationalError):
        return False
    # Without a code nobody answered; 08 and 57P are words of a server that is going away.
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(("08", "57P"))


def _told_usage(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        message = f"не указано: {error.param.human_readable_name}."
    else:
        message = error.format_message()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "otklik"
    return f"Ошибка: {message}\nЧто делать: посмотрите справку — {path} --help"


def _speak_russian() -> None:
    """The library of the command line takes its words from gettext's current domain."""
    os.environ["LANGUAGE"] = "ru"
    gettext.bindtextdomain("otklik_cli", str(Path(__file__).parent / "locale"))
    gettext.textdomain("otklik_cli")


def _name_parts_in_russian(command: click.Command) -> None:
    command.options_metavar = "[ПАРАМЕТРЫ]" if command.options_metavar else None
    if isinstance(command, click.Group):
        command.subcommand_metavar = "КОМАНДА"
        for part in command.commands.values():
            _name_parts_in_russian(part)


def _over_database(command: click.Command) -> click.Command:
    """Give the command a running, migrated database, but not when only help is asked for."""
    import django

    django.setup()
    original = command.invoke

    def invoke(ctx: click.Context) -> Any:
        if {"--help"} & {*ctx.args, *ctx._protected_args}:
            return original(ctx)
        from otklik.config import migrating
        from otklik.config.postgres import serving

        with serving():
            migrating.ensure_current()
            try:
                return original(ctx)
            finally:
                migrating.hang_up()

    command.invoke = invoke  # type: ignore[method-assign]
    return command

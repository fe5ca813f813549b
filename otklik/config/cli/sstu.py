"""`otklik sstu`: the monthly package for ССТУ.РФ as a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from otklik.base.errors import Refused
from otklik.config.cli.note import municipality_of


class Month(click.ParamType):  # type: ignore[type-arg]
    name = "месяц"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(f"{value}-01")
        except ValueError:
            raise click.BadParameter(
                f"«{value}»: это не месяц. Пишите так: 2026-10.", ctx, param
            ) from None


@click.command()
@click.option(
    "--municipality",
    "slug",
    metavar="АДРЕС",
    help="Короткое имя муниципалитета, если их несколько.",
)
@click.option("--month", type=Month(), required=True, metavar="МЕСЯЦ", help="Месяц: 2026-10.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="ФАЙЛ",
    help="Куда записать пакет.",
)
@click.option("--json", "as_json", is_flag=True, help="Итог для программ: одна строка JSON.")
def sstu(slug: str | None, month: date, out: Path, as_json: bool) -> None:
    """Составить пакет обращений за месяц для ССТУ.РФ.

    Обращения, в которых чего-то не хватает, в пакет не входят и перечисляются.
    """
    from otklik.coordination.sstu.actions import make_package, whole_package
    from otklik.directory.organisation.rules import Access

    access = Access.system(municipality_of(slug).pk, label="Командная строка")
    made = make_package(access=access, month=month)
    run = made.run
    try:
        out.write_bytes(whole_package(run))
    except OSError as error:
        raise Refused(
            f"Не удаётся записать {out}: {error.strerror}.", "Укажите другой файл: --out ФАЙЛ."
        ) from error
    if as_json:
        told = {
            "month": f"{month:%Y-%m}",
            "file": str(out),
            "new": made.new,
            "appeals": run.appeals,
            "questions": run.questions,
            "held_back": run.held_back,
            "states": run.states,
            "refusals": run.refusals,
            "changes": run.changes,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{out}: обращений {run.appeals}, вопросов {run.questions}.")
    for one in run.refusals:
        where = f", вопрос {one['question']}" if one["question"] else ""
        click.echo(f"Не вошло № {one['number']}{where}: {one['missing']}. {one['mend']}")
    if not made.new:
        click.echo("С прошлого раза ничего не изменилось.")

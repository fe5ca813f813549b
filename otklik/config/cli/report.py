"""`otklik report`: any paper of the catalogue as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from otklik.base.errors import NotFound, Refused
from otklik.config.cli.note import Day, municipality_of, write_files

FORMATS = ("docx", "pdf", "xlsx")


@click.command()
@click.argument("kind", metavar="ВИД", required=False)
@click.option(
    "--municipality",
    "slug",
    metavar="АДРЕС",
    help="Короткое имя муниципалитета, если их несколько.",
)
@click.option("--from", "since", type=Day(), metavar="ДАТА", help="Первый день периода.")
@click.option("--to", "until", type=Day(), metavar="ДАТА", help="Последний день периода.")
@click.option("--body", metavar="ОРГАН", help="О каком органе отчёт: его название или часть.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="ПАПКА",
    help="Куда положить файлы; без этого — в текущую папку.",
)
def report(
    kind: str | None,
    slug: str | None,
    since: date | None,
    until: date | None,
    body: str | None,
    out: Path,
) -> None:
    """Составить документ из каталога; без ВИДА — показать каталог.

    Без дат берётся последний прошедший период: день, неделя, месяц или квартал — по виду
    документа. Документ появится и в разделе «Документы».
    """
    from otklik.directory.organisation.rules import Access
    from otklik.insight.reports.actions import make_report
    from otklik.insight.reports.catalogue import kind_of, kinds

    if kind is None:
        for one in kinds().values():
            click.echo(f"{one.slug:<14}{one.name}")
        return
    town, found = municipality_of(slug), kind_of(kind)
    first, last = _period(found.step, since, until)
    made = make_report(
        access=Access.system(town.pk, label="Командная строка"),
        kind=kind,
        since=first,
        until=last,
        body_id=_body(town.pk, body) if body else None,
    )
    for path in write_files(made, out, [one for one in FORMATS if getattr(made, one)]):
        click.echo(path)


def _period(step: object, since: date | None, until: date | None) -> tuple[date, date]:
    from otklik.base import clock
    from otklik.base.rhythm import Step
    from otklik.insight.reports.rules.plan import last_period

    if (since is None) != (until is None):
        raise Refused("Период указан не полностью.", "Укажите --from и --to вместе.")
    if since and until:
        return since, until
    assert isinstance(step, Step)
    return last_period(step, clock.today())


def _body(municipality_id: int, words: str) -> int:
    from otklik.directory.organisation.models import Body

    found = [
        one
        for one in Body.objects.filter(municipality_id=municipality_id).order_by("pk")
        if words.lower() in f"{one} {one.name}".lower()
    ]
    if len(found) == 1:
        return found[0].pk
    if not found:
        raise NotFound(f"Органа «{words}» нет.", "Проверьте название.")
    names = ", ".join(str(one) for one in found[:8])
    raise Refused("Под это название подходит несколько органов.", f"Уточните: {names}.")

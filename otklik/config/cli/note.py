"""`otklik note`: the analytical note as files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otklik.base.errors import NotFound, Refused

if TYPE_CHECKING:
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access
    from otklik.insight.reports.models import Note

FORMATS = ("docx", "pdf")


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date as people write it here, or as programs do."""

    name = "дата"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        for form in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a date only
            except ValueError:
                continue
        raise click.BadParameter(f"«{value}»: это не дата. Пишите так: 15.11.2026.", ctx, param)


@click.command()
@click.option(
    "--municipality",
    "slug",
    metavar="АДРЕС",
    help="Короткое имя муниципалитета, если их несколько.",
)
@click.option("--until", type=Day(), metavar="ДАТА", help="Неделя, которая кончается этим днём.")
@click.option("--from", "since", type=Day(), metavar="ДАТА", help="Первый день периода.")
@click.option("--to", "last", type=Day(), metavar="ДАТА", help="Последний день периода.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="ПАПКА",
    help="Куда положить файлы; без этого — в текущую папку.",
)
@click.option(
    "--format",
    "formats",
    default="docx,pdf",
    show_default=True,
    metavar="ВИДЫ",
    help="Какие файлы нужны, через запятую: docx, pdf.",
)
def note(
    slug: str | None,
    until: date | None,
    since: date | None,
    last: date | None,
    out: Path,
    formats: str,
) -> None:
    """Составить аналитическую записку для Главы.

    Без дат берётся последняя полная неделя, а если в ней ничего не поступало, — последняя
    неделя, за которую есть данные. Записка появится и в разделе «Записка».
    """
    from otklik.directory.organisation.rules import Access
    from otklik.insight.reports.actions import make_note

    wanted = _formats(formats)
    access = Access.system(municipality_of(slug).pk, label="Командная строка")
    first, end = _period(access, until, since, last)
    made = make_note(access=access, since=first, until=end)
    for path in write_files(made, out, wanted):
        click.echo(path)


def municipality_of(slug: str | None) -> Municipality:
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.queries import municipality_by_slug

    if slug:
        return municipality_by_slug(slug)
    found = list(Municipality.objects.order_by("slug")[:50])
    if not found:
        raise NotFound(
            "В этой установке ещё нет ни одного муниципалитета.",
            "Создайте его: «otklik preset apply ИМЯ» — или возьмите выдуманный: «otklik demo».",
        )
    if len(found) > 1:
        names = ", ".join(one.slug for one in found)
        raise Refused("Муниципалитетов несколько.", f"Укажите один: --municipality ({names}).")
    return found[0]


def _formats(given: str) -> list[str]:
    wanted = [one.strip().lower() for one in given.split(",") if one.strip()]
    strange = [one for one in wanted if one not in FORMATS]
    if strange or not wanted:
        raise Refused(f"Вид файла «{given}» не знаком.", "Подойдут: --format docx,pdf.")
    return wanted


def _period(
    access: Access, until: date | None, since: date | None, last: date | None
) -> tuple[date, date]:
    from otklik.base import clock
    from otklik.insight.reports.actions.making import catch_up
    from otklik.insight.reports.queries import last_period

    if (since is None) != (last is None) or (until and since):
        raise Refused(
            "Период указан не полностью.", "Укажите --from и --to вместе или одну --until."
        )
    if since and last:
        return since, last
    if until:
        return until - timedelta(days=6), until
    catch_up(access.municipality_id)
    return last_period(access, clock.today())


def write_files(made: Note, out: Path, wanted: list[str]) -> list[Path]:
    from otklik.records.attachments.queries import content_of

    try:
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for ending in wanted:
            kept = getattr(made, ending)
            path = out / kept.file_name
            path.write_bytes(content_of(kept))
            written.append(path)
    except OSError as error:
        raise Refused(
            f"Не удаётся записать в папку {out}: {error.strerror}.", "Укажите другую: --out ПАПКА."
        ) from error
    return written

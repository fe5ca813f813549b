"""`otklik import`: an export of another system becomes cases."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from otklik.base.errors import NotFound, OtklikError, Refused

if TYPE_CHECKING:
    from otklik.casework.intake.models import ImportProfile, ImportRun
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access

_SOURCES = ("pos", "incident", "hotline122", "portal", "active_citizen")
_COUNTS = ("read", "created", "unchanged", "updated", "refused", "skipped", "differing")
_SHOWN = 20


@click.command("import")
@click.argument("file", metavar="ФАЙЛ", type=click.Path(path_type=Path))
@click.option(
    "--source",
    type=click.Choice(_SOURCES),
    metavar="|".join(_SOURCES),
    help="Из какой системы выгрузка: ПОС, «Инцидент менеджмент», 122, портал.",
)
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="ПОЛЕ=СТОЛБЕЦ",
    help="Какой столбец чем считать, например --map text='Текст сообщения'. "
    "Можно указать букву столбца. Без этого столбцы угадываются.",
)
@click.option("--profile", "profile_name", metavar="ИМЯ", help="Взять сохранённый профиль.")
@click.option("--save-profile", metavar="ИМЯ", help="Сохранить соответствие столбцов.")
@click.option("--sheet", default="", metavar="ЛИСТ", help="Лист книги XLSX.")
@click.option("--dry-run", is_flag=True, help="Только проверить: ничего не менять.")
@click.option("--json", "as_json", is_flag=True, help="Последняя строка — итог в JSON.")
@click.option(
    "--municipality",
    "slug",
    metavar="АДРЕС",
    help="Короткое имя муниципалитета, если их несколько.",
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="CSV", help="Записать отчёт по строкам."
)
def import_(
    file: Path,
    source: str | None,
    pairs: tuple[str, ...],
    profile_name: str | None,
    save_profile: str | None,
    sheet: str,
    dry_run: bool,
    as_json: bool,
    slug: str | None,
    report: Path | None,
) -> None:
    """Загрузить выгрузку обращений (XLSX или CSV).

    Повторная загрузка ничего не удваивает: строки узнаются по внешнему номеру. Прерванная
    загрузка продолжается той же командой с того же места.
    """
    try:
        access = _access(slug)
        profile = _profile(access, profile_name)
        run = _run(
            access,
            file,
            _source(source, profile),
            mapping=_mapping(pairs),
            profile=profile,
            sheet=sheet,
            dry_run=dry_run,
        )
        if save_profile:
            _save_profile(access, save_profile, run)
    except OtklikError as error:
        if as_json:
            _say_failure(error)
        raise
    if report:
        _write_report(run, report)
    _say(run, as_json)


def _access(slug: str | None) -> Access:
    from otklik.directory.organisation.rules import Access

    return Access.system(_municipality(slug).pk, label="Командная строка")


def _municipality(slug: str | None) -> Municipality:
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.queries import municipality_by_slug

    if slug:
        return municipality_by_slug(slug)
    found = list(Municipality.objects.order_by("slug")[:50])
    if not found:
        raise NotFound(
            "В этой установке ещё нет ни одного муниципалитета.",
            "Создайте его по образцу: «otklik preset apply ИМЯ» (образцы: «otklik preset list») "
            "— или посмотрите на выдуманном: «otklik demo».",
        )
    if len(found) > 1:
        names = ", ".join(m.slug for m in found)
        raise Refused("Муниципалитетов несколько.", f"Укажите один: --municipality ({names}).")
    return found[0]


def _profile(access: Access, name: str | None) -> ImportProfile | None:
    from otklik.casework.intake.queries import profile_by_name

    return profile_by_name(access, name) if name else None


def _source(given: str | None, profile: ImportProfile | None) -> str:
    if given:
        return given
    if profile:
        return profile.source
    raise Refused(
        "Не сказано, из какой системы выгрузка.", f"Добавьте --source {'|'.join(_SOURCES)}."
    )


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        if not equals or not header.strip():
            raise Refused(f"«{pair}»: не понять.", "Пишите так: --map text='Текст сообщения'.")
        mapping[name.strip()] = header.strip()
    return mapping


def _run(access: Access, file: Path, source: str, **options: Any) -> ImportRun:
    from otklik.casework.intake.actions import run_import_chunk, start_import
    from otklik.casework.intake.vocabulary import Source

    run = start_import(
        access=access,
        file=file,
        source=Source(source),
        **options,
    )
    if run.last_row:
        click.echo(f"Продолжаем прерванную загрузку со строки {run.last_row + 1}.", err=True)
    with click.progressbar(length=max(run.rows_total, 1), label="Загрузка", file=sys.stderr) as bar:

        def show(so_far: ImportRun) -> bool:
            bar.update(max(0, min(so_far.read, bar.length or 0) - bar.pos))
            return True

        done: ImportRun = run_import_chunk(access=access, run_id=run.pk, file=file, on_step=show)
    return done


def _save_profile(access: Access, name: str, run: ImportRun) -> None:
    from otklik.casework.intake.actions import save_profile
    from otklik.casework.intake.vocabulary import Source

    save_profile(
        access=access, name=name, source=Source(run.source), mapping=run.mapping, sheet=run.sheet
    )


def _write_report(run: ImportRun, path: Path) -> None:
    from otklik.base.tables import write_csv
    from otklik.casework.intake.queries import report_rows
    from otklik.casework.intake.queries.imports import REPORT_HEADER

    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, REPORT_HEADER, report_rows(run))


def _say(run: ImportRun, as_json: bool) -> None:
    from otklik.casework.intake.queries import problems_of

    for note in run.notes:
        click.echo(note)
    problems = problems_of(run)
    for row in problems[:_SHOWN]:
        where = f", столбец «{row.column}»" if row.column else ""
        click.echo(f"Строка {row.row_number}{where}: {row.reason} {row.mend}".rstrip())
    rest = problems.count() - _SHOWN
    if rest > 0:
        click.echo(f"…и ещё строк с замечаниями: {rest}. Все строки: --report ОТЧЁТ.csv")
    if run.dry_run:
        click.echo("Пробная загрузка: ничего не изменено.")
    click.echo(
        f"Прочитано {run.read}, создано {run.created}, без изменений {run.unchanged}, "
        f"обновлено {run.updated}, не принято {run.refused}."
    )
    if run.skipped:
        click.echo(f"Не принимается (сети выключены): {run.skipped}.")
    if run.differing:
        click.echo(f"Расхождений: {run.differing}. Решите их на странице «Расхождения».")
    if as_json:
        summary = {name: getattr(run, name) for name in _COUNTS}
        click.echo(json.dumps({**summary, "run": run.pk, "dry_run": run.dry_run}))


def _say_failure(error: OtklikError) -> None:
    summary: dict[str, Any] = dict.fromkeys(_COUNTS, 0)
    summary |= {"error": str(error), "mend": error.mend}
    click.echo(json.dumps(summary, ensure_ascii=False))

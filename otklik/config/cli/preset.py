"""`otklik preset`: the organisations that ship with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from otklik.base.errors import OtklikError

if TYPE_CHECKING:
    from otklik.directory.organisation.presets.schema import Preset


@click.group()
def preset() -> None:
    """Образцы организации: готовые роли, органы, блоки и сроки по положениям о МЦУ."""
    import django

    django.setup()


@preset.command("list")
def list_() -> None:
    """Показать образцы, которые идут с программой."""
    from otklik.directory.organisation.presets import available, load

    for slug in available():
        found = load(slug)
        act = found.act
        click.echo(f"{slug:<14} {found.municipality.short_name}, {found.municipality.region}")
        click.echo(f"{'':<14} {act.kind} от {act.issued_on:%d.%m.%Y} №\u00a0{act.number}")


@preset.command()
@click.argument("slug", metavar="ИМЯ")
def show(slug: str) -> None:
    """Показать, что говорит положение и что в нём предположено."""
    from otklik.directory.organisation.presets import load

    try:
        found = load(slug)
    except OtklikError as error:
        raise _said(error) from None
    click.echo("\n".join(_portrait(found)))


@preset.command()
@click.argument("slug", metavar="ИМЯ")
@click.option("--as", "slug_as", metavar="АДРЕС", help="Другое короткое имя муниципалитета.")
@click.option("--force", is_flag=True, help="Вернуть названия и права, изменённые людьми.")
def apply(slug: str, slug_as: str | None, force: bool) -> None:
    """Создать муниципалитет по образцу. Повторный запуск ничего не меняет."""
    from otklik.base.actor import Actor
    from otklik.config.presets import apply_preset

    actor = Actor.system("Командная строка")
    try:
        made = apply_preset(slug=slug, actor=actor, slug_as=slug_as, force=force)
    except OtklikError as error:
        raise _said(error) from None
    click.echo(
        f"{made.name}: ролей\u00a0— {made.roles.count()}, органов\u00a0— {made.bodies.count()}, "
        f"блоков\u00a0— {made.blocks.count()}, поселений\u00a0— {made.settlements.count()}."
    )
    click.echo("Дальше: назначьте людей на роли в разделе «Организация».")


def _said(error: OtklikError) -> click.ClickException:
    return click.ClickException(f"{error} {error.mend}".strip())


def _portrait(found: Preset) -> list[str]:
    act = found.act
    lines = [
        found.municipality.name,
        f"{act.kind} от {act.issued_on:%d.%m.%Y} №\u00a0{act.number} «{act.title}»",
        f"Форма: {found.centre.form}",
        "",
        "Роли:",
    ]
    for role in found.roles:
        lines.append(f"  {role.label}\u00a0— {role.position}")
        lines += [f"      предположено: {grant.note}" for grant in role.grants if grant.assumed]
    lines += ["", f"Органов: {len(found.bodies)}"]
    lines += _listed("Отраслевые блоки", [block.name for block in found.blocks])
    lines += _listed("Поселения", [place.name for place in found.settlements])
    lines += _listed("Сроки", [f"{term.subject}: {term.value}" for term in found.terms])
    lines += _listed(
        "Отчёты",
        [f"{r.name}\u00a0— {r.period or 'периодичность не указана'}" for r in found.reports],
    )
    return lines + _listed("Не решено положением", list(found.open_points))


def _listed(title: str, rows: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {row}" for row in rows)] if rows else []

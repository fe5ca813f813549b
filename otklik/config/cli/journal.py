"""`otklik journal`: the chain of seals over the journal of actions."""

from __future__ import annotations

import click

from otklik.base.errors import OtklikError


@click.group()
def journal() -> None:
    """Журнал действий: он только дополняется, а записи опечатаны цепью."""


@journal.command()
def verify() -> None:
    """Пересчитать все печати и назвать первую нарушенную запись. Код выхода 1, если такая есть."""
    from otklik.records.journal.queries import verify as verified

    verdict = verified()
    if not verdict.whole:
        raise OtklikError(
            f"Журнал нарушен: {verdict.reason}.",
            "Сохраните базу как есть (otklik backup ФАЙЛ), выясните, кто имел к ней доступ, "
            "и сравните с прежними копиями.",
        )
    click.echo(
        f"Журнал цел. Печатей: {verdict.seals}, записей под ними: {verdict.entries}, "
        f"ждут печати: {verdict.unsealed}."
    )


@journal.command()
def seal() -> None:
    """Опечатать записи, которые ещё ждут печати. Обычно это делает обработчик заданий."""
    from otklik.records.journal.actions import seal as sealed

    click.echo(f"Опечатано записей: {sealed()}.")

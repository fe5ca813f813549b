"""`otklik person`: people of a centre from the command line, the first administrator among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from otklik.base.errors import NotFound, Refused

if TYPE_CHECKING:
    from otklik.directory.organisation.models import Municipality


@click.group(help="Люди центра: завести и назначить на роль, отключить и включить вход.")
def person() -> None:
    """People of a centre."""


@person.command("add", help="Завести человека (или взять заведённого) и назначить на роль.")
@click.argument("email", metavar="ПОЧТА")
@click.argument("full_name", metavar="ФИО")
@click.option("--role", "roles", multiple=True, required=True, metavar="РОЛЬ", help="Имя роли.")
@click.option("--municipality", "slug", default="", metavar="АДРЕС", help="Если их несколько.")
@click.option("--position", default="", metavar="ДОЛЖНОСТЬ", help="Должность.")
@click.option("--basis", default="", metavar="ОСНОВАНИЕ", help="Документ о назначении.")
def add(
    email: str, full_name: str, roles: tuple[str, ...], slug: str, position: str, basis: str
) -> None:
    """Appoint a person; a new one gets a password that is shown once."""
    from django.db import transaction

    from otklik.base import clock
    from otklik.directory.accounts.actions import create_account
    from otklik.directory.organisation.actions import appoint
    from otklik.directory.organisation.models import Role
    from otklik.directory.organisation.rules import Access

    centre = _centre(slug)
    access = Access.system(centre.pk, "Командная строка")
    with transaction.atomic():
        account, password = create_account(
            email=email, full_name=full_name, actor=access.actor, municipality_id=centre.pk
        )
        for name in roles:
            role = Role.objects.filter(municipality=centre, slug=name).first()
            if role is None:
                known = ", ".join(
                    Role.objects.filter(municipality=centre).values_list("slug", flat=True)
                )
                raise NotFound(f"Роли «{name}» нет.", f"Есть: {known}.")
            appoint(
                access=access,
                account=account,
                role=role,
                since=clock.today(centre.tz),
                position=position,
                basis=basis,
            )
    click.echo(f"{account.full_name}: ролей назначено — {len(roles)}.")
    if password:
        click.echo(f"Пароль для первого входа: {password}")
        click.echo("Передайте его лично; сменить пароль можно на странице входа.")


@person.command("import", help="Завести сотрудников из таблицы XLSX или CSV.")
@click.argument(
    "file", metavar="ФАЙЛ", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--municipality", "slug", default="", metavar="АДРЕС", help="Если их несколько.")
@click.option("--check", is_flag=True, help="Только проверить, ничего не записывать.")
def import_(file: Path, slug: str, check: bool) -> None:
    """Appoint whom the table names; rows in error are printed."""
    from otklik.base import clock
    from otklik.directory.organisation.actions.staffing import import_staff
    from otklik.directory.organisation.rules import Access

    centre = _centre(slug)
    rows = import_staff(
        access=Access.system(centre.pk, "Командная строка"),
        path=file,
        name=file.name,
        today=clock.today(centre.tz),
        dry_run=check,
    )
    for row in rows:
        for problem in row.problems:
            click.echo(f"Строка {row.number}: {problem}", err=True)
        if row.password and not check:
            click.echo(f"{row.email}: пароль для первого входа {row.password}")
    made, known = sum(row.made for row in rows), sum(row.known for row in rows)
    wrong = sum(bool(row.problems) for row in rows)
    click.echo(f"Назначений добавлено — {made}, уже было — {known}, строк с ошибками — {wrong}.")


@person.command("block", help="Отключить вход; назначения и сделанное остаются.")
@click.argument("email", metavar="ПОЧТА")
@click.option("--reason", required=True, metavar="ПРИЧИНА", help="Попадёт в журнал.")
@click.option("--municipality", "slug", default="", metavar="АДРЕС", help="Если их несколько.")
def block(email: str, reason: str, slug: str) -> None:
    """Let a person in no more."""
    from otklik.directory.accounts.models import Account
    from otklik.directory.organisation.actions import block_person
    from otklik.directory.organisation.rules import Access

    access = Access.system(_centre(slug).pk, "Командная строка")
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise _unknown(email)
    block_person(access=access, account=account, reason=reason)
    click.echo(f"{account.full_name}: вход отключён.")


@person.command("unblock", help="Снова включить вход; пароль остаётся прежним.")
@click.argument("email", metavar="ПОЧТА")
@click.option("--municipality", "slug", default="", metavar="АДРЕС", help="Если их несколько.")
def unblock(email: str, slug: str) -> None:
    """Let a person in again."""
    from otklik.directory.accounts.models import Account
    from otklik.directory.organisation.actions import unblock_person
    from otklik.directory.organisation.rules import Access

    access = Access.system(_centre(slug).pk, "Командная строка")
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise _unknown(email)
    unblock_person(access=access, account=account)
    click.echo(f"{account.full_name}: вход включён.")


def _unknown(email: str) -> NotFound:
    return NotFound(f"Учётной записи «{email}» нет.", "Проверьте адрес почты.")


def _centre(slug: str) -> Municipality:
    from otklik.directory.organisation.models import Municipality

    found = Municipality.objects.filter(slug=slug) if slug else Municipality.objects.all()
    if found.count() != 1:
        raise Refused("Не ясно, в каком муниципалитете.", "Укажите --municipality АДРЕС.")
    return found.get()

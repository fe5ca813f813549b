"""`otklik person`: people of a centre from the command line, the first administrator among them."""

from __future__ import annotations

import secrets

import click

from otklik.base.errors import NotFound, Refused


@click.group(help="Люди центра: завести человека и назначить его на роль.")
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
    from otklik.directory.accounts.models import Account
    from otklik.directory.organisation.actions import appoint
    from otklik.directory.organisation.models import Municipality, Role
    from otklik.directory.organisation.rules import Access

    found = Municipality.objects.filter(slug=slug) if slug else Municipality.objects.all()
    if found.count() != 1:
        raise Refused("Не ясно, в каком муниципалитете.", "Укажите --municipality АДРЕС.")
    centre = found.get()
    access = Access.system(centre.pk, "Командная строка")
    password = ""
    with transaction.atomic():
        account = Account.objects.filter(email__iexact=email).first()
        if account is None:
            password = secrets.token_urlsafe(12)
            account = Account.objects.create_user(email, full_name, password)
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

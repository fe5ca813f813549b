"""The approved text is stored in versions, and every participant opens the one in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint, store_regulation
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import regulation_for
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.tests.conftest import DAY, access
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db
Apply = Callable[[str], Municipality]
Person = Callable[[str], Account]
LATER = date(2026, 6, 1)


def member(municipality: Municipality, account: Account, role: str) -> Access:
    appoint(
        access=Access.system(municipality.pk),
        account=account,
        role=municipality.roles.get(slug=role),
        since=DAY,
        basis="Решение от 01.03.2026 № 4",
    )
    return access(account, municipality)


def store(writer: Access, number: str, issued: date, since: date, text: str) -> None:
    store_regulation(
        access=writer,
        title="О муниципальном центре управления",
        number=number,
        issued_on=issued,
        in_force_from=since,
        text=text,
    )


@pytest.mark.parametrize(
    ("slug", "keeper"),
    [
        pytest.param(slug, keeper, marks=pytest.mark.clause(f"{slug}:{clause}"))
        for slug, keeper, clause in [
            ("ust-kubinsky", "administrator", "order.2"),
            ("pereslavl", "head", "order.1"),
            ("novoduginsky", "head", "order.3"),
            ("tuapse", "head", "order.3"),
            ("dedovichi", "coordinator", "order.2.1"),
        ]
    ],
)
def test_every_participant_opens_the_version_of_the_day(
    apply: Apply, person: Person, slug: str, keeper: str
) -> None:
    municipality = apply(slug)
    writer = member(municipality, person("Ильина Вера Павловна"), keeper)
    act = municipality.regulations.get(repealed_on__isnull=True)
    store(writer, act.number, act.issued_on, date(2026, 1, 12), "1.1. Первая редакция.")
    store(writer, "77-п", date(2026, 5, 20), LATER, "1.1. Вторая редакция.")
    for role in municipality.roles.exclude(slug=keeper):
        reader = member(municipality, person(f"Читателев Пётр {role.pk}"), role.slug)
        assert regulation_for(reader, DAY).text == "1.1. Первая редакция."
        assert regulation_for(reader, LATER).text == "1.1. Вторая редакция."
    first = regulation_for(writer, DAY)
    assert (first.number, first.issued_on) == (act.number, act.issued_on)
    assert (first.repealed_on, first.replaced_by) == (LATER, regulation_for(writer, LATER))
    assert Entry.objects.filter(name="RegulationStored").count() == 2


def test_a_stored_text_is_not_rewritten(apply: Apply) -> None:
    writer = Access.system(apply("tuapse").pk)
    signed = date(2021, 6, 28)
    store(writer, "965", signed, signed, "1.1. Текст.")
    with pytest.raises(Conflict, match="уже внесён"):
        store(writer, "965", signed, signed, "1.1. Другой текст.")
    with pytest.raises(Refused, match="нет текста"):
        store(writer, "966", signed, signed, " ")
    assert regulation_for(writer, signed).text == "1.1. Текст."


def test_strangers_read_nothing_and_members_write_nothing(apply: Apply, person: Person) -> None:
    municipality = apply("tuapse")
    with pytest.raises(NotFound):
        regulation_for(access(person("Чужой Пётр Ильич"), municipality), DAY)
    reader = member(municipality, person("Членов Пётр Ильич"), "member")
    assert regulation_for(reader, DAY).number == "965"
    with pytest.raises(Forbidden):
        store(reader, "966", DAY, DAY, "1.1. Самовольный текст.")

"""Standing characters of the organisation's stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.base.actor import Actor
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access

DAY = date(2026, 3, 2)
Person = Callable[[str], Account]


@pytest.fixture
def person(db: None) -> Person:
    """A member of staff by full name."""

    def make(full_name: str) -> Account:
        number = Account.objects.count() + 1
        return Account.objects.create_user(f"person{number}@example.test", full_name)

    return make


@pytest.fixture
def apply(db: None) -> Callable[[str], Municipality]:
    def make(slug: str) -> Municipality:
        return apply_preset(slug=slug, actor=Actor.system("Командная строка"))

    return make


def owner(municipality: Municipality) -> Access:
    return Access.system(municipality.pk)


def access(account: Account, municipality: Municipality, on: date = DAY) -> Access:
    return access_of(account, municipality.pk, on)

"""Two towns that differ by somebody else's cases look the same to whoever may not see them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.vocabulary import Scope
from otklik.insight.facts.tests.world import NOW
from otklik.insight.reports.actions import make_report
from otklik.insight.reports.catalogue import kinds
from tests.insight.pages import Answer, answer
from tests.insight.samples import SINCE, UNTIL, addresses
from tests.insight.town import Someone, Town, found_town

pytestmark = pytest.mark.django_db

SCOPES = (Scope.OWN, Scope.BODY, Scope.BLOCK)


@dataclass
class Looking:
    """Somebody narrow, and the addresses that he may ask for."""

    town: Town
    person: Someone
    addresses: Mapping[str, str]
    missing: set[str]

    def settle(self) -> None:
        """What a first look makes (a rule, a note of a read) is made; what is refused is left."""
        asked = self.addresses.items()
        codes = {name: answer(self.person.client, url, keeps=True).code for name, url in asked}
        self.addresses = {name: url for name, url in asked if codes[name] not in (403, 404)}

    def look(self) -> dict[str, Answer]:
        """All pages, with nothing remembered between two looks."""
        cache.clear()
        return {name: answer(self.person.client, url) for name, url in self.addresses.items()}

    def papers(self) -> dict[str, str]:
        """What every kind of paper says when this person has it made now, or why he may not."""
        found = {}
        for slug, kind in kinds().items():
            body = self.town.ours.pk if kind.of_body else None
            with transaction.atomic():
                try:
                    made = make_report(
                        access=self.person.access, kind=slug, since=SINCE, until=UNTIL, body_id=body
                    )
                    found[slug] = json.dumps([made.document, made.sheets], default=str)
                except OtklikError as error:
                    found[slug] = str(error)
                transaction.set_rollback(True)
        return found


@pytest.fixture(params=SCOPES)
def looking(request: pytest.FixtureRequest) -> Iterator[Looking]:
    town = found_town()
    person = town.someone(request.param)
    with clock.frozen(NOW):
        own = town.fill(town.ours, 11, person.account)
        town.fill(town.theirs, 2)
        town.leave_unassigned(1)
        town.count_facts()
        yield Looking(town, person, *addresses(person, own))


def test_somebody_elses_cases_show_in_no_page(looking: Looking) -> None:
    if looking.missing:
        pytest.fail(f"pages without an example: {sorted(looking.missing)}")
    looking.settle()
    before, papers = looking.look(), looking.papers()
    _say("these break", {name for name in before if before[name].code >= 500})
    looking.town.fill(looking.town.theirs, 12)
    looking.town.leave_unassigned(4)
    looking.town.count_facts()
    after = looking.look()
    drawn = looking.papers()
    _say("these papers tell", {slug for slug in papers if papers[slug] != drawn[slug]})
    _say("these tell", {n for n in before if before[n].content != after[n].content})
    _say("these ask more", {n for n in before if before[n].queries != after[n].queries})


def _say(what: str, names: set[str]) -> None:
    """Names alone: to show how megabytes of pages differ would take minutes."""
    if names:
        pytest.fail(f"{what}: {sorted(names)}")

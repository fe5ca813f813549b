"""Who wrote before, and whether the same text is here already: for whoever registers by hand."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.rules.fingerprint import fingerprint_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.directory.organisation.rules import Access

SHORTEST_NAME = 4
DIGITS = 10
LOOKED = 60
SAME_PERSON = timedelta(days=30)


def earlier_of_person(
    access: Access, *, name: str = "", phone: str = "", email: str = "", most: int = 5
) -> list[Appeal]:
    """The newest case of each earlier applicant with that phone, e-mail or beginning of a name."""
    same = _person(phone, email)
    name = " ".join(word[:1].upper() + word[1:] for word in name.split())
    if len(name) >= SHORTEST_NAME:
        same |= Q(applicant__name__startswith=name)
    found: dict[tuple[str, str, str], Appeal] = {}
    for appeal in _shown(visible_to(access).filter(same))[:LOOKED]:
        person = appeal.applicant
        found.setdefault((person.name, person.phone, person.email), appeal)
    return list(found.values())[:most]


def duplicates_of(
    access: Access, *, text: str, now: datetime, phone: str = "", email: str = "", most: int = 5
) -> list[Appeal]:
    """Open cases with the same text, or of the same person within a month."""
    same = Q(pk__in=[])
    print_ = fingerprint_of(text)
    if print_:
        same |= Q(fingerprint=print_)
    same |= _person(phone, email) & Q(received_at__gte=now - SAME_PERSON)
    return list(_shown(visible_to(access).filter(same, status__in=OPEN_STATUSES))[:most])


def same_text(access: Access, text: str) -> Appeal | None:
    """An open case with exactly these words, if there is one."""
    print_ = fingerprint_of(text)
    if not print_:
        return None
    found = visible_to(access).filter(fingerprint=print_, status__in=OPEN_STATUSES)
    return _shown(found).first()


def phones_of(phone: str) -> list[str]:
    """The ways in which one number is written down."""
    digits = re.sub(r"\D", "", phone)[-DIGITS:]
    if len(digits) < DIGITS:
        return [phone.strip()] if phone.strip() else []
    code, first, second, third = digits[:3], digits[3:6], digits[6:8], digits[8:]
    ways = {phone.strip(), digits}
    for start in ("+7", "8", "7"):
        ways |= {
            f"{start}{digits}",
            f"{start} {code} {first}-{second}-{third}",
            f"{start} ({code}) {first}-{second}-{third}",
            f"{start} {code} {first} {second} {third}",
        }
    return sorted(ways)


def _person(phone: str, email: str) -> Q:
    same = Q(pk__in=[])
    if phones_of(phone):
        same |= Q(applicant__phone__in=phones_of(phone))
    if email.strip():
        same |= Q(applicant__email=email.strip().lower())
    return same


def _shown(found: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return found.select_related("applicant").defer("search").order_by("-received_at", "-pk")

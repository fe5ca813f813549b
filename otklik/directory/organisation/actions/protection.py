"""Rules of protection of information that the administrator of the centre sets."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from otklik.base.errors import Refused
from otklik.directory.organisation.events import ProtectionChanged
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, SecondFactor
from otklik.records.journal.actions import record

BOUNDS: dict[str, tuple[int, int, str]] = {
    "session_hours": (1, 12, "Предел сеанса, часов"),
    "idle_minutes": (5, 720, "Выход без работы, минут"),
    "password_length": (8, 64, "Длина пароля, знаков"),
    "upload_days": (1, 90, "Хранение загруженных выгрузок, дней"),
    "case_years": (1, 75, "Хранение обращений, лет"),
}
"""Least and greatest value of every figure, and its name."""


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What is demanded in this centre; units are in the names."""

    session_hours: int
    idle_minutes: int
    password_length: int
    upload_days: int
    case_years: int
    second_factor: SecondFactor


def save_protection(*, access: Access, rules: Protection) -> Municipality:
    """Set the demands (ust-kubinsky:4.6.a.2, dedovichi:14.3); they hold from the next request.

    Raises Refused for a figure out of bounds.
    """
    access = access.require(Permission.SET_UP)
    wanted = asdict(rules)
    for name, (least, most, label) in BOUNDS.items():
        if not least <= wanted[name] <= most:
            raise Refused(
                f"{label}: {wanted[name]} — вне пределов.", f"Впишите число от {least} до {most}."
            )
    with transaction.atomic():
        place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
        changed = {key: value for key, value in wanted.items() if getattr(place, key) != value}
        if not changed:
            return place
        before = {key: getattr(place, key) for key in changed}
        for key, value in changed.items():
            setattr(place, key, value)
        place.save(update_fields=list(changed))
        said = [_said(key, before[key], new) for key, new in changed.items()]
        event = ProtectionChanged(subject_id=place.pk, changes=said)
        record(event, actor=access.actor, municipality_id=place.pk)
    return place


def _said(name: str, before: object, after: object) -> str:
    if name == "second_factor":
        was, now = SecondFactor(str(before)).label, SecondFactor(str(after)).label
        return f"второй фактор: {was} → {now}"
    return f"{BOUNDS[name][2].lower()}: {before} → {after}"

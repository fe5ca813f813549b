"""A person says that a rule was wrong on a case."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.automation.events import AutoRuleErred
from otklik.casework.automation.models import Firing
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

MAY_JUDGE = (Permission.AUTOMATE, Permission.CLASSIFY, Permission.ASSIGN, Permission.CONTROL)


@transaction.atomic
def mark_wrong(*, access: Access, firing_id: int, note: str = "") -> Firing:
    """Count the firing among the rule's mistakes. What the rule did stays for people to mend.

    Raises Forbidden, NotFound for a case that is hidden, Conflict when it is said already.
    """
    found = Firing.objects.select_for_update(of=("self",)).select_related("rule")
    firing = found.filter(pk=firing_id, appeal__in=visible_to(access)).first()
    if firing is None:
        raise NotFound("Такого срабатывания нет.", "Обновите карточку.")
    held = next((right for right in MAY_JUDGE if access.may(right)), Permission.CLASSIFY)
    access = access.require_any(held)
    if firing.wrong_at is not None:
        raise Conflict("Ошибка правила уже отмечена.", "Обновите карточку.")
    firing.wrong_at = clock.now()
    firing.wrong_label = access.actor.label
    firing.wrong_note = note.strip()[:500]
    firing.save(update_fields=["wrong_at", "wrong_label", "wrong_note"])
    event = AutoRuleErred(
        subject_id=firing.rule_id,
        case_id=firing.appeal_id,
        rule=firing.rule.name,
        note=firing.wrong_note,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return firing

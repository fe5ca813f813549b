"""A person says that a rule was wrong on a case."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.automation.events import AutoRuleErred
from otklik.casework.automation.models import Firing
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

MAY_JUDGE = (Permission.AUTOMATE, Permission.CLASSIFY, Permission.ASSIGN, Permission.CONTROL)


def may_judge(access: Access, appeal: Appeal) -> bool:
    """Whether one of the rights covers this very case."""
    return _covering(access, appeal) is not None


def judging(access: Access, appeal: Appeal) -> Access:
    """The access acting under the right that covers the case; raises Forbidden."""
    right, body_id = _covering(access, appeal) or (Permission.CLASSIFY, appeal.executor_body_id)
    return access.require(right, body_id=body_id, channel=appeal.channel)


def _covering(access: Access, appeal: Appeal) -> tuple[Permission, int | None] | None:
    bodies = (None, appeal.executor_body_id, *appeal.body_ids)
    pairs = ((right, body) for right in MAY_JUDGE for body in bodies)
    covers = (one for one in pairs if access.allows(one[0], body_id=one[1], channel=appeal.channel))
    return next(covers, None)


@transaction.atomic
def mark_wrong(*, access: Access, firing_id: int, note: str = "") -> Firing:
    """Count the firing among the rule's mistakes. What the rule did stays for people to mend.

    Raises Forbidden, NotFound for a case that is hidden, Conflict when it is said already.
    """
    found = Firing.objects.select_for_update(of=("self",)).select_related("rule", "appeal")
    firing = found.filter(pk=firing_id, appeal__in=visible_to(access)).first()
    if firing is None:
        raise NotFound("Такого срабатывания нет.", "Обновите карточку.")
    access = judging(access, firing.appeal)
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

"""What is kept of a case around a bulk change, so that the change can be undone afterwards."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Max, Q

from otklik.casework.appeals.actions import Executors, executors_now
from otklik.casework.control.events import ExecutorReminded
from otklik.casework.control.vocabulary import BulkVerb
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of

_OWN_WORK = Q(actor_kind="system", subject__in=("deadline", "outbound_message"))
"""Terms counted anew and letters delivered by the product follow from the change itself."""


def before(verb: BulkVerb, appeal_id: int) -> dict[str, Any]:
    if verb == BulkVerb.REASSIGN:
        return {"before": asdict(executors_now(appeal_id))}
    if verb == BulkVerb.EXTEND:
        found = Deadline.objects.filter(appeal_id=appeal_id, kind=DeadlineKind.ANSWER)
        return {"reason": found.values_list("extension_reason", flat=True).first() or ""}
    return {}


def after(verb: BulkVerb, appeal_id: int) -> dict[str, Any]:
    """Also the last entry of the case: whatever comes later happened since."""
    last = story_of(appeal_id).aggregate(last=Max("id"))["last"] or 0
    now = {"after": asdict(executors_now(appeal_id))} if verb == BulkVerb.REASSIGN else {}
    return {"entry": last, **now}


def since(appeal_id: int, entry: int) -> Entry | None:
    """The first thing that happened to the case later, reminders and own work left aside."""
    later = story_of(appeal_id).filter(id__gt=entry).exclude(_OWN_WORK)
    return later.exclude(name=ExecutorReminded.__name__).first()


def executors(kept: dict[str, Any]) -> Executors:
    return Executors(status=kept["status"], assignments=tuple(kept["assignments"]))

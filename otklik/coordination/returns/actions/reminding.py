"""Reminders to bodies: two days before the term, and once when it has passed."""

from __future__ import annotations

from datetime import date, timedelta

from otklik.coordination.returns.models import Return
from otklik.coordination.returns.vocabulary import TO_DO
from otklik.directory.organisation.queries import appointments_in_force
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind

BEFORE = timedelta(days=2)


def people_of(report: Return, on: date) -> list[int]:
    """Those appointed to the body on the day."""
    held = appointments_in_force(on).filter(body_id=report.body_id, account__is_active=True)
    return list(held.values_list("account_id", flat=True).distinct())


def remind(*, municipality_id: int, today: date) -> None:
    """Each news once, however often the day is repeated (ust-kubinsky:4.9.e, dedovichi:12.6)."""
    waiting = Return.objects.filter(
        municipality_id=municipality_id, state__in=TO_DO, due_on__lte=today + BEFORE
    )
    for report in waiting.select_related("form", "body").order_by("pk"):
        late = report.due_on < today
        said = "просрочен, срок был" if late else "нужно сдать до"
        tell(
            municipality_id=municipality_id,
            account_ids=people_of(report, today),
            kind=NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON,
            text=f"Отчёт «{report}» {said} {report.due_on:%d.%m.%Y}",
            url=f"/desk/returns/{report.pk}/",
            key=f"return:{report.pk}:{'late' if late else 'soon'}",
        )

"""The note counted again, case by case, in plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.replies.models import Reply
from otklik.directory.approvals.models import ApprovalStep
from otklik.insight.reports.rules import Counts, WeeklyNote


def returned(reply: Reply, at: datetime, reasons: list[str]) -> None:
    """A decision that sent the draft back."""
    ApprovalStep.objects.create(
        municipality=reply.appeal.municipality,
        subject="reply",
        subject_id=reply.pk,
        order=1,
        label="Согласование",
        permission="approve",
        state="returned",
        decided_at=at,
        reasons=reasons,
    )


def rows_of(municipality_id: int) -> list[dict[str, Any]]:
    rows = []
    for appeal in Appeal.objects.filter(municipality_id=municipality_id):
        zone = appeal.municipality.tz
        first = appeal.questions.get(number=1)
        main = first.assignments.filter(role="main", withdrawn_at__isnull=True).first()
        topic, place = first.topic or appeal.topic, first.settlement_id or appeal.settlement_id
        answered = first.answered_at or appeal.answered_at
        rows.append(
            {
                "channel": appeal.channel,
                "topic": topic.pk if topic else None,
                "body": main.body_id if main else appeal.executor_body_id,
                "settlement": place,
                "received": appeal.received_at.astimezone(zone).date(),
                "answered": answered.astimezone(zone).date() if answered else None,
                "late": bool(answered and appeal.due_at and answered > appeal.due_at),
                "is_answered": appeal.status == "answered",
                "open": appeal.status in OPEN_STATUSES,
                "due": appeal.due_at,
                "repeated": appeal.repeats_id is not None,
            }
        )
    return rows


def counts(rows: list[dict[str, Any]], note: WeeklyNote, soon: datetime) -> Counts:
    """What `note.total` must be for these rows."""
    found: Counter[str] = Counter()
    for row in rows:
        for name in _names(row, note, soon):
            found[name] += 1
    return Counts(**found)


def _names(row: dict[str, Any], note: WeeklyNote, soon: datetime) -> list[str]:
    now = (note.since, note.until)
    before = (note.before_since, note.before_until)
    names = []
    if _in(row["received"], now):
        names += ["received"] + ["repeated"] * row["repeated"]
    if _in(row["received"], before):
        names += ["before"] + ["repeated_before"] * row["repeated"]
    if row["is_answered"] and _in(row["answered"], now):
        names += ["answered"] + ["late"] * row["late"]
    if row["is_answered"] and _in(row["answered"], before):
        names += ["answered_before"] + ["late_before"] * row["late"]
    later = row["is_answered"] and row["answered"] and row["answered"] > note.until
    if row["received"] <= note.until and (row["open"] or later):
        names += ["in_work"]
        if row["due"] and row["due"] < note.at:
            names += ["overdue"]
        if row["due"] and note.at <= row["due"] < soon:
            names += ["due_soon"]
    return names


def _in(day: date | None, span: tuple[date, date]) -> bool:
    return day is not None and span[0] <= day <= span[1]

"""What the actions share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.assessments.events import AssessmentEvent
from otklik.insight.assessments.models import Assessment
from otklik.insight.assessments.queries.seeing import MISSING, visible_to
from otklik.insight.assessments.vocabulary import State
from otklik.language.wording import period_words
from otklik.records.journal.actions import record

LONGEST = 366
LONGEST_TEXT = 10_000


def today_at(municipality_id: int) -> date:
    return clock.today(Municipality.objects.get(pk=municipality_id).tz)


def locked(access: Access, pk: int, states: Collection[State]) -> Assessment:
    """The assessment, locked; NotFound when hidden, Conflict in another state."""
    found = visible_to(access).select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound(*MISSING)
    if found.state not in states:
        raise Conflict(
            f"Оценка уже в другом состоянии: {found.get_state_display()}.", "Обновите страницу."
        )
    return found


def check_period(since: date, until: date, today: date) -> None:
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    if since > today:
        raise Refused("Этот период ещё не начался.", "Выберите прошедшие дни.")
    if until - since > timedelta(days=LONGEST - 1):
        raise Refused("Период длиннее года.", "Выберите год или меньше.")


def said(text: str, *, empty: str, mend: str) -> str:
    """The text without margins; Refused when empty or too long."""
    found = text.strip()
    if not found:
        raise Refused(empty, mend)
    if len(found) > LONGEST_TEXT:
        raise Refused("Текст слишком длинный.", "Сократите его до 10 000 знаков.")
    return found


def tell(access: Access, one: Assessment, kind: type[AssessmentEvent], **more: Any) -> None:
    event = kind(
        subject_id=one.pk,
        paper=one.get_kind_display(),
        period=period_words(one.since, one.until),
        **more,
    )
    record(event, actor=access.actor, municipality_id=one.municipality_id)

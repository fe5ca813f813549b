"""What wakes this room: news of cases, when some program listens."""

from __future__ import annotations

import uuid

from otklik.base import clock
from otklik.base.events import Event
from otklik.casework.appeals.events import (
    AppealAnswered,
    AppealRegistered,
    AppealReopened,
    ExecutorAssigned,
    RegimeConverted,
    StatusChanged,
    TopicSet,
)
from otklik.casework.deadlines.events import DeadlineExtended
from otklik.coordination.webhooks.jobs import spread
from otklik.coordination.webhooks.queries import listeners
from otklik.coordination.webhooks.rules import tellable
from otklik.coordination.webhooks.vocabulary import OF_JOURNAL
from otklik.records.journal.subscriptions import on


@on(AppealRegistered)
@on(TopicSet)
@on(ExecutorAssigned)
@on(StatusChanged)
@on(DeadlineExtended)
@on(AppealAnswered)
@on(AppealReopened)
@on(RegimeConverted)
def case_changed(event: Event, *, municipality_id: int | None) -> None:
    news = OF_JOURNAL[event.name]
    if municipality_id is None or event.case_id is None:
        return
    if not listeners(municipality_id, news).exists():
        return
    spread.defer(
        municipality_id=municipality_id,
        news=str(news),
        case_id=event.case_id,
        key=uuid.uuid4().hex,
        at=clock.now().isoformat(),
        change=tellable(event.payload()),
    )

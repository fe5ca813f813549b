"""Putting off, stopping, keeping a term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, OtklikError, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import (
    extend_deadline,
    meet_deadline,
    pause_deadline,
    resume_deadline,
)
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries import may_extend
from otklik.casework.deadlines.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import Purpose
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db

NOTICE = "Анна Сергеевна, срок рассмотрения продлён: запрошены документы."


def answer_term(appeal: Appeal) -> Deadline:
    return Deadline.objects.get(appeal=appeal, kind=DeadlineKind.ANSWER)


@pytest.mark.clause("ust-kubinsky:4.10.a")
def test_an_extension_goes_with_a_notice(make_appeal: MakeAppeal, system: Access) -> None:
    appeal = make_appeal()
    extend_deadline(
        access=system,
        appeal_id=appeal.pk,
        days=30,
        reason="направлен запрос в дорожную службу",
        notice_text=NOTICE,
    )
    term = answer_term(appeal)
    assert term.legal_due_at.date() == date(2026, 4, 3)
    assert term.extended_to == term.due_at == Appeal.objects.get(pk=appeal.pk).due_at
    assert "с учётом продления на 30" in term.explanation["sentence"].replace("\u00a0", " ")
    notice = OutboundMessage.objects.get(case_id=appeal.pk)
    assert (notice.text, notice.purpose) == (NOTICE, Purpose.EXTENSION)
    told = Entry.objects.get(case_id=appeal.pk, name="DeadlineExtended")
    assert told.sentence == "Срок ответа продлён: направлен запрос в дорожную службу"
    assert not may_extend(system, appeal, term)


@pytest.mark.parametrize(
    ("days", "reason", "notice"),
    [(30, " ", NOTICE), (30, "запрос", ""), (31, "запрос", NOTICE), (0, "запрос", NOTICE)],
)
def test_no_extension_without_reason_notice_or_beyond_the_law(
    make_appeal: MakeAppeal, system: Access, days: int, reason: str, notice: str
) -> None:
    appeal = make_appeal()
    before = answer_term(appeal).due_at
    with pytest.raises(Refused) as refused:
        extend_deadline(
            access=system, appeal_id=appeal.pk, days=days, reason=reason, notice_text=notice
        )
    assert refused.value.mend
    assert answer_term(appeal).due_at == before
    assert not OutboundMessage.objects.exists()


def test_the_law_allows_one_extension(make_appeal: MakeAppeal, system: Access) -> None:
    appeal = make_appeal()
    given = {"access": system, "appeal_id": appeal.pk, "reason": "запрос", "notice_text": NOTICE}
    extend_deadline(days=10, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="уже продлевался"):
        extend_deadline(days=10, **given)  # type: ignore[arg-type]


def test_where_no_notice_can_be_sent_nothing_is_extended(
    make_appeal: MakeAppeal, system: Access
) -> None:
    appeal = make_appeal(Regime.MAIL, Channel.EMAIL)
    before = answer_term(appeal).due_at
    with pytest.raises(OtklikError):
        extend_deadline(
            access=system, appeal_id=appeal.pk, days=5, reason="запрос", notice_text=NOTICE
        )
    assert answer_term(appeal).due_at == before


def test_only_who_may_extends(
    make_appeal: MakeAppeal,
    system: Access,
    head_of_roads: Access,
    outsider: Access,
    roads: Body,
    housing: Body,
) -> None:
    ours, theirs = make_appeal(), make_appeal()
    assign_executor(access=system, appeal_id=ours.pk, body_id=roads.pk)
    assign_executor(access=system, appeal_id=theirs.pk, body_id=housing.pk)
    given = {"days": 5, "reason": "запрос", "notice_text": NOTICE}
    extend_deadline(access=head_of_roads, appeal_id=ours.pk, **given)  # type: ignore[arg-type]
    for access, appeal in ((head_of_roads, theirs), (outsider, ours)):
        with pytest.raises((Forbidden, NotFound)):
            extend_deadline(access=access, appeal_id=appeal.pk, **given)  # type: ignore[arg-type]


def test_a_message_may_wait_for_the_citizen(make_appeal: MakeAppeal, system: Access) -> None:
    appeal = make_appeal(Regime.PORTAL, Channel.PORTAL)
    with clock.frozen(MONDAY + timedelta(days=3)):
        pause_deadline(access=system, appeal_id=appeal.pk, reason="уточняем адрес")
        with pytest.raises(Conflict):
            pause_deadline(access=system, appeal_id=appeal.pk, reason="ещё раз")
    with clock.frozen(MONDAY + timedelta(days=8)):
        resume_deadline(access=system, appeal_id=appeal.pk)
        with pytest.raises(Conflict):
            resume_deadline(access=system, appeal_id=appeal.pk)
    term = answer_term(appeal)
    assert term.legal_due_at.date() == date(2026, 3, 9)
    assert "приостановлен с 05.02.2026 по 09.02.2026: уточняем адрес" in (
        term.explanation["sentence"].replace("\u00a0", " ")
    )


def test_the_law_knows_no_pause(make_appeal: MakeAppeal, system: Access) -> None:
    with pytest.raises(Refused, match="не приостанавливается"):
        pause_deadline(access=system, appeal_id=make_appeal().pk, reason="ждём")


@pytest.mark.parametrize(("days", "state"), [(10, DeadlineState.MET), (45, DeadlineState.MET_LATE)])
def test_a_kept_and_a_missed_term(
    make_appeal: MakeAppeal, system: Access, days: int, state: DeadlineState
) -> None:
    appeal = make_appeal()
    given = {
        "actor": system.actor,
        "appeal_id": appeal.pk,
        "kind": DeadlineKind.ANSWER,
        "met_at": MONDAY + timedelta(days=days),
    }
    meet_deadline(**given)  # type: ignore[arg-type]
    meet_deadline(**given)  # type: ignore[arg-type]
    assert answer_term(appeal).state == state
    assert Entry.objects.filter(case_id=appeal.pk, name="DeadlineMet").count() == 1
    assert not Deadline.objects.filter(
        appeal=appeal, kind=DeadlineKind.FORWARDING, state=DeadlineState.RUNNING
    ).exists()
    with pytest.raises(Conflict):
        extend_deadline(
            access=system, appeal_id=appeal.pk, days=5, reason="запрос", notice_text=NOTICE
        )

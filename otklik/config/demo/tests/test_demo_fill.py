"""The demo in the database is as consistent as the work of living people."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from itertools import pairwise

from otklik.casework.appeals.models import Appeal, Applicant, Assignment, Question
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import OPEN_STATES, DeadlineKind
from otklik.casework.replies.models import Reply, ReplyRevision, ReplyTemplate
from otklik.casework.replies.vocabulary import ReplyStatus, ReturnReason
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.queries import suggestion_for
from otklik.casework.satisfaction.models import Survey
from otklik.config.demo.fill import fill
from otklik.config.demo.grounds import DEMO_PASSWORD
from otklik.directory.accounts.models import Account
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import House, Settlement
from otklik.exchange.channels.models import (
    ChannelAccount,
    InboundKey,
    InboundMessage,
    OutboundMessage,
)
from otklik.exchange.channels.vocabulary import ChannelKind, OutboundState
from otklik.insight.facts.models import QuestionFact
from otklik.records.journal.queries import story_of

UNTIL = date(2026, 11, 20)
TARGET = 400


def test_everything_is_there(filled: Municipality) -> None:
    told: list[tuple[int, int]] = []
    assert fill(seed=5, until=UNTIL, target=TARGET, progress=lambda *a: told.append(a)) == filled
    assert not told
    assert Appeal.objects.filter(municipality=filled).count() == TARGET
    assert Applicant.objects.filter(municipality=filled).count() <= 400
    assert Settlement.objects.filter(municipality=filled, boundary__isnull=False).count() == 11
    assert House.objects.count() > 1500
    assert QuestionFact.objects.count() == Question.objects.count() > 400


def test_numbers_follow_registration(filled: Municipality) -> None:
    numbers = Appeal.objects.filter(municipality=filled).values_list("number", flat=True)
    assert len(set(numbers)) == 400
    messages = Appeal.objects.filter(number__startswith="С-", registered_at__isnull=False)
    ordered = [
        (n.rpartition("/")[2], int(n.partition("-")[2].partition("/")[0]))
        for n in messages.order_by("registered_at").values_list("number", flat=True)
    ]
    assert ordered == sorted(ordered)


def test_states_agree(filled: Municipality) -> None:
    for appeal in Appeal.objects.prefetch_related("questions", "replies", "deadlines"):
        answer = [d for d in appeal.deadlines.all() if d.kind == DeadlineKind.ANSWER]
        assert [d.due_at for d in answer] == ([appeal.due_at] if appeal.due_at else [])
        if appeal.status == Status.ANSWERED:
            assert appeal.answered_at
            assert {r.status for r in appeal.replies.all()} == {"sent"}
            assert all(q.result and q.answered_at for q in appeal.questions.all())
            assert answer[0].met_at == appeal.answered_at
        else:
            assert appeal.answered_at is None
            assert all(d.state in OPEN_STATES for d in answer if appeal.is_open)
        if appeal.status == Status.ON_APPROVAL:
            (reply,) = appeal.replies.all()
            waiting = ApprovalStep.objects.filter(subject_id=reply.pk, state=StepState.PENDING)
            assert waiting.count() == 1


def test_terms_are_explained_and_answers_have_revisions(filled: Municipality) -> None:
    assert Deadline.objects.filter(kind=DeadlineKind.ANSWER).exists()
    assert all(d.explanation["sentence"] for d in Deadline.objects.all())
    for reply in Reply.objects.all():
        assert ReplyRevision.objects.filter(reply=reply).count() == reply.revision
    assert Survey.objects.filter(score__isnull=False).exists()
    assert not Assignment.objects.filter(assigned_by="").exists()


def test_journal_tells_the_story_in_order(filled: Municipality) -> None:
    for appeal in Appeal.objects.filter(registered_at__isnull=False)[:120]:
        story = list(story_of(appeal.pk))
        assert story[0].name == "AppealRegistered"
        assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(story)), appeal.number
        names = [entry.name for entry in story]
        if appeal.status == Status.ANSWERED:
            assert names.index("ReplySubmitted") < names.index("ReplySigned")
            assert names.index("ReplySigned") < names.index("AppealAnswered")


def test_staff_can_sign_in_and_have_their_rights(filled: Municipality) -> None:
    operator = Account.objects.get(email="sinitsyna@zaozersk.example")
    assert operator.check_password(DEMO_PASSWORD)
    assert operator.is_demo
    access = access_of(operator, filled.pk, UNTIL)
    assert access.allows(Permission.REGISTER)
    assert not access.allows(Permission.ORGANISE)


def test_returns_name_their_reasons(filled: Municipality) -> None:
    returned = ApprovalStep.objects.filter(
        municipality=filled, subject="reply", state=StepState.RETURNED
    )
    named = [step.reasons for step in returned]
    assert named
    assert all(len(each) == 1 and each[0] in ReturnReason.values for each in named)
    assert len({each[0] for each in named}) >= 5


def test_letters_agree_with_answers(filled: Municipality) -> None:
    letters = OutboundMessage.objects.filter(channel=ChannelKind.EMAIL)
    assert {OutboundState.SENT, OutboundState.DELIVERED} <= {each.state for each in letters}
    for letter in letters.prefetch_related("attempts_made"):
        tries = list(letter.attempts_made.all())
        assert len(tries) == letter.attempts >= 1
        assert (letter.sent_at is None) == bool(letter.last_error)
    for reply in Reply.objects.filter(outbound_id__isnull=False):
        message = OutboundMessage.objects.get(pk=reply.outbound_id or 0)
        assert message.case_id == reply.appeal_id
        assert (reply.status == ReplyStatus.SENT) == (message.sent_at is not None)
    came = InboundMessage.objects.filter(municipality_id=filled.pk)
    assert came.exists()
    assert all(letter.text.splitlines()[0] in _body(letter.original) for letter in came)
    assert InboundKey.objects.count() == came.count()
    assert not ChannelAccount.objects.filter(enabled=True, kind=ChannelKind.EMAIL).exists()


def _body(raw: bytes) -> str:
    return str(email.message_from_bytes(raw, policy=email.policy.default).get_content())


def test_orders_of_the_centre_work(filled: Municipality) -> None:
    assert RoutingRule.objects.filter(municipality=filled, automatic=True).count() >= 5
    assert ReplyTemplate.objects.filter(municipality=filled).count() >= 12
    lit = Appeal.objects.filter(topic__code="0003.0009.0097.0690", settlement__name="Лесопильный")
    for appeal in [*lit][:3]:
        rule = suggestion_for(appeal)
        assert rule
        assert rule.name == "Освещение в Лесопильном — теротдел"
    known = [suggestion_for(each) for each in Appeal.objects.filter(topic__isnull=False)[:60]]
    assert sum(rule is not None for rule in known) > 30

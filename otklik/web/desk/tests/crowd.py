"""A centre that fills up: rows of everything a page of the desk may list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.intake.models import ImportProfile, ImportRowResult, ImportRun, SetAside
from otklik.casework.intake.vocabulary import InboxKind, Outcome, RunState
from otklik.casework.replies.models import (
    Proposal,
    ProposalMeasure,
    ProposalRevision,
    Reply,
    ReplyRevision,
    ReplyTemplate,
)
from otklik.casework.replies.queries import PROPOSAL, SUBJECT
from otklik.casework.replies.vocabulary import ProposalKind, ProposalStatus, ReplyStatus
from otklik.casework.routing.models import RoutingRule
from otklik.casework.satisfaction.models import Survey
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.models import DeliveryAttempt, InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import (
    ChannelKind,
    Disposition,
    InboundKind,
    OutboundState,
    Purpose,
)
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.cuts.models import SavedCut
from otklik.insight.facts.actions import rebuild
from otklik.insight.reports.models import Note
from otklik.records.attachments.actions import store
from otklik.web.desk.tests.conftest import Centre, Person

REPLIES = (
    ReplyStatus.DRAFT, ReplyStatus.ON_APPROVAL, ReplyStatus.RETURNED, ReplyStatus.SIGNED,
)  # fmt: skip
MESSAGES = (OutboundState.TO_CARRY, OutboundState.FAILED, OutboundState.UNCONFIRMED)


def fill(centre: Centre, person: Person, file: Callable[..., Appeal], names: range) -> None:
    """One more of everything for each number of `names`: bodies, topics, cases, notes, imports."""
    for n in names:
        _directory(centre, n)
        for turn in range(len(REPLIES)):
            _case(centre, file, n, turn)
        appeal = file(f"Нет воды в доме {n} по Лесной улице")
        _around(centre, person, appeal, n)
    rebuild(municipality_id=centre.municipality.pk)


def _directory(centre: Centre, n: int) -> None:
    place = centre.municipality
    body = Body.objects.create(municipality=place, name=f"Служба {n}", kind="institution")
    topic = Topic.objects.create(
        edition=centre.holes.edition, code=f"9{n}", name=f"Тема {n}", group=f"Группа {n}"
    )
    corner = 59 + n / 100
    ring = [[39.0, corner], [39.1, corner], [39.1, corner + 0.01], [39.0, corner]]
    Settlement.objects.create(
        municipality=place, name=f"Село {n}", kind="village", population=500, lat=corner, lon=39.05,
        boundary={"type": "Polygon", "coordinates": [ring]},
    )  # fmt: skip
    RoutingRule.objects.create(municipality=place, name=f"Правило {n}", topic=topic, body=body)
    ReplyTemplate.objects.create(municipality=place, title=f"Образец {n}", text="Сделано …")


def _case(centre: Centre, file: Callable[..., Appeal], n: int, turn: int) -> None:
    place = Settlement.objects.get(municipality=centre.municipality, name=f"Село {n}")
    appeal = file(
        f"Яма номер {n}-{turn} на улице Садовой, просим заделать",
        topic_id=Topic.objects.get(code=f"9{n}").pk,
        place=PlaceGiven(settlement_id=place.pk, lat=place.lat, lon=place.lon),
    )
    body = Body.objects.get(municipality=centre.municipality, name=f"Служба {n}")
    for executor, role in ((centre.roads, AssignmentRole.MAIN), (body, AssignmentRole.CO)):
        assign_executor(
            access=centre.head.access, appeal_id=appeal.pk, body_id=executor.pk, role=role
        )
    add_reply(centre, appeal, REPLIES[turn])


def add_reply(centre: Centre, appeal: Appeal, status: str, revisions: int = 1) -> Reply:
    reply = Reply.objects.create(
        appeal=appeal, body=centre.roads, status=status, text="Яму заделали 3 марта.",
        revision=revisions, author_label="Исполнитель", created_at=clock.now(),
    )  # fmt: skip
    for number in range(1, revisions + 1):
        ReplyRevision.objects.create(
            reply=reply, number=number, text=f"Редакция {number}", author_label="Исполнитель",
            created_at=clock.now(),
        )  # fmt: skip
        ApprovalStep.objects.create(
            municipality=centre.municipality, subject=SUBJECT, subject_id=reply.pk, round=number,
            order=1, label="Согласование", permission=Permission.APPROVE,
            state=StepState.PENDING if number == revisions else StepState.RETURNED,
            reasons=[] if number == revisions else ["no_dates"],
        )  # fmt: skip
    return reply


def add_letter(centre: Centre, appeal: Appeal, key: str, state: str) -> OutboundMessage:
    message = OutboundMessage.objects.create(
        municipality=centre.municipality, case_id=appeal.pk, purpose=Purpose.ANSWER, state=state,
        channel=ChannelKind.POS if state == OutboundState.TO_CARRY else ChannelKind.EMAIL,
        recipient="citizen@zaozersk.test", subject="Ответ", text="Сделано.", key=key,
        send_after=clock.now(), created_at=clock.now(), created_label="Оператор", attempts=1,
    )  # fmt: skip
    DeliveryAttempt.objects.create(message=message, number=1, started_at=clock.now())
    return message


def add_waiting(centre: Centre, key: str) -> InboundMessage:
    """A letter that has not become a case."""
    return InboundMessage.objects.create(
        received_at=clock.now(), taken_at=clock.now(), municipality_id=centre.municipality.pk,
        account_id=1, channel=ChannelKind.EMAIL, kind=InboundKind.LETTER, external_id=key,
        sender="citizen@zaozersk.test", text="Пишу вам впервые", raw=b"",
        disposition=Disposition.UNREADABLE,
    )  # fmt: skip


def _inbox(centre: Centre, run: ImportRun, n: int) -> None:
    """A waiting letter, one put aside, and a refused row."""
    add_waiting(centre, f"wait-{n}")
    SetAside.objects.create(
        municipality=centre.municipality, kind=InboxKind.MESSAGE, reason="Реклама", batch=str(n),
        target_id=add_waiting(centre, f"aside-{n}").pk, set_at=clock.now(), set_label="Оператор",
    )  # fmt: skip
    ImportRowResult.objects.create(
        run=run, row_number=n, outcome=Outcome.REFUSED, reason="Нет текста"
    )


def add_received(centre: Centre, appeal: Appeal, key: str) -> None:
    InboundMessage.objects.create(
        received_at=clock.now(), taken_at=clock.now(), municipality_id=centre.municipality.pk,
        account_id=1, channel=ChannelKind.EMAIL, kind=InboundKind.LETTER, external_id=key,
        text="Дополняю: яма у остановки", raw=b"", disposition=Disposition.ACCEPTED,
        case_id=appeal.pk,
    )  # fmt: skip


def _around(centre: Centre, person: Person, appeal: Appeal, n: int) -> None:
    """Things of the desk that are no cases: notices, letters, cuts, notes, imports."""
    place, now = centre.municipality, clock.now()
    Notice.objects.create(
        municipality=place, account=person.account, kind=NoticeKind.values[0], text=f"Новое {n}",
        url=f"/desk/appeals/{appeal.pk}/", case_id=appeal.pk, created_at=now,
    )  # fmt: skip
    for state in MESSAGES:
        add_letter(centre, appeal, f"{n}-{state}", state)
    SavedCut.objects.create(
        municipality=place, account_id=person.account.pk, name=f"Разрез {n}", rows="topic",
        measure="count", counted="received", saved_at=now,
    )  # fmt: skip
    copied = Note.objects.filter(municipality=place).first()
    if copied:
        copied.pk, copied.number = None, 100 + n
        copied.since = copied.until = date(2024, 1, 1) + timedelta(days=n)
        copied._state.adding = True
        copied.save()
    profile = ImportProfile.objects.create(municipality=place, name=f"Профиль {n}", source="pos")
    run = ImportRun.objects.create(
        municipality=place, source="pos", profile=profile, file_name=f"{n}.csv", file_sha256="0",
        state=RunState.DONE, actor_label="Оператор", started_at=now, touched_at=now,
    )  # fmt: skip
    _inbox(centre, run, n)


def deepen(centre: Centre, appeal: Appeal, run: ImportRun, names: range) -> None:
    """More of everything inside one case and one import."""
    for n in names:
        body = Body.objects.create(
            municipality=centre.municipality, name=f"Отдел {n}", kind="department"
        )
        assign_executor(
            access=centre.head.access, appeal_id=appeal.pk, body_id=body.pk, role=AssignmentRole.CO
        )
        reply = add_reply(centre, appeal, ReplyStatus.SENT, revisions=3)
        for subject, owner in (("appeal", appeal.pk), (SUBJECT, reply.pk)):
            store(
                municipality_id=centre.municipality.pk, file_name=f"Справка {n}.txt",
                content=f"Справка {n} {subject}".encode(), subject=subject, subject_id=owner,
            )  # fmt: skip
        add_received(centre, appeal, f"in-{n}")
        for state in (*MESSAGES, OutboundState.SENT, OutboundState.HELD):
            add_letter(centre, appeal, f"card-{n}-{state}", state)
        _score(reply, n)
        _proposal(centre, appeal, body, n)
        ImportRowResult.objects.create(
            run=run, row_number=1000 + n, outcome=Outcome.values[-1], appeal=appeal,
            column="Дата", reason="Не дата", mend="Исправьте",
        )  # fmt: skip


def _score(reply: Reply, n: int) -> None:
    values: dict[str, Any] = {"asked_at": clock.now(), "answered_at": clock.now(), "score": 2}
    Survey.objects.create(
        appeal=reply.appeal, reply_id=reply.pk, token_hash=f"t{n}",
        expires_at=clock.now() + timedelta(days=9), comment="Не сделано", **values,
    )  # fmt: skip


def _proposal(centre: Centre, appeal: Appeal, body: Body, n: int) -> None:
    """A proposal sent twice, with a measure and a file."""
    now = clock.now()
    made = Proposal.objects.create(
        appeal=appeal, body=centre.roads, kind=ProposalKind.PROPOSAL, title=f"Сквер {n}",
        text="Нужен сквер", status=ProposalStatus.ON_DECISION, revision=2, created_at=now,
        author_label="Исполнитель",
    )  # fmt: skip
    ProposalMeasure.objects.create(proposal=made, body=body, text="Выделить участок")
    for number in (1, 2):
        ProposalRevision.objects.create(
            proposal=made, number=number, title=made.title, text=f"Прежний сквер {n}",
            author_label="Исполнитель", created_at=now,
        )  # fmt: skip
        ApprovalStep.objects.create(
            municipality=centre.municipality, subject=PROPOSAL, subject_id=made.pk, round=number,
            order=1, label="Решение руководителя", permission=Permission.SIGN,
            state=StepState.PENDING if number == 2 else StepState.RETURNED,
            decided_at=None if number == 2 else now, remark="" if number == 2 else "Где деньги?",
        )  # fmt: skip
    store(
        municipality_id=centre.municipality.pk, file_name=f"Эскиз {n}.txt",
        content=f"Эскиз {n}".encode(), subject=PROPOSAL, subject_id=made.pk,
    )  # fmt: skip

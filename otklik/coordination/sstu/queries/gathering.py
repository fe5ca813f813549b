"""Cases of a month as facts for the package, in a fixed number of queries."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Prefetch, Q

from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Regime
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.casework.proceedings.models import Transfer
from otklik.casework.replies.models import Reply
from otklik.casework.replies.rules.sheet import Letter
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.casework.replies.writers.docx import letter_docx
from otklik.coordination.sstu.models import Addressee, TopicCode
from otklik.coordination.sstu.rules import (
    AnswerFacts,
    CaseFacts,
    File,
    QuestionFacts,
    TransferFacts,
    classifier_code,
)
from otklik.directory.organisation.models import Municipality

ON_PAPER = (Channel.PAPER, Channel.RECEPTION, Channel.HOTLINE122)
GIVEN = (ReplyStatus.SENT, ReplyStatus.SENDING, ReplyStatus.SIGNED, ReplyStatus.FAILED)


@dataclass(frozen=True)
class _Around:
    """What is looked up once for all cases."""

    place: Municipality
    codes: dict[int, str]
    addressees: dict[str, UUID]
    transfers: dict[int, list[Transfer]]
    extended: set[int]
    answers: dict[int, AnswerFacts]

    def day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self.place.tz).date() if moment else None


def cases_of(place: Municipality, month: date) -> list[CaseFacts]:
    """Обращения received up to the month's end and not closed before it began, oldest first."""
    first = datetime.combine(month, time.min, place.tz)
    last = datetime.combine(next_month(month), time.min, place.tz)
    found = list(
        Appeal.objects.filter(municipality=place, regime=Regime.LAW59, received_at__lt=last)
        .filter(Q(answered_at__isnull=True) | Q(answered_at__gte=first) | Q(received_at__gte=first))
        .select_related("applicant")
        .defer("search", "text")
        .prefetch_related(Prefetch("questions", Question.objects.select_related("topic")))
        .order_by("received_at", "pk")
    )
    around = _around(place, [appeal.pk for appeal in found])
    return [_case(appeal, around) for appeal in found]


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def file_of(reply_id: int) -> File:
    """The letter as signed, in DOCX; an answer without one as its text."""
    reply = Reply.objects.get(pk=reply_id)
    if reply.letter:
        made_at = reply.signed_at or reply.created_at
        content = letter_docx(Letter.model_validate(reply.letter), made_at=made_at)
        name = "otvet.docx"
    else:
        content, name = reply.text.encode(), "otvet.txt"
    return File(name=name, content=base64.b64encode(content).decode())


def _around(place: Municipality, keys: Sequence[int]) -> _Around:
    transfers: dict[int, list[Transfer]] = defaultdict(list)
    sent = Transfer.objects.filter(decision__appeal_id__in=keys, decision__undone_at__isnull=True)
    for row in sent.select_related("decision", "body").order_by("pk"):
        transfers[row.decision.appeal_id].append(row)
    late = Deadline.objects.filter(
        appeal_id__in=keys, kind=DeadlineKind.ANSWER, extended_days__gt=0
    )
    given = Reply.objects.filter(appeal_id__in=keys, status__in=GIVEN).order_by("created_at", "pk")
    codes = TopicCode.objects.filter(municipality=place).values_list("topic_id", "code")
    named = Addressee.objects.filter(municipality=place).values_list("name", "department_id")
    return _Around(
        place=place,
        codes=dict(codes),
        addressees=dict(named),
        transfers=transfers,
        extended=set(late.values_list("appeal_id", flat=True)),
        answers={
            row.appeal_id: AnswerFacts(reply_id=row.pk, text=row.text)
            for row in given
            if row.text.strip()
        },
    )


def _case(appeal: Appeal, around: _Around) -> CaseFacts:
    person = appeal.applicant
    reply_to = appeal.reply_address if "@" in appeal.reply_address else ""
    return CaseFacts(
        appeal_id=appeal.pk,
        number=appeal.number,
        status=appeal.status,
        direct=not appeal.external_number,
        electronic=appeal.channel not in ON_PAPER,
        anonymous=person.kind == ApplicantKind.ANONYMOUS,
        name=person.name.strip(),
        address=person.postal_address.strip(),
        email=(person.email or reply_to).strip(),
        received_on=around.day(appeal.received_at),
        registered_on=around.day(appeal.registered_at),
        answered_on=around.day(appeal.answered_at),
        extended=appeal.pk in around.extended,
        answer=around.answers.get(appeal.pk),
        questions=tuple(_question(appeal, one, around) for one in appeal.questions.all()),
    )


def _question(appeal: Appeal, one: Question, around: _Around) -> QuestionFacts:
    topic = one.topic
    code = classifier_code(topic.code) or around.codes.get(topic.pk, "") if topic else ""
    sent = [
        row
        for row in around.transfers.get(appeal.pk, [])
        if row.question_id is None or row.question_id == one.pk
    ]
    return QuestionFacts(
        number=one.number,
        topic=topic.name if topic else "",
        code=code,
        result=one.result,
        answered_on=around.day(one.answered_at),
        measures_taken=one.measures_taken,
        transfers=tuple(_transfer(appeal, row, around) for row in sent),
    )


def _transfer(appeal: Appeal, row: Transfer, around: _Around) -> TransferFacts:
    known = row.body.sstu_id if row.body else None
    return TransferFacts(
        addressee=row.addressee,
        department_id=known or around.addressees.get(row.addressee),
        on=row.decision.decided_at.astimezone(around.place.tz).date(),
        number=appeal.number,
    )

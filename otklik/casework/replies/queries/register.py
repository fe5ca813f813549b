"""The executor's own register: what came to him for review, when, until when, and what came of it.

ust-kubinsky 4.9.д: dates, terms, state and structured results, kept by the program itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.base.given import cursor_of, key_given
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole, Channel, Result
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work

EXPORT_MOST = 20_000
OPEN = Q(
    withdrawn_at__isnull=True, done_at__isnull=True, question__appeal__status__in=OPEN_STATUSES
)
STATES = (("open", "в работе"), ("overdue", "просрочено"), ("done", "рассмотрено"))


@dataclass(frozen=True, kw_only=True)
class RegisterWanted:
    """`state` is a key of STATES or empty; days: when the case reached the executor."""

    state: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One question given to an executor. Texts are masked where the reader may not see persons."""

    assignment_id: int
    appeal_id: int
    number: str
    channel: str
    received_at: datetime
    assigned_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    body: str
    role: str
    applicant: str
    question: str
    topic: str
    place: str
    state: str
    shape: str
    result: str
    cause: str
    measures_taken: bool
    is_open: bool
    personal: bool


def register_of(access: Access, wanted: RegisterWanted) -> QuerySet[Assignment]:
    """Assignments of the person's bodies and of himself; whoever drafts everywhere sees his own."""
    found = Assignment.objects.filter(question__appeal__municipality_id=access.municipality_id)
    found = found.filter(_own(access)).annotate(
        term=Coalesce("due_at", F("question__appeal__due_at"))
    )
    zone = ZoneInfo(
        Municipality.objects.values_list("time_zone", flat=True).get(pk=access.municipality_id)
    )
    if wanted.since:
        found = found.filter(assigned_at__gte=datetime.combine(wanted.since, time.min, zone))
    if wanted.until:
        after = datetime.combine(wanted.until + timedelta(days=1), time.min, zone)
        found = found.filter(assigned_at__lt=after)
    if wanted.state == "done":
        return found.exclude(OPEN).filter(withdrawn_at__isnull=True)
    if wanted.state in ("open", "overdue"):
        found = found.filter(OPEN)
    return found.filter(term__lt=clock.now()) if wanted.state == "overdue" else found


def register_page(
    access: Access, wanted: RegisterWanted, *, cursor: str = "", limit: int = 50
) -> tuple[list[RegisterRow], str]:
    """The newest first by the key (assigned_at, id), and the cursor of the next page or empty."""
    found = register_of(access, wanted)
    if key := key_given(cursor):
        beyond = Q(assigned_at__lt=key[0]) | Q(pk__lt=key[1])
        found = found.filter(Q(assigned_at__lte=key[0]) & beyond)
    taken = list(_whole(found)[: limit + 1])
    rows = [_row(access, each) for each in taken[:limit]]
    more = len(taken) > limit
    return rows, cursor_of(rows[-1].assigned_at, rows[-1].assignment_id) if more else ""


def register_rows(access: Access, wanted: RegisterWanted) -> Iterator[RegisterRow]:
    """Rows for a file, at most EXPORT_MOST."""
    for each in _whole(register_of(access, wanted))[:EXPORT_MOST].iterator(chunk_size=1000):
        yield _row(access, each)


def register_counts(access: Access) -> dict[str, int]:
    """How many by each key of STATES; three counts."""
    return {state: register_of(access, RegisterWanted(state=state)).count() for state, _ in STATES}


def _own(access: Access) -> Q:
    reach = access.reach(Permission.DRAFT)
    own = Q(account_id=access.account_id) if access.account_id else Q(pk__in=[])
    if reach.everywhere:
        written = Reply.objects.filter(author_id=access.account_id).values("appeal_id")
        return own | Q(question__appeal__in=written)
    own |= Q(body_id__in=sorted(reach.body_ids))
    for channel, inner in reach.by_channel.items():
        own |= Q(question__appeal__channel=channel, body_id__in=sorted(inner.body_ids))
    return own


def _whole(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return found.select_related(
        "body",
        "question__review",
        "question__topic",
        "question__appeal__applicant",
        "question__appeal__topic",
    ).order_by("-assigned_at", "-pk")


def _row(access: Access, given: Assignment) -> RegisterRow:
    question, case = given.question, given.question.appeal
    personal = _personal(access, given, case)
    state, shape = _state(given, case)
    held = given.withdrawn_at is None
    text = (question.text or case.summary or case.text[:300]) if held else ""
    return RegisterRow(
        assignment_id=given.pk,
        appeal_id=case.pk,
        number=case.number,
        channel=str(Channel(case.channel).label),
        received_at=case.received_at,
        assigned_at=given.assigned_at,
        due_at=given.due_at or case.due_at,
        answered_at=given.done_at or question.answered_at or case.answered_at,
        body=str(given.body),
        role=str(AssignmentRole(given.role).label),
        applicant=case.applicant.name if personal else "",
        question=text if personal else for_work(text).text,
        topic=str(question.topic or case.topic or ""),
        place=(question.place or case.place) if held else "",
        state=state,
        shape=shape,
        result=str(Result(question.result).label) if question.result else "",
        cause=_cause(question),
        measures_taken=question.measures_taken,
        is_open=_open(given, case),
        personal=personal,
    )


def _cause(question: Question) -> str:
    review = getattr(question, "review", None)
    return str(review.cause) if review else ""


def assignment_of(access: Access, assignment_id: int) -> Assignment:
    """One line of the person's own register; NotFound for another's or one taken back."""
    found = _whole(register_of(access, RegisterWanted())).filter(
        pk=assignment_id, withdrawn_at__isnull=True
    )
    if (row := found.first()) is None:
        raise NotFound("Такого обращения в вашем реестре нет.", "Вернитесь к списку.")
    return row


def _personal(access: Access, given: Assignment, case: Appeal) -> bool:
    if given.withdrawn_at is not None:
        return False
    own = access.account_id if access.account_id in case.account_ids else None
    return access.allows(
        Permission.VIEW_PERSONAL, body_id=given.body_id, account_id=own, channel=case.channel
    )


def _open(given: Assignment, case: Appeal) -> bool:
    return given.withdrawn_at is None and given.done_at is None and case.is_open


def _state(given: Assignment, case: Appeal) -> tuple[str, str]:
    """The word and the shape: taken back, late, in time, overdue, in work."""
    due = given.due_at or case.due_at
    if given.withdrawn_at is not None:
        return "снято", "off"
    if _open(given, case):
        late = due is not None and due < clock.now()
        return ("просрочено", "danger") if late else (case.get_status_display(), "work")
    done_at = given.done_at or case.answered_at
    late = due is not None and done_at is not None and done_at > due
    return ("рассмотрено позже срока", "warn") if late else ("рассмотрено", "done")

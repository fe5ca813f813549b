"""Cases: list, card, creation."""

from __future__ import annotations

import base64
import binascii

from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.base.given import key_given
from otklik.casework.appeals import queries
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.actions.register import already_here
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Regime
from otklik.casework.classification.queries import topics_offered
from otklik.casework.intake.actions import take
from otklik.casework.intake.actions.messages import REGIMES
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.actions import once
from otklik.directory.territory.queries import settlements
from otklik.records.journal.actions import record_read
from otklik.web.api.answers import BadFields
from otklik.web.api.rest import shapes
from otklik.web.api.rest.routes import Call, Made, operation
from otklik.web.api.rest.schemas import CaseCard, CaseMade, CaseNew, CasePage, CaseQuery

PURPOSE = "программа: {}"


@operation(
    "GET", "/cases", name="listCases", summary="Список обращений", query=CaseQuery, answer=CasePage
)
def cases(call: Call, *, query: CaseQuery) -> CasePage:
    """Сначала новые. Страницы идут по ключу: новые обращения их не сдвигают."""
    access = call.access.require_any(Permission.VIEW_APPEALS)
    given = query.model_dump(exclude={"after", "limit"}, exclude_none=True)
    page = queries.page_of(
        access, AppealFilter(**given), cursor=_opened(query.after), limit=query.limit
    )
    seen = [(case, shapes.may_see_person(access, case)) for case in page.rows]
    _log(call, [case for case, personal in seen if personal], "список обращений")
    return CasePage(
        items=[shapes.brief(case, personal=personal) for case, personal in seen],
        next=_closed(page.after),
    )


@operation(
    "GET",
    "/cases/{case_id}",
    name="getCase",
    summary="Карточка обращения",
    answer=CaseCard,
    refusals={404: "Обращения нет или оно недоступно"},
)
def case(call: Call, *, case_id: int) -> CaseCard:
    """Текст, заявитель, вопросы с исполнителями, отправленные ответы."""
    access = call.access.require_any(Permission.VIEW_APPEALS)
    found = queries.card(access, case_id)
    personal = shapes.may_see_person(access, found)
    _log(call, [found] if personal else [], "карточка обращения")
    answers = Reply.objects.filter(appeal=found, status=ReplyStatus.SENT).order_by("sent_at")
    return shapes.card(found, list(answers), personal=personal)


@operation(
    "POST",
    "/cases",
    name="createCase",
    summary="Новое обращение",
    body=CaseNew,
    answer=CaseMade,
    status=201,
    repeatable=True,
    refusals={
        200: "Такое обращение уже было: повтор ключа или номера",
        409: "С этим Idempotency-Key уже пришёл другой запрос",
    },
)
def new_case(call: Call, *, body: CaseNew) -> Made:
    """Регистрирует обращение; тема, место, срок и исполнитель определяются как обычно."""
    access = call.access.require(Permission.REGISTER, channel=body.channel)
    new = _new(call, body)
    known = already_here(access.municipality_id, new)
    made_now = []

    def make() -> int:
        appeal = take(access=access, new=new)
        made_now.append(appeal.pk)
        return appeal.pk

    pk, _ = once(
        program=call.program,
        key=call.request.headers.get("Idempotency-Key", "").strip(),
        content=call.request.body,
        make=make,
    )
    created = bool(made_now) and known is None
    appeal = Appeal.objects.only("number", "status", "due_at").get(pk=pk)
    url = reverse("api:case", kwargs={"case_id": pk})
    made = CaseMade(
        id=pk,
        number=appeal.number,
        created=created,
        status=appeal.status,
        due_at=appeal.due_at,
        url=url,
    )
    return Made(made, 201 if created else 200, url)


def _new(call: Call, body: CaseNew) -> NewAppeal:
    _check(call, body)
    person = body.applicant
    named = bool(person.name or person.phone or person.email or person.postal_address)
    return NewAppeal(
        regime=body.regime or REGIMES.get(Channel(body.channel), Regime.OTHER),
        channel=body.channel,
        text=body.text,
        received_at=body.received_at or clock.now(),
        applicant=NewApplicant(
            kind=ApplicantKind.CITIZEN if named else ApplicantKind.ANONYMOUS, **person.model_dump()
        ),
        place=PlaceGiven(
            text=body.place, settlement_id=body.settlement, lat=body.lat, lon=body.lon
        ),
        topic_id=body.topic,
        reply_address=person.email if body.channel == Channel.EMAIL else "",
        external_system=f"program:{call.program.pk}" if body.external_number else "",
        external_number=body.external_number,
    )


def _check(call: Call, body: CaseNew) -> None:
    """Raise BadFields for what the models cannot know."""
    place = call.access.municipality_id
    wrong: list[tuple[str, str]] = []
    if (body.lat is None) != (body.lon is None):
        wrong.append(("lat", "нужны и lat, и lon"))
    if body.received_at and body.received_at > clock.now():
        wrong.append(("received_at", "это время ещё не наступило"))
    if body.topic and not topics_offered(place).filter(pk=body.topic).exists():
        wrong.append(("topic", "такой темы нет, список — /api/v1/topics"))
    if body.settlement and not settlements(place).filter(pk=body.settlement).exists():
        wrong.append(("settlement", "такого населённого пункта нет, список — /api/v1/settlements"))
    if wrong:
        raise BadFields(wrong)


def _log(call: Call, shown: list[Appeal], where: str) -> None:
    record_read(
        [case.pk for case in shown],
        actor=call.access.actor,
        municipality_id=call.access.municipality_id,
        purpose=PURPOSE.format(where),
    )


def _closed(cursor: str) -> str | None:
    return base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=") if cursor else None


def _opened(cursor: str) -> str:
    """The key of a page; raise Refused for one that this list has not given."""
    if not cursor:
        return ""
    try:
        opened = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        opened = ""
    known = opened.startswith("+") and key_given(opened[1:]) is not None
    if not known:
        raise Refused(
            "Такой страницы нет: after не из этого списка.",
            "Возьмите значение next прошлой страницы или начните без after.",
        )
    return opened


__all__ = ["case", "cases", "new_case"]

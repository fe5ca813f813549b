"""One participant asks another for information, a task or by way of reminder, with a term."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.actions.mailing import announce
from otklik.casework.teamwork.events import InformationAsked, RequestCancelled
from otklik.casework.teamwork.models import InfoRequest
from otklik.casework.teamwork.queries import asking, body_of, may_ask, people_of
from otklik.casework.teamwork.vocabulary import RequestKind, RequestState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record


@transaction.atomic
def ask(
    *,
    access: Access,
    appeal_id: int,
    text: str,
    due_on: date | None,
    body_id: int | None = None,
    email: str = "",
    kind: RequestKind = RequestKind.INFORMATION,
) -> InfoRequest:
    """Ask a body or, by an address, somebody without an account; the term is the end of a day.

    A body whose people sign in gets a notice; one without accounts, or with an address given, a
    letter with a one-time link (novoduginsky 3.3). Raises Refused without a term or an address.
    """
    appeal = locked(access, appeal_id)
    if not may_ask(access, appeal):
        raise Forbidden(
            "Запросы отправляют исполнители обращения и сотрудники центра.",
            "Оставьте запись в совместной работе.",
        )
    access = asking(access, appeal)
    due_at, body = _term(appeal, text, due_on), _body(appeal, body_id)
    made = InfoRequest.objects.create(
        municipality=appeal.municipality,
        appeal=appeal,
        kind=kind,
        body=body,
        email=_address(body, email),
        text=text.strip(),
        asker_id=access.account_id,
        asker_label=access.actor.label,
        asker_body=body_of(access),
        asked_at=clock.now(),
        due_at=due_at,
        state=RequestState.ASKED,
    )
    record(
        InformationAsked(
            subject_id=made.pk,
            case_id=appeal.pk,
            kind_label=kind.label,
            addressee=made.addressee,
            due_at=due_at,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    announce(made, access.actor)
    return made


@transaction.atomic
def cancel_request(*, access: Access, request_id: int) -> InfoRequest:
    """Take an open request back; its links stop working."""
    found = (
        InfoRequest.objects.select_for_update(of=("self",))
        .select_related("body")
        .filter(pk=request_id, municipality_id=access.municipality_id)
        .first()
    )
    if found is None:
        raise NotFound("Такого запроса нет.", "Обновите карточку.")
    appeal = locked(access, found.appeal_id)
    if not may_ask(access, appeal):
        raise Forbidden("Запрос отправили не вы.", "Отозвать его может тот, кто ведёт обращение.")
    access = asking(access, appeal)
    if found.state != RequestState.ASKED:
        raise Conflict(f"Запрос уже в состоянии «{found.get_state_display()}».")
    found.state = RequestState.CANCELLED
    found.save(update_fields=["state"])
    record(
        RequestCancelled(subject_id=found.pk, case_id=found.appeal_id, addressee=found.addressee),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return found


def _term(appeal: Appeal, text: str, due_on: date | None) -> datetime:
    if not text.strip():
        raise Refused("Не написано, что нужно.", "Опишите, какие сведения или действия нужны.")
    if due_on is None:
        raise Refused("Не указан срок ответа.", "Выберите день, к которому нужен ответ.")
    zone = appeal.municipality.tz
    if due_on < clock.today(zone):
        raise Refused("Срок ответа уже прошёл.", "Выберите сегодняшний или будущий день.")
    return datetime.combine(due_on, time(23, 59, 59), tzinfo=zone)


def _body(appeal: Appeal, body_id: int | None) -> Body | None:
    if body_id is None:
        return None
    found = Body.objects.filter(municipality_id=appeal.municipality_id, pk=body_id).first()
    if found is None or not found.is_active:
        raise NotFound("Такого органа нет среди действующих.", "Выберите орган из списка.")
    return found


def _address(body: Body | None, email: str) -> str:
    """Where to write; empty when notices reach the people of the body."""
    given = email.strip()
    if given:
        try:
            validate_email(given)
        except ValidationError:
            raise Refused(f"«{given}» — не адрес почты.", "Проверьте адрес.") from None
        return given
    if body is None:
        raise Refused("Не указано, кого спросить.", "Выберите орган или впишите почту.")
    if people_of(body.municipality_id, body.pk):
        return ""
    if not body.email:
        raise Refused(
            f"У органа «{body}» нет ни сотрудников в системе, ни почты.",
            "Впишите почту в карточке органа или здесь.",
        )
    return body.email

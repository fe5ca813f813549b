"""A case as a record of the package, or the list of what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from otklik.coordination.sstu.rules.codes import classifier_code
from otklik.coordination.sstu.rules.facts import CaseFacts, QuestionFacts, Refusal
from otklik.coordination.sstu.rules.form import (
    NEEDED,
    WITHOUT_CODE,
    AppealRecord,
    File,
    Handover,
    QuestionRecord,
)
from otklik.coordination.sstu.rules.status import responded_on, status_of
from otklik.coordination.sstu.vocabulary import Mend, SstuStatus

ANONYMOUS = "Аноним"
Attach = Callable[[int], File]
_SETTINGS = "Задайте его в настройках выгрузки."


def compose(
    case: CaseFacts, *, department_id: UUID, as_of: date, attach: Attach
) -> tuple[AppealRecord | None, list[Refusal]]:
    """The record of a case, or None and everything that is missing in it.

    A case leaves whole or not at all: half of its questions would look like all of them.
    """
    states = [(one, status_of(case, one, as_of)) for one in case.questions]
    refusals = [*_of_person(case), *(r for one, s in states for r in _of_question(case, one, s))]
    if refusals:
        return None, refusals
    try:
        record = AppealRecord(
            departmentId=department_id,
            isDirect=case.direct,
            format="Electronic" if case.electronic else "Other",
            number=case.number,
            createDate=case.received_on or as_of,
            name=case.name or ANONYMOUS,
            address=case.address,
            email=case.email,
            questions=tuple(r for one, state in states for r in _records(case, one, state, attach)),
        )
    except ValidationError as error:
        said = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        return None, [_refusal(case, None, f"данные противоречат формату: {said}", "Исправьте их.")]
    return record, []


def _of_person(case: CaseFacts) -> Iterator[Refusal]:
    if not case.questions:
        yield _refusal(case, None, "нет ни одного вопроса", "Добавьте вопрос в карточке.")
    if not case.name and not case.anonymous:
        yield _refusal(
            case, None, "нет имени заявителя", "Впишите его или отметьте обращение анонимным."
        )
    if not case.address and not case.email and not case.anonymous:
        yield _refusal(
            case, None, "нет ни почтового адреса, ни электронной почты", "Впишите одно из двух."
        )


def _of_question(case: CaseFacts, one: QuestionFacts, state: SstuStatus) -> Iterator[Refusal]:
    if state not in WITHOUT_CODE and not classifier_code(one.code):
        yield _without_code(case, one)
    needed = NEEDED[state]
    if "attachment" in needed and case.answer is None:
        yield _refusal(case, one, "нет текста ответа", "Приложите ответ, который дан заявителю.")
    if "responseDate" in needed and responded_on(case, one) is None:
        yield _refusal(case, one, "нет даты ответа", "Укажите, когда дан ответ.")
    if "transfer" in needed:
        yield from _of_transfers(case, one)


def _of_transfers(case: CaseFacts, one: QuestionFacts) -> Iterator[Refusal]:
    if not one.transfers:
        yield _refusal(
            case,
            one,
            "не записано, куда направлено",
            "Оформите направление по компетенции решением в карточке.",
        )
    for sent in one.transfers:
        if sent.department_id is None:
            missing = f"нет идентификатора ССТУ адресата «{sent.addressee}»"
            yield _refusal(case, one, missing, _SETTINGS, Mend.SETTINGS)


def _without_code(case: CaseFacts, one: QuestionFacts) -> Refusal:
    if not one.topic:
        return _refusal(case, one, "не выбрана тема", "Выберите тему вопроса в карточке.")
    missing = f"у темы «{one.topic}» нет кода тематического классификатора"
    return _refusal(case, one, missing, "Сопоставьте тему коду в настройках.", Mend.SETTINGS)


def _records(
    case: CaseFacts, one: QuestionFacts, state: SstuStatus, attach: Attach
) -> list[QuestionRecord]:
    """One record of a question; a forwarded one has a record for every addressee."""
    given: dict[str, Any] = {
        "incomingDate": case.received_on,
        "registrationDate": case.registered_on,
        "isExtend": case.extended,
        "responseDate": responded_on(case, one),
        "actionsTaken": one.measures_taken,
    }
    needed = NEEDED[state]
    if "attachment" in needed and case.answer is not None:
        given["attachment"] = attach(case.answer.reply_id)
    common = {name: value for name, value in given.items() if name in needed}
    code = classifier_code(one.code) or None
    if "transfer" not in needed:
        return [QuestionRecord(code=code, status=state, **common)]
    return [
        QuestionRecord(
            code=code,
            status=state,
            transfer=Handover(
                departmentId=sent.department_id,
                transferDate=sent.on,
                transferNumber=sent.number,
            ),
            **common,
        )
        for sent in one.transfers
        if sent.department_id is not None
    ]


def _refusal(
    case: CaseFacts, one: QuestionFacts | None, missing: str, mend: str, where: Mend = Mend.CARD
) -> Refusal:
    return Refusal(
        appeal_id=case.appeal_id,
        number=case.number,
        question=one.number if one else None,
        missing=missing,
        mend=mend,
        where=str(where),
    )

"""Single steps on the card: each a POST that calls one action and goes back."""

from __future__ import annotations

from otklik.casework.appeals.actions import add_question, drop_question, mark_theme
from otklik.casework.formalising import actions
from otklik.casework.formalising.actions import Entry
from otklik.casework.formalising.vocabulary import FormalState
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def essence(request: DeskRequest, pk: int) -> str:
    given = request.POST
    part = actions.enter(
        access=request.access,
        appeal_id=pk,
        question_number=number_of(request, "question") or 1,
        entry=Entry(
            essence=given.get("essence", ""),
            kind=given.get("kind", ""),
            object_kind=given.get("object_kind", ""),
            object_name=given.get("object_name", ""),
            holder_id=number_of(request, "holder"),
            cause=given.get("cause", ""),
        ),
        confirming=given.get("confirm") == "1",
    )
    if part.state == FormalState.CONFIRMED:
        return "Формализация подтверждена"
    return "Внесено и ждёт проверки"


@step
def check(request: DeskRequest, pk: int) -> str:
    number = number_of(request, "question") or 1
    if request.POST.get("verdict") == "back":
        actions.send_back(
            access=request.access,
            appeal_id=pk,
            question_number=number,
            remark=request.POST.get("remark", ""),
        )
        return "Возвращено с замечанием"
    actions.confirm(access=request.access, appeal_id=pk, question_number=number)
    return "Формализация подтверждена"


@step
def theme(request: DeskRequest, pk: int) -> str:
    mark_theme(access=request.access, appeal_id=pk, theme=request.POST.get("theme", ""))
    return "Тематика отмечена"


@step
def question(request: DeskRequest, pk: int) -> str:
    made = add_question(
        access=request.access,
        appeal_id=pk,
        text=request.POST.get("text", ""),
        topic_id=number_of(request, "topic"),
        settlement_id=number_of(request, "settlement"),
        place=request.POST.get("place", ""),
    )
    return f"Выделен вопрос {made.number}"


@step
def question_drop(request: DeskRequest, pk: int) -> str:
    drop_question(access=request.access, appeal_id=pk, number=number_of(request, "question") or 0)
    return "Вопрос убран"


def number_of(request: DeskRequest, name: str) -> int | None:
    """A positive number of the form, None when it is empty or not one."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else None

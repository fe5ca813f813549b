"""Steps of the common work on the card of a case."""

from __future__ import annotations

from datetime import date, datetime

from otklik.base.errors import Refused
from otklik.casework.deadlines.actions import set_executor_term, withdraw_executor_term
from otklik.casework.deadlines.vocabulary import TermStage
from otklik.casework.teamwork import actions
from otklik.casework.teamwork.vocabulary import RequestKind
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def note(request: DeskRequest, pk: int) -> str:
    actions.write_note(access=request.access, appeal_id=pk, text=request.POST.get("text", ""))
    return "Запись сохранена"


@step
def talk(request: DeskRequest, pk: int) -> str:
    actions.log_talk(
        access=request.access,
        appeal_id=pk,
        counterpart=request.POST.get("counterpart", ""),
        number=request.POST.get("number", ""),
        result=request.POST.get("result", ""),
        happened_at=_moment(request),
    )
    return "Разговор записан"


@step
def inquiry(request: DeskRequest, pk: int) -> str:
    kind = request.POST.get("kind", "")
    made = actions.ask(
        access=request.access,
        appeal_id=pk,
        kind=RequestKind(kind) if kind in RequestKind.values else RequestKind.INFORMATION,
        body_id=number(request, "body"),
        email=request.POST.get("email", ""),
        text=request.POST.get("text", ""),
        due_on=day(request, "due_on"),
    )
    way = f" письмом на {made.email}" if made.email else ""
    return f"Отправлено{way}: {made.addressee}"


@step
def inquiry_cancel(request: DeskRequest, pk: int) -> str:
    actions.cancel_request(access=request.access, request_id=number(request, "request") or 0)
    return "Запрос отозван"


@step
def receipt(request: DeskRequest, pk: int) -> str:
    actions.confirm_receipt(access=request.access, assignment_id=number(request, "assignment") or 0)
    return "Принято в работу"


@step
def handback(request: DeskRequest, pk: int) -> str:
    actions.hand_back(
        access=request.access,
        assignment_id=number(request, "assignment") or 0,
        reason=request.POST.get("reason", ""),
        proposed_id=number(request, "body"),
    )
    return "Возвращено тому, кто назначает исполнителя; до решения поручение остаётся за вами"


@step
def urgent(request: DeskRequest, pk: int) -> str:
    made = actions.pass_urgently(
        access=request.access,
        appeal_id=pk,
        body_id=number(request, "body"),
        instruction=request.POST.get("instruction", "").strip(),
    )
    return f"Передано срочно: {made[0].body}"


@step
def term(request: DeskRequest, pk: int) -> str:
    """One's own internal term of an executor's part: set, or taken back."""
    raw = request.POST.get("stage", "")
    stage = TermStage(raw) if raw in TermStage.values else TermStage.WHOLE
    access, part = request.access, number(request, "assignment") or 0
    if request.POST.get("drop"):
        withdraw_executor_term(access=access, assignment_id=part, stage=stage)
        return f"Ваш срок снят: {stage.label}"
    due_on = day(request, "due_on")
    made = set_executor_term(access=access, assignment_id=part, stage=stage, due_on=due_on)
    local = made.due_at.astimezone(request.municipality.tz)
    return f"Срок исполнителя ({stage.label}): {local:%d.%m.%Y}"


def number(request: DeskRequest, name: str) -> int | None:
    raw = request.POST.get(name, "")
    return int(raw) if raw.isdecimal() else None


def day(request: DeskRequest, name: str) -> date | None:
    raw = request.POST.get(name, "")
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise Refused(f"«{raw}» — не дата.", "Укажите день, например 05.03.2025.") from None


def _moment(request: DeskRequest) -> datetime | None:
    raw = request.POST.get("happened_at", "")
    if not raw:
        return None
    try:
        return datetime.fromisoformat(raw).replace(tzinfo=request.municipality.tz)
    except ValueError:
        raise Refused(f"«{raw}» — не дата и время.", "Укажите, когда был разговор.") from None

"""What a person does with a problem."""

from __future__ import annotations

from otklik.base.errors import Refused
from otklik.casework.appeals.queries import visible_to
from otklik.casework.problems import actions
from otklik.language.wording import counted
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.problems.shown import chosen, step

_CASES = ("обращение", "обращения", "обращений")


@step
def confirmation(request: DeskRequest, pk: int) -> str:
    found = actions.confirm(access=request.access, problem_id=pk)
    return f"Проблема подтверждена: {counted(found.cases_count, _CASES)}"


@step
def dismissal(request: DeskRequest, pk: int) -> str:
    actions.dismiss(access=request.access, problem_id=pk, reason=request.POST.get("reason", ""))
    return "Проблема отклонена: эти обращения вместе больше не предложат"


@step
def solution(request: DeskRequest, pk: int) -> str:
    actions.solve(access=request.access, problem_id=pk)
    return "Проблема решена"


@step
def description(request: DeskRequest, pk: int) -> str:
    body = request.POST.get("body", "")
    actions.describe(
        access=request.access,
        problem_id=pk,
        title=request.POST.get("title", ""),
        cause=request.POST.get("cause", ""),
        body_id=int(body) if body.isdecimal() else None,
    )
    return "Описание проблемы сохранено"


@step
def cases(request: DeskRequest, pk: int) -> str:
    """Accept, take out or split the ticked cases; or join a case by its number."""
    verb, ticked = request.POST.get("verb", ""), chosen(request)
    if verb == "out":
        reason = request.POST.get("reason", "")
        gone = actions.take_out(
            access=request.access, problem_id=pk, appeal_ids=ticked, reason=reason
        )
        return f"Исключено: {counted(gone, _CASES)}"
    if verb == "split":
        new = actions.split(access=request.access, problem_id=pk, appeal_ids=ticked)
        return f"Выделена проблема {new.number}: {counted(new.cases_count, _CASES)}"
    ids = ticked if verb == "accept" else [_by_number(request)]
    joined = actions.join(access=request.access, problem_id=pk, appeal_ids=ids)
    if not joined:
        raise Refused("Обращение уже в проблеме.", "Сначала исключите его оттуда.")
    return f"Присоединено: {counted(len(joined), _CASES)}"


@step
def merging(request: DeskRequest, pk: int) -> str:
    other = request.POST.get("other", "")
    if not other.isdecimal():
        raise Refused("Не выбрана другая проблема.", "Выберите её из списка.")
    found = actions.merge(access=request.access, problem_id=pk, other_id=int(other))
    return f"Проблемы объединены: {counted(found.cases_count, _CASES)}"


def _by_number(request: DeskRequest) -> int:
    number = request.POST.get("number", "").strip().removeprefix("№").strip()
    found = visible_to(request.access).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"Обращения № {number or '…'} нет.", "Проверьте номер.")
    return found

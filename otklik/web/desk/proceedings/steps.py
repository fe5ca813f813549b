"""Small steps of the record: kin, whom it is against, signatories, papers that came."""

from __future__ import annotations

from otklik.base.errors import Refused
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.actions import SignatoryGiven
from otklik.casework.proceedings.vocabulary import Kinship
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def kin(request: DeskRequest, pk: int) -> str:
    made = actions.link_kin(
        access=request.access,
        appeal_id=pk,
        number=request.POST.get("number", ""),
        kind=Kinship(request.POST.get("kind") or Kinship.REPEAT),
    )
    return f"Связано с № {made.earlier.number}"


@step
def unkin(request: DeskRequest, pk: int) -> str:
    actions.unlink_kin(
        access=request.access, link_id=_id(request, "link"), reason=request.POST.get("reason", "")
    )
    return "Связь снята"


@step
def complained(request: DeskRequest, pk: int) -> str:
    actions.set_complained(
        access=request.access,
        appeal_id=pk,
        body_ids=[int(one) for one in request.POST.getlist("bodies") if one.isdecimal()],
        officials=request.POST.get("officials", "").splitlines(),
    )
    return "Записано, кого обжалуют"


@step
def signatories(request: DeskRequest, pk: int) -> str:
    """One person a line, «имя; адрес»; the first line is the representative."""
    lines = [line for line in request.POST.get("people", "").splitlines() if line.strip()]
    people = [
        SignatoryGiven(
            name=line.partition(";")[0].strip(),
            address=line.partition(";")[2].strip(),
            representative=number == 0,
        )
        for number, line in enumerate(lines)
    ]
    actions.set_signatories(access=request.access, appeal_id=pk, people=people)
    return "Подписавшие записаны"


@step
def documents(request: DeskRequest, pk: int) -> str:
    files = [(one.name or "файл", one.read()) for one in request.FILES.getlist("files")]
    actions.receive_documents(
        access=request.access,
        request_id=_id(request, "asked"),
        answer=request.POST.get("answer", ""),
        files=files,
    )
    return "Документы получены"


@step
def reminder(request: DeskRequest, pk: int) -> str:
    actions.remind_of_documents(access=request.access, request_id=_id(request, "asked"))
    return "Напоминание отправлено"


@step
def results(request: DeskRequest, pk: int) -> str:
    actions.note_results(access=request.access, transfer_id=_id(request, "transfer"))
    return "Отмечено: о результатах сообщили"


def _id(request: DeskRequest, name: str) -> int:
    raw = request.POST.get(name, "")
    if not raw.isdecimal():
        raise Refused("Ничего не выбрано.", "Обновите страницу и повторите.")
    return int(raw)

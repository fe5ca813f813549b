"""Written proposals and drafted acts: steps on the card, and the list for the head."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import NotFound, Refused
from otklik.casework.replies import actions
from otklik.casework.replies.actions import MeasureGiven
from otklik.casework.replies.actions.proposals import OUTCOMES
from otklik.casework.replies.models import Proposal
from otklik.casework.replies.queries import PROPOSAL, proposals_waiting
from otklik.casework.replies.queries import proposals as all_proposals
from otklik.casework.replies.vocabulary import ProposalStatus
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50
SHAPES: dict[str, str] = {
    ProposalStatus.DRAFT: "draft",
    ProposalStatus.ON_DECISION: "review",
    ProposalStatus.RETURNED: "warn",
    ProposalStatus.APPROVED: "done",
    ProposalStatus.REJECTED: "off",
}
SAID = {
    "approve": "Предложение одобрено",
    "reject": "Предложение отклонено",
    "return": "Предложение возвращено на доработку",
}


@require_GET
@desk(Permission.VIEW_APPEALS)
def proposals(request: DeskRequest) -> HttpResponse:
    """What waits for this person's decision first; `?tab=all` shows all, by key."""
    everything = request.GET.get("tab") == "all"
    before = request.GET.get("before", "")
    waiting = proposals_waiting(request.access)
    found = all_proposals(request.access) if everything else waiting
    if everything and before.isdecimal():
        found = found.filter(pk__lt=int(before))
    taken = list((found.order_by("-pk") if everything else found)[: PAGE + 1])
    rows = [(each, SHAPES[each.status]) for each in taken[:PAGE]]
    more = everything and len(taken) > PAGE
    page = reverse("desk:proposals")
    context = {
        "rows": rows,
        "tabs": [
            {
                "label": "Ждут вашего решения",
                "url": page,
                "active": not everything,
                "count": waiting.count(),
            },
            {"label": "Все", "url": f"{page}?tab=all", "active": everything},
        ],
        "everything": everything,
        "next_url": f"?{urlencode({'tab': 'all', 'before': taken[PAGE - 1].pk})}" if more else "",
        "first_url": f"{page}?tab=all" if before else "",
    }
    return render(request, "desk/executor/proposals.html", context)


@step
def proposal(request: DeskRequest, pk: int) -> str:
    """Save; with `next=submit` also put it before the head. Files come with the form."""
    given = request.POST.get("proposal", "")
    saved = actions.save_proposal(
        access=request.access,
        appeal_id=pk,
        kind=request.POST.get("kind", ""),
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
        measures=_measures(request),
        proposal_id=int(given) if given.isdecimal() else None,
    )
    for file in request.FILES.getlist("files"):
        store(
            municipality_id=request.access.municipality_id,
            file_name=file.name or "файл",
            content=file.read(),
            subject=PROPOSAL,
            subject_id=saved.pk,
        )
    if request.POST.get("next") == "submit":
        actions.submit_proposal(access=request.access, proposal_id=saved.pk)
        return "Отправлено руководителю"
    return "Черновик сохранён"


@step
def submission(request: DeskRequest, pk: int, proposal: int) -> str:
    actions.submit_proposal(access=request.access, proposal_id=_of_case(pk, proposal))
    return "Отправлено руководителю"


@step
def decision(request: DeskRequest, pk: int, proposal: int) -> str:
    chosen = request.POST.get("decision", "")
    if chosen not in OUTCOMES:
        raise Refused("Решение не выбрано.", "Выберите: одобрить, отклонить или вернуть.")
    actions.decide_proposal(
        access=request.access,
        proposal_id=_of_case(pk, proposal),
        decision=chosen,  # type: ignore[arg-type]
        reason=request.POST.get("reason", ""),
    )
    return SAID[chosen]


@step
def stage(request: DeskRequest, pk: int, proposal: int) -> str:
    moved = actions.move_act(
        access=request.access,
        proposal_id=_of_case(pk, proposal),
        stage=request.POST.get("stage", ""),
        number=request.POST.get("number", ""),
        on=_day(request.POST.get("date", "")),
    )
    return f"Отмечено: {moved.get_stage_display()}"


def _of_case(pk: int, proposal: int) -> int:
    if not Proposal.objects.filter(pk=proposal, appeal_id=pk).exists():
        raise NotFound("Такого предложения у обращения нет.", "Обновите карточку.")
    return proposal


def _measures(request: DeskRequest) -> list[MeasureGiven]:
    """Rows of the form: `body`, `measure`, `due` repeated; a row without a body is left out."""
    lists = [request.POST.getlist(name) for name in ("body", "measure", "due")]
    return [
        MeasureGiven(body_id=int(body), text=text, due_on=_day(due))
        for body, text, due in zip(*lists, strict=False)
        if body.isdecimal()
    ]


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(
            f"День «{text[:20]}» не разобрать.", "Выберите его в календаре поля."
        ) from None

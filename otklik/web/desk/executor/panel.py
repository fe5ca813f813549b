"""The part of the card with proposals and drafted acts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Proposal
from otklik.casework.replies.queries import PROPOSAL, proposals_of
from otklik.casework.replies.vocabulary import ActStage, ProposalKind, ProposalStatus
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.queries import steps_of
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.executor.proposals import SHAPES
from otklik.web.desk.frame import DeskRequest

EMPTY_ROWS = 2
EDITABLE = (ProposalStatus.DRAFT, ProposalStatus.RETURNED)


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Nothing to show to those who neither draft nor find a proposal here."""
    found = list(proposals_of(case.pk))
    if not rights.draft:
        found = [each for each in found if each.status != ProposalStatus.DRAFT]
    if not found and not rights.draft:
        return None
    keys = [each.pk for each in found]
    steps = list(steps_of(PROPOSAL, keys)) if keys else []
    files = list(files_of(PROPOSAL, keys)) if keys else []
    context = {
        "case": case,
        "rows": [_row(request, case, rights, each, steps, files) for each in found],
        "kinds": ProposalKind.choices,
        "stages": ActStage.choices,
        "may_write": rights.draft,
        "bodies": list(bodies(case.municipality_id)) if rights.draft else [],
        "blank": range(EMPTY_ROWS + 1),
    }
    return Panel("desk/executor/panel.html", context)


def _row(
    request: DeskRequest,
    case: Appeal,
    rights: Rights,
    one: Proposal,
    steps: list[ApprovalStep],
    files: list[Any],
) -> dict[str, Any]:
    own = [step for step in steps if step.subject_id == one.pk]
    pending = next((step for step in own if step.state == StepState.PENDING), None)
    decides = pending is not None and request.access.allows(
        pending.permission, body_id=case.executor_body_id
    )
    approved = one.status == ProposalStatus.APPROVED
    heads = (Permission.APPROVE, Permission.SIGN)
    leads = any(request.access.allows(right, body_id=case.executor_body_id) for right in heads)
    return {
        "one": one,
        "shape": SHAPES[one.status],
        "measures": list(one.measures.all()),
        "versions": [each for each in one.revisions.all() if each.number != one.revision],
        "said": [step for step in own if step.decided_at and step.remark],
        "decides": decides,
        "editable": rights.draft and one.status in EDITABLE,
        "moves": (rights.draft or leads) and approved and one.kind == ProposalKind.ACT,
        "files": [
            {"name": file.file_name, "url": _url(case, file), "size": file.size, "kind": "text"}
            for file in files
            if file.subject_id == one.pk
        ],
    }


def _url(case: Appeal, file: Any) -> str:
    return reverse("desk:file", args=[case.pk, file.pk])

"""The part of the card with proposals and drafted acts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Proposal
from otklik.casework.replies.queries import ProposalInFull, proposals_of
from otklik.casework.replies.vocabulary import ActStage, ProposalKind, ProposalStatus
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import mask_file_name
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.bodies import bodies_once
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.executor.proposals import SHAPES
from otklik.web.desk.frame import DeskRequest

EMPTY_ROWS = 2
EDITABLE = (ProposalStatus.DRAFT, ProposalStatus.RETURNED)


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Nothing to show to those who neither draft nor find a proposal here: two queries."""
    found = proposals_of(case.pk) if has(case, Proposal) else []
    if not rights.draft:
        found = [each for each in found if each.one.status != ProposalStatus.DRAFT]
    if not found and not rights.draft:
        return None
    context = {
        "case": case,
        "rows": [_row(request, case, rights, each) for each in found],
        "kinds": ProposalKind.choices,
        "stages": ActStage.choices,
        "may_write": rights.draft,
        "bodies": bodies_once(request) if rights.draft else [],
        "blank": range(EMPTY_ROWS + 1),
    }
    return Panel("desk/executor/panel.html", context)


def _row(
    request: DeskRequest, case: Appeal, rights: Rights, full: ProposalInFull
) -> dict[str, Any]:
    one = full.one
    pending = next((step for step in full.steps if step["state"] == StepState.PENDING), None)
    decides = pending is not None and request.access.allows(
        pending["permission"], body_id=case.executor_body_id, channel=case.channel
    )
    approved = one.status == ProposalStatus.APPROVED
    heads = (Permission.APPROVE, Permission.SIGN)
    leads = any(
        request.access.allows(right, body_id=case.executor_body_id, channel=case.channel)
        for right in heads
    )
    return {
        "one": one,
        "shape": SHAPES[one.status],
        "measures": full.measures,
        "versions": [each for each in full.versions if each["number"] != one.revision],
        "said": [step for step in full.steps if step["decided_at"] and step["remark"]],
        "decides": decides,
        "editable": rights.draft and one.status in EDITABLE,
        "moves": (rights.draft or leads) and approved and one.kind == ProposalKind.ACT,
        "files": [
            {
                "name": _file_name(file["file_name"], rights),
                "url": reverse("desk:file", args=[case.pk, file["pk"]]),
                "size": file["size"],
                "kind": "text",
            }
            for file in full.files
        ],
    }


def _file_name(name: str, rights: Rights) -> str:
    return name if rights.personal else mask_file_name(name)

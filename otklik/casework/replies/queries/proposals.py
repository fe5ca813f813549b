"""Written proposals and drafted acts: of a case, and those that wait for the head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.replies.models import Proposal, ProposalMeasure, ProposalRevision
from otklik.casework.replies.vocabulary import ProposalStatus
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.queries import waiting_for
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.models import Attachment

PROPOSAL = "proposal"
PROPOSAL_STEPS = ({"permission": str(Permission.SIGN), "label": "Решение руководителя"},)
"""Who decides when the centre has set no route of its own: the head, who signs."""
STEP = ("state", "permission", "label", "remark", "decided_label", "decided_at")
VERSION = ("number", "text", "author_label", "created_at")
FILE = ("pk", "file_name", "size")


@dataclass(frozen=True, kw_only=True)
class ProposalInFull:
    """`steps` of its approval, `versions` and `files`: rows as they stand, oldest first."""

    one: Proposal
    measures: list[ProposalMeasure]
    steps: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    files: list[dict[str, Any]]


def proposals_of(appeal_id: int) -> list[ProposalInFull]:
    """Of one case, with all that belongs to them; two queries, one where there are none."""
    own = OuterRef("pk")
    steps = ApprovalStep.objects.filter(subject=PROPOSAL, subject_id=own)
    versions = ProposalRevision.objects.filter(proposal=own)
    files = Attachment.objects.filter(subject=PROPOSAL, subject_id=own)
    found: Any = (
        Proposal.objects.filter(appeal_id=appeal_id)
        .select_related("body")
        .prefetch_related(
            Prefetch("measures", queryset=ProposalMeasure.objects.select_related("body"))
        )
        .annotate(
            steps=_rows(steps.order_by("round", "order"), *STEP),
            versions=_rows(versions.order_by("number"), *VERSION),
            files=_rows(files.order_by("pk"), *FILE),
        )
    )
    return [
        ProposalInFull(
            one=each,
            measures=list(each.measures.all()),
            steps=[_timed(row, "decided_at") for row in each.steps],
            versions=[_timed(row, "created_at") for row in each.versions],
            files=each.files,
        )
        for each in found
    ]


def _rows(found: QuerySet[Any], *names: str) -> ArraySubquery:
    """The rows as objects of these fields."""
    return ArraySubquery(found.values(row=JSONObject(**dict(zip(names, names, strict=True)))))


def _timed(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {**row, name: datetime.fromisoformat(row[name]) if row[name] else None}


def proposals(access: Access) -> QuerySet[Proposal]:
    """Of cases this person sees, the newest first; a draft is seen by its own author's side only.

    Whoever may draft for the body sees its drafts; the head sees what has been sent to him.
    """
    found = Proposal.objects.filter(appeal__in=visible_to(access).values("pk"))
    if not access.may(Permission.DRAFT):
        found = found.exclude(status=ProposalStatus.DRAFT)
    return found.select_related("appeal", "body").order_by("-created_at", "-pk")


def proposals_waiting(access: Access) -> QuerySet[Proposal]:
    """What waits for this person's decision, the longest waiting first."""
    steps = waiting_for(access, PROPOSAL).values("subject_id")
    waiting = proposals(access).filter(status=ProposalStatus.ON_DECISION, pk__in=steps)
    return waiting.order_by("submitted_at", "pk")


def proposal_card(access: Access, proposal_id: int) -> Proposal:
    """Raise NotFound when the proposal is absent or its case hidden."""
    found = (
        Proposal.objects.filter(pk=proposal_id, appeal__in=visible_to(access).values("pk"))
        .select_related("appeal")
        .first()
    )
    if found is None:
        raise NotFound("Такого предложения нет.", "Откройте карточку обращения заново.")
    return found

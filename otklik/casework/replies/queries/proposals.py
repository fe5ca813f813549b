"""Written proposals and drafted acts: of a case, and those that wait for the head."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.replies.models import Proposal, ProposalMeasure
from otklik.casework.replies.vocabulary import ProposalStatus
from otklik.directory.approvals.queries import waiting_for
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PROPOSAL = "proposal"
PROPOSAL_STEPS = ({"permission": str(Permission.SIGN), "label": "Решение руководителя"},)
"""Who decides when the centre has set no route of its own: the head, who signs."""


def proposals_of(appeal_id: int) -> QuerySet[Proposal]:
    """Of one case, with measures and earlier versions; two more queries."""
    measures = ProposalMeasure.objects.select_related("body")
    return (
        Proposal.objects.filter(appeal_id=appeal_id)
        .select_related("body")
        .prefetch_related(Prefetch("measures", queryset=measures), "revisions")
    )


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

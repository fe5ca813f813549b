"""What is known of one case: decisions, requests, materials, and the facts the law asks about."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Kind, Regime
from otklik.casework.proceedings.models import (
    Complained,
    Decision,
    DocumentRequest,
    Material,
    Transfer,
)
from otklik.casework.proceedings.queries.kin import answered_kin
from otklik.casework.proceedings.rules.checks import CaseFacts, Recipient
from otklik.casework.proceedings.vocabulary import Verb
from otklik.records.attachments.queries import files_of

MATERIAL, REQUEST = "material", "document_request"
_BY_ARTICLE_11 = (Verb.LEAVE, Verb.STOP)
_OWN_PAGE = (Channel.PORTAL,)


def local_day(appeal: Appeal, moment: datetime) -> date:
    """The day of a moment where the case lives."""
    return moment.astimezone(appeal.municipality.tz).date()


def is_served(appeal: Appeal) -> bool:
    """Whether there is anywhere to send a notice: an address, a page of the author, an account."""
    person = appeal.applicant
    known = (appeal.reply_address, person.email, person.postal_address, appeal.code_hash)
    if any(known):
        return True
    return appeal.channel not in (Channel.PAPER, Channel.RECEPTION, Channel.EMAIL)


def facts_of(appeal: Appeal) -> CaseFacts:
    """All that the checks ask, in three queries."""
    complained = [
        Recipient(name=row.official, body_id=row.body_id)
        for row in Complained.objects.filter(appeal=appeal)
    ]
    if appeal.complained_body_id is not None:
        body = appeal.complained_body
        complained.append(Recipient(name=str(body), body_id=appeal.complained_body_id))
    left = decisions_of(appeal.pk).filter(verb__in=_BY_ARTICLE_11, undone_at__isnull=True)
    return CaseFacts(
        law59=appeal.regime == Regime.LAW59,
        complaint=appeal.kind == Kind.COMPLAINT,
        is_open=appeal.is_open,
        named=bool(appeal.applicant.name.strip()),
        addressed=is_served(appeal),
        registered_on=local_day(appeal, appeal.registered_at or appeal.received_at),
        complained=tuple(complained),
        earlier_answers=tuple(
            f"№ {one.number} от {local_day(appeal, one.received_at):%d.%m.%Y}"
            for one in answered_kin(appeal)
        ),
        closed_by_law=not appeal.is_open and left.exists(),
    )


def decisions_of(appeal_id: int) -> QuerySet[Decision]:
    """Newest first, with where each copy went."""
    transfers = Transfer.objects.select_related("question", "body")
    return (
        Decision.objects.filter(appeal_id=appeal_id)
        .prefetch_related(Prefetch("transfers", queryset=transfers))
        .order_by("-decided_at", "-pk")
    )


def requests_of(appeal_id: int) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.filter(appeal_id=appeal_id).order_by("-asked_at")


def materials_of(appeal_id: int) -> QuerySet[Material]:
    return Material.objects.filter(appeal_id=appeal_id).order_by("added_at")


def materials_with_files(appeal_id: int) -> tuple[list[Material], set[int]]:
    """What was added, and the keys of those that have files: two queries at most."""
    rows = list(materials_of(appeal_id))
    keys = [row.pk for row in rows]
    return rows, {file.subject_id for file in files_of(MATERIAL, keys)} if keys else set()


def file_ids_of(appeal_id: int) -> dict[str, set[int]]:
    """Subjects of files that belong to the case through this room."""
    return {
        MATERIAL: set(materials_of(appeal_id).values_list("pk", flat=True)),
        REQUEST: set(requests_of(appeal_id).values_list("pk", flat=True)),
    }

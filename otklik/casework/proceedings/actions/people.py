"""People of a case besides its author: whom it is against, and who signed it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import ApplicantKind, Kind
from otklik.casework.proceedings.events import ComplainedSet, SignatoriesSet
from otklik.casework.proceedings.models import Complained, Signatory
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class SignatoryGiven:
    name: str
    address: str = ""
    representative: bool = False


@transaction.atomic
def set_complained(
    *, access: Access, appeal_id: int, body_ids: Sequence[int], officials: Sequence[str]
) -> list[Complained]:
    """Say against whom the complaint is (59-ФЗ, art. 8 part 6); the case becomes a жалоба."""
    access = access.require(Permission.REGISTER)
    appeal = locked(access, appeal_id)
    bodies = Body.objects.filter(pk__in=body_ids, municipality_id=appeal.municipality_id)
    named = [" ".join(name.split())[:300] for name in officials if name.strip()]
    rows = [Complained(appeal=appeal, body=body, official=str(body)) for body in bodies]
    rows += [Complained(appeal=appeal, official=name) for name in named]
    Complained.objects.filter(appeal=appeal).delete()
    Complained.objects.bulk_create(rows)
    appeal.complained_body = next((row.body for row in rows if row.body), None)
    if rows:
        appeal.kind = Kind.COMPLAINT
    appeal.version += 1
    appeal.save(update_fields=["complained_body", "kind", "version"])
    event = ComplainedSet(
        subject_id=appeal.pk, case_id=appeal.pk, officials=tuple(row.official for row in rows)
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return rows


@transaction.atomic
def set_signatories(*, access: Access, appeal_id: int, people: Sequence[SignatoryGiven]) -> Appeal:
    """Make the appeal collective: at least two people, one of whom speaks for all.

    The answer goes to the representative (59-ФЗ, art. 2 part 1). Raises Refused otherwise.
    """
    access = access.require(Permission.REGISTER)
    appeal = locked(access, appeal_id)
    named = [one for one in people if one.name.strip()]
    if len(named) < 2:
        raise Refused(
            "Коллективное обращение подписывают хотя бы двое (ст. 2 № 59-ФЗ).",
            "Впишите всех подписавших, каждого с новой строки.",
        )
    if sum(one.representative for one in named) != 1:
        raise Refused(
            "У коллективного обращения один представитель (ст. 2 № 59-ФЗ).",
            "Отметьте того, кому отправлять ответ.",
        )
    Signatory.objects.filter(appeal=appeal).delete()
    Signatory.objects.bulk_create(
        Signatory(
            appeal=appeal,
            name=" ".join(one.name.split())[:300],
            address=" ".join(one.address.split())[:500],
            representative=one.representative,
        )
        for one in dict.fromkeys(named)
    )
    spokesman = next(one for one in named if one.representative)
    person = appeal.applicant
    person.kind = ApplicantKind.COLLECTIVE
    person.name = " ".join(spokesman.name.split())[:300]
    person.postal_address = person.postal_address or spokesman.address[:500]
    person.save(update_fields=["kind", "name", "postal_address"])
    event = SignatoriesSet(subject_id=appeal.pk, case_id=appeal.pk, count=len(set(named)))
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return appeal

"""Cuts frozen on a date: shown to those whose reach covers that of the author."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.base.errors import Conflict, NotFound
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.models import FrozenCut
from otklik.insight.cuts.rules import Printed, digest_of
from otklik.insight.cuts.rules.reach import covers


def frozen_cuts(access: Access, *, limit: int = 50) -> Sequence[FrozenCut]:
    """The latest frozen cuts this person may see, without their numbers."""
    access = access.require_any(Permission.ANALYTICS)
    rows = FrozenCut.objects.filter(municipality_id=access.municipality_id)
    found = []
    for frozen in rows.defer("numbers").iterator(chunk_size=200):
        if _sees(access, frozen):
            found.append(frozen)
        if len(found) == limit:
            break
    return found


def frozen_cut(access: Access, frozen_id: int) -> FrozenCut:
    """One frozen cut; NotFound for one counted with a wider right."""
    access = access.require_any(Permission.ANALYTICS)
    frozen = (
        FrozenCut.objects.filter(pk=frozen_id, municipality_id=access.municipality_id)
        .prefetch_related("supplies")
        .first()
    )
    if frozen is None or not _sees(access, frozen):
        raise NotFound("Такого среза нет или он вам не доступен.", "Откройте список срезов.")
    return frozen


def numbers_of(frozen: FrozenCut) -> Printed:
    """The kept numbers; Conflict when they are not what their hash says."""
    if digest_of(frozen.numbers) != frozen.digest:
        raise Conflict(
            "Числа среза не сходятся с его хешем.", "Сообщите администратору: срез изменён."
        )
    return Printed.read(frozen.numbers)


def _sees(access: Access, frozen: FrozenCut) -> bool:
    same = access.account_id is not None and access.account_id == frozen.account_id
    return covers(access.reach(Permission.ANALYTICS), frozen.reach, same_person=same)

"""Keeping a cut under a name, opening it to others, pinning it to one's board."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.events import CutForgotten, CutSaved, CutShared
from otklik.insight.cuts.models import CutPin, SavedCut
from otklik.insight.cuts.queries import saved_cut
from otklik.insight.cuts.rules import Request, View
from otklik.insight.cuts.vocabulary import Audience, Measure, Rolling
from otklik.records.journal.actions import record

MOST_READERS = 200


@transaction.atomic
def save_cut(
    *,
    access: Access,
    name: str,
    request: Request,
    measure: Measure,
    view: View | None = None,
    rolling: Rolling = Rolling.FIXED,
) -> SavedCut:
    """Keep a cut for oneself; the same name again replaces it (tuapse:2.2.5).

    `view` keeps how it is shown besides; with `rolling` the period follows the calendar.
    """
    access = access.require_any(Permission.ANALYTICS)
    shown = view or View(request=request)
    saved, _ = SavedCut.objects.update_or_create(
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        name=cleaned(name),
        defaults={
            "author_label": access.actor.label[:300],
            "rows": request.rows,
            "columns": request.columns or "",
            "measure": measure,
            "measures": [str(one) for one in request.measures or (measure,)],
            "counted": request.counted,
            "filter": request.slice.pairs(),
            "rolling": rolling,
            "against": request.against,
            "share": shown.share,
            "picture": shown.picture,
            "saved_at": clock.now(),
        },
    )
    event = CutSaved(subject_id=saved.pk, name_given=saved.name)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved


@transaction.atomic
def share_cut(
    *,
    access: Access,
    cut_id: int,
    audience: Audience,
    role_id: int | None = None,
    account_ids: Iterable[int] = (),
) -> SavedCut:
    """Open one's own cut to others, or close it again; each counts it with his own right.

    Raises Refused for a role or persons that are not of this municipality.
    """
    saved = own_cut(access, cut_id)
    saved.audience, saved.role, saved.readers = audience, None, []
    to = str(audience.label)
    if audience == Audience.ROLE:
        saved.role = Role.objects.filter(
            pk=role_id or 0, municipality_id=access.municipality_id
        ).first()
        if saved.role is None:
            raise Refused("Роль не выбрана.", "Выберите роль из списка.")
        to = f"роль «{saved.role.label}»"
    if audience == Audience.PERSONS:
        people = staff(access.municipality_id, account_ids)
        saved.readers = [person.pk for person in people]
        to = ", ".join(person.short_name for person in people)[:300]
    saved.save(update_fields=["audience", "role", "readers"])
    event = CutShared(subject_id=saved.pk, name_given=saved.name, to=to)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved


@transaction.atomic
def forget_cut(*, access: Access, cut_id: int) -> None:
    """Drop one's own cut; NotFound for another's."""
    saved = own_cut(access, cut_id)
    event = CutForgotten(subject_id=saved.pk, name_given=saved.name)
    saved.delete()
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def pin(*, access: Access, cut_id: int) -> None:
    """Put a cut one may open on one's board; a second time changes nothing."""
    saved = saved_cut(access, cut_id)
    CutPin.objects.get_or_create(cut_id=saved.pk, account_id=access.account_id or 0)


def unpin(*, access: Access, cut_id: int) -> None:
    """Take a cut off one's board, even when it is no longer open to one."""
    CutPin.objects.filter(
        cut_id=cut_id,
        account_id=access.account_id or 0,
        cut__municipality_id=access.municipality_id,
    ).delete()


def own_cut(access: Access, cut_id: int) -> SavedCut:
    """One's own cut, locked; NotFound for another's."""
    access.require_any(Permission.ANALYTICS)
    saved = (
        SavedCut.objects.select_for_update()
        .filter(pk=cut_id, municipality_id=access.municipality_id, account_id=access.account_id)
        .first()
    )
    if saved is None:
        raise NotFound("Такого сохранённого разреза у вас нет.", "Обновите список.")
    return saved


def staff(municipality_id: int, account_ids: Iterable[int]) -> list[Account]:
    """Named members of staff; Refused for nobody, for too many and for strangers."""
    wanted = set(account_ids)
    found = list(
        Account.objects.filter(
            pk__in=wanted, appointments__role__municipality_id=municipality_id
        ).distinct()
    )
    if not wanted or len(found) < len(wanted) or len(wanted) > MOST_READERS:
        raise Refused(
            "Сотрудники не выбраны.", f"Выберите сотрудников центра, не больше {MOST_READERS}."
        )
    return found


def cleaned(name: str) -> str:
    """A name without needless spaces; Refused when there is none."""
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused("У разреза нет названия.", "Назовите его так, чтобы узнать потом.")
    return name

"""Reading the exchange: always from the cases one sees."""

from __future__ import annotations

from django.db.models import F, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.teamwork.queries import may_ask
from otklik.coordination.regional.models import RegionalItem
from otklik.coordination.regional.vocabulary import ItemState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def items(access: Access, state: ItemState) -> QuerySet[RegionalItem]:
    """What waits, by the time that remains of the appeal's term; what is answered, newest first."""
    found = RegionalItem.objects.filter(
        municipality_id=access.municipality_id,
        appeal__in=visible_to(access).order_by().values("pk"),
        state=state,
    )
    found = found.select_related("appeal").prefetch_related("remarks")
    if state == ItemState.ANSWERED:
        return found.order_by("-answered_at", "-pk")
    return found.order_by(F("appeal__due_at").asc(nulls_last=True), "pk")


def items_of(appeal_id: int) -> QuerySet[RegionalItem]:
    """All of one case, oldest first; the caller has checked the case."""
    return RegionalItem.objects.filter(appeal_id=appeal_id).order_by("pk")


def item_of(access: Access, pk: int) -> RegionalItem:
    """One with its remarks; NotFound when its case is hidden."""
    found = RegionalItem.objects.filter(
        pk=pk, municipality_id=access.municipality_id, appeal__in=visible_to(access).values("pk")
    )
    item = found.select_related("appeal", "municipality").first()
    if item is None:
        raise NotFound("Такого запроса нет или он вам не доступен.", "Вернитесь к списку.")
    return item


def may_answer(access: Access, item: RegionalItem) -> bool:
    """Those who run the case, and its executors."""
    return item.state == ItemState.WAITING and may_ask(access, item.appeal)


def may_remark(access: Access) -> bool:
    """Whoever controls the whole municipality: the curator, the head."""
    return access.reach(Permission.CONTROL).everywhere

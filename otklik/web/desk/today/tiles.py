"""Tiles of the first page: the work at hand, each a link to its rows, by what a person may do."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.deadlines.queries import control_counts, unverified_rules
from otklik.casework.replies.queries import RegisterWanted, in_state, waiting_for_decision
from otklik.casework.replies.queries.register import register_of
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.coordination.tasks.queries import counts as task_counts
from otklik.directory.organisation.queries import vacant_roles
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import to_carry, troubled
from otklik.web.desk.frame import DeskRequest

CAP = 2000
Tile = dict[str, Any]


def tiles(request: DeskRequest) -> list[Tile]:
    """First what waits for this very person, then what he answers for, then what he keeps."""
    access = request.access
    return [
        *_own(access),
        *_tasks(request),
        *_decisions(access),
        *_control(access),
        *_sorting(request),
        *_sending(access),
        *_keeping(request),
    ]


def _own(access: Access) -> list[Tile]:
    """Parts given to an executor: not of those who may write any answer at all."""
    if not access.may(Permission.DRAFT) or access.reach(Permission.DRAFT).everywhere:
        return []
    page = reverse("desk:executor")
    counts = {
        state: register_of(access, RegisterWanted(state=state)).count()
        for state in ("overdue", "open")
    }
    returned = in_state(access, ReplyStatus.RETURNED).count()
    found = [
        _tile("Просрочено у нас", counts["overdue"], f"{page}?state=overdue", "danger"),
        _tile("Нам ответить", counts["open"], f"{page}?state=open", ""),
    ]
    if returned:
        url = f"{reverse('desk:replies')}?tab=returned"
        found.append(_tile("Вернули на доработку", returned, url, "warn"))
    return found


def _tasks(request: DeskRequest) -> list[Tile]:
    """Tasks of this person and those he watches; nothing where there are none: one query."""
    counts = task_counts(request.access, clock.today(request.municipality.tz))
    base = reverse("desk:tasks")
    mine = "danger" if counts["mine_overdue"] else "warn"
    wanted = (
        ("Мои поручения", counts["mine"], f"{base}?view=mine", mine),
        ("Поручения просрочены", counts["overdue"], f"{base}?view=all&state=overdue", "danger"),
    )
    return [_tile(*one) for one in wanted if one[1]]


def _decisions(access: Access) -> list[Tile]:
    if not (access.may(Permission.APPROVE) or access.may(Permission.SIGN)):
        return []
    waiting = waiting_for_decision(access).count()
    return [_tile("Ждут моего решения", waiting, reverse("desk:replies"), "warn")]


def _control(access: Access) -> list[Tile]:
    if not access.may(Permission.CONTROL):
        return []
    counts, page = control_counts(access, now=clock.now()), reverse("desk:control")
    return [
        _tile("Просрочено", counts.overdue, f"{page}?urgency=overdue", "danger"),
        _tile("Срок сегодня", counts.today, f"{page}?urgency=today", "warn"),
        _tile("Срок на неделе", counts.week, f"{page}?urgency=week", ""),
    ]


def _sorting(request: DeskRequest) -> list[Tile]:
    found = []
    if request.access.may(Permission.ASSIGN):
        wanted = AppealFilter(unassigned=True)
        found.append(_listed(request, "Назначить исполнителя", wanted, "warn"))
    if request.access.may(Permission.CLASSIFY):
        wanted = AppealFilter(no_topic=True, open=True)
        found.append(_listed(request, "Определить тему", wanted, ""))
    return found


def _sending(access: Access) -> list[Tile]:
    if not access.may(Permission.SEND):
        return []
    signed = in_state(access, ReplyStatus.SIGNED).count()
    carry = reverse("desk:carry")
    return [
        _tile("Отправить", signed, f"{reverse('desk:replies')}?tab=signed", "warn"),
        _tile("Перенести в систему", to_carry(access).count(), carry, ""),
        _tile("Не доставлено", troubled(access).count(), carry, "danger"),
    ]


def _keeping(request: DeskRequest) -> list[Tile]:
    """What the order of the centre still lacks, for those who keep it; nothing when all is set."""
    access, found = request.access, []
    place = access.municipality_id
    if access.may(Permission.ORGANISE):
        vacant = vacant_roles(place, clock.today(request.municipality.tz)).count()
        found.append(("Роли без людей", vacant, reverse("desk:composition"), "warn"))
    if access.may(Permission.SET_UP):
        url = reverse("desk:terms")
        found.append(("Сверить сроки с законом", unverified_rules(place), url, "warn"))
    return [_tile(*one) for one in found if one[1]]


def _listed(request: DeskRequest, label: str, wanted: AppealFilter, tone: str) -> Tile:
    count, capped = queries.count(queries.matching(request.access, wanted), cap=CAP)
    tile = _tile(label, count, f"{reverse('desk:appeals')}?{wanted.query()}", tone)
    return {**tile, "hint": "и больше" if capped else ""}


def _tile(label: str, count: int, url: str, tone: str) -> Tile:
    return {"label": label, "count": count, "url": url, "tone": tone if count else "ok", "hint": ""}

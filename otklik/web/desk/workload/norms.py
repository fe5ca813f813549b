"""Norms of hours and shares of working time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError, Refused
from otklik.casework.classification.queries import topics_offered
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import bodies, people
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.insight.workload import actions, queries
from otklik.insight.workload.models import EffortNorm
from otklik.insight.workload.vocabulary import WorkKind
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


@dataclass(frozen=True)
class Place:
    """One line of the table: a topic, a group, or neither; `name` as shown."""

    name: str
    group: str = ""
    topic: Topic | None = None

    @property
    def key(self) -> str:
        return f"t{self.topic.pk}" if self.topic else f"g{self.group}"


@desk(Permission.SET_UP)
def norms(request: DeskRequest) -> HttpResponse:
    known = list(queries.norms_of(request.access.municipality_id))
    if request.method == "POST":
        return _saved(request, known)
    book = queries.book_of(request.access.municipality_id)
    set_here = {(one.topic_id, one.topic_group, one.kind): one for one in known}
    lines = [
        {
            "place": place,
            "cells": [
                _cell(place, kind, set_here, book.hours(_topic_id(place), place.group, kind))
                for kind in WorkKind
            ],
        }
        for place in _places(request, known)
    ]
    context = {
        "lines": lines,
        "topics": topics_offered(request.access.municipality_id).only("name", "group")[:500],
        "shares": queries.shares_set(request.access.municipality_id),
        "bodies": bodies(request.access.municipality_id),
        "people": _staff(request).prefetch_related(None),
        "may_guess": request.access.allows(Permission.ANALYTICS),
    }
    crumbs = [("Занятость", reverse("desk:workload")), ("Нормы времени", "")]
    return render(request, "desk/workload/norms.html", context, crumbs=crumbs)


@require_POST
@desk(Permission.SET_UP)
def guess(request: DeskRequest) -> HttpResponse:
    try:
        count = actions.guess_norms(access=request.access)
    except OtklikError as error:
        _wrong(request, error)
    else:
        toast(request, f"Оценено норм: {count}. Поправьте те, что расходятся с жизнью.")
    return redirect("desk:workload_norms")


@require_POST
@desk(Permission.SET_UP)
def share(request: DeskRequest) -> HttpResponse:
    """Set a share, or with `drop` forget it."""
    given, access = request.POST, request.access
    try:
        if given.get("drop", "").isdecimal():
            actions.drop_share(access=access, share_id=int(given["drop"]))
            toast(request, "Доля снята")
        else:
            body, person = _whose(request, given.get("whose", ""))
            actions.set_share(
                access=access,
                percent=_whole(given.get("percent", "")) or 0,
                body=body,
                account=person,
                people=_whole(given.get("people", "")),
            )
            toast(request, "Доля времени сохранена")
    except OtklikError as error:
        _wrong(request, error)
    return redirect(f"{reverse('desk:workload_norms')}#shares")


def _whose(request: DeskRequest, words: str) -> tuple[Body | None, Account | None]:
    """«b12» is a body, «p7» a person, nothing is everybody; Refused for what there is not."""
    if not words:
        return None, None
    number = int(words[1:]) if words[1:].isdecimal() else 0
    body, person = None, None
    if words.startswith("b"):
        body = bodies(request.access.municipality_id).filter(pk=number).first()
    else:
        person = _staff(request).filter(pk=number).first()
    if body is None and person is None:
        raise Refused("Такого органа или сотрудника нет.", "Выберите из списка.")
    return body, person


def _staff(request: DeskRequest) -> QuerySet[Account]:
    return people(request.access.municipality_id, clock.today(request.municipality.tz))


def _saved(request: DeskRequest, known: list[EffortNorm]) -> HttpResponse:
    """Only what has changed: the journal tells of changes."""
    here = {(one.topic_id, one.topic_group, one.kind): one for one in known}
    changed = 0
    try:
        for place, kind, words in _given(request, known):
            norm = here.get((_topic_id(place), place.group, kind))
            hours = _hours(words)
            if norm is not None and hours is None:
                actions.drop_norm(access=request.access, norm_id=norm.pk)
            elif hours is not None and (norm is None or norm.hours != hours):
                actions.set_norm(
                    access=request.access,
                    hours=hours,
                    kind=kind,
                    topic=place.topic,
                    topic_group=place.group,
                )
            else:
                continue
            changed += 1
    except OtklikError as error:
        _wrong(request, error)
    else:
        toast(request, f"Изменено норм: {changed}" if changed else "Ничего не изменилось")
    return redirect("desk:workload_norms")


def _given(request: DeskRequest, known: list[EffortNorm]) -> Iterable[tuple[Place, WorkKind, str]]:
    for place in _places(request, known):
        for kind in WorkKind:
            words = request.POST.get(f"{kind.value}-{place.key}")
            if words is not None:
                yield place, kind, words
    number, words = request.POST.get("topic", ""), request.POST.get("topic_hours", "")
    if number.isdecimal() and words.strip():
        topic = topics_offered(request.access.municipality_id).filter(pk=int(number)).first()
        if topic is not None:
            yield Place(topic.name, topic=topic), WorkKind.MAIN, words


def _places(request: DeskRequest, known: list[EffortNorm]) -> list[Place]:
    """The general norm, groups of topics, topics with norms of their own."""
    place = request.access.municipality_id
    groups = sorted({*queries.groups_in_use(place), *(n.topic_group for n in known)} - {""})
    topics = {norm.topic_id: norm.topic for norm in known if norm.topic is not None}
    return [
        Place("Общая норма"),
        *(Place(group, group=group) for group in groups),
        *(Place(f"Тема: {topic.name}", topic=topic) for topic in topics.values() if topic),
    ]


def _cell(
    place: Place, kind: WorkKind, known: dict[Any, EffortNorm], usual: float
) -> dict[str, Any]:
    norm = known.get((_topic_id(place), place.group, kind))
    return {
        "name": f"{kind.value}-{place.key}",
        "label": f"{place.name}: {kind.label}, часов",
        "hours": f"{norm.hours.normalize():f}".replace(".", ",") if norm else "",
        "usual": f"{usual:g}".replace(".", ","),
        "norm": norm,
    }


def _topic_id(place: Place) -> int | None:
    return place.topic.pk if place.topic else None


def _hours(words: str) -> Decimal | None:
    """«1,5» or nothing. Raises Refused for what is not a number."""
    text = words.strip().replace(",", ".")
    if not text:
        return None
    try:
        return Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Refused(f"«{words.strip()}» — не число часов.", "Пишите так: 1,5.") from None


def _whole(words: str) -> int | None:
    return int(words) if words.strip().isdecimal() else None


def _wrong(request: DeskRequest, error: OtklikError) -> None:
    toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)

"""Who may open these pages, and the lists that several of their forms offer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, P, View, desk

Choices = list[tuple[str, str]]
TopicChoices = list[tuple[str, str | list[tuple[str, str]]]]


def setting_up(view: View[P]) -> Callable[..., HttpResponse]:
    """Only for those who set up the whole municipality."""

    @wraps(view)
    def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.access.require(Permission.SET_UP)
        return view(request, *args, **kwargs)

    checked: View[P] = guarded
    return desk(Permission.SET_UP)(checked)


def channel_choices(empty: str = "любой") -> Choices:
    return [("", empty), *Channel.choices]


def topic_choices(municipality_id: int) -> TopicChoices:
    """Topics on offer under the names of their groups; one query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in topics_offered(municipality_id):
        groups.setdefault(topic.group or "Без группы", []).append((str(topic.pk), topic.name))
    return [("", "любая"), *groups.items()]


def group_choices(topics: TopicChoices) -> Choices:
    named = [str(label) for label, members in topics if isinstance(members, list)]
    return [("", "любая"), *((name, name) for name in named if name != "Без группы")]

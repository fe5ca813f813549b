"""What every desk page shares: who works, where he is, what he may open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.urls import NoReverseMatch, get_script_prefix, reverse

from otklik.casework.consultations.queries.exchange import may_see as may_see_exchange
from otklik.casework.intake.queries.inbox import to_register
from otklik.casework.problems.queries import may_keep, problems_of
from otklik.casework.problems.vocabulary import ProblemState
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.queries import unread

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of a signed-in member of staff."""

    access: Access
    municipality: Municipality
    user: Account


CAP = 100
"""Where counting of what waits stops."""

View = Callable[Concatenate[DeskRequest, P], HttpResponse]

# A group and its entries: (url name, label, icon, key, rights any of which shows it; none: all).
MENU: tuple[tuple[str, tuple[tuple[str, str, str, str, tuple[str, ...]], ...]], ...] = (
    (
        "",
        (
            ("desk:today", "Сегодня", "home", "KeyT", ()),
            ("desk:board", "Пульт", "layout-dashboard", "Digit3", (Permission.ANALYTICS,)),
        ),
    ),
    (
        "Работа",
        (
            ("desk:inbox", "Входящие", "mail", "KeyX", (Permission.REGISTER,)),
            ("desk:appeals", "Обращения", "inbox", "KeyO", (Permission.VIEW_APPEALS,)),
            ("desk:problems", "Проблемы", "alert-triangle", "KeyZ", (Permission.VIEW_APPEALS,)),
            ("desk:replies", "Ответы", "send", "KeyR", (Permission.VIEW_APPEALS,)),
            ("desk:formalising", "Формализация", "tag", "KeyY", (Permission.CLASSIFY,)),
            ("desk:executor", "Моя работа", "list-check", "KeyW", (Permission.DRAFT,)),
            ("desk:calls", "Звонки", "phone", "Digit1", (Permission.REGISTER,)),
            ("desk:reception", "Приём", "user-circle", "KeyQ", (Permission.RECEIVE,)),
        ),
    ),
    (
        "Сроки и решения",
        (
            ("desk:control", "Контроль", "clock", "KeyC", (Permission.CONTROL,)),
            (
                "desk:proposals",
                "Предложения",
                "scale",
                "KeyB",
                (Permission.APPROVE, Permission.SIGN),
            ),
            (
                "desk:proceedings",
                "Решения",
                "route",
                "KeyG",
                (Permission.REGISTER, Permission.DECIDE),
            ),
            ("desk:tasks", "Поручения", "list-check", "KeyU", ()),
            ("desk:quality", "Качество", "certificate", "KeyV", (Permission.QUALITY,)),
        ),
    ),
    (
        "Анализ",
        (
            ("desk:summary", "Сводка", "chart-bar", "KeyS", (Permission.ANALYTICS,)),
            ("desk:growth", "Рост", "trending-up", "Digit4", (Permission.ANALYTICS,)),
            ("desk:map", "Карта", "map-2", "KeyM", (Permission.ANALYTICS,)),
            ("desk:rating", "Рейтинг", "trophy", "KeyE", (Permission.ANALYTICS,)),
            ("desk:assessments", "Оценки", "star", "Digit5", (Permission.ANALYTICS,)),
            (
                "desk:workload",
                "Занятость",
                "hourglass-high",
                "Digit6",
                (Permission.ANALYTICS, Permission.DRAFT),
            ),
            ("desk:indicators", "Показатели", "book-2", "", (Permission.ANALYTICS,)),
        ),
    ),
    (
        "Записки и отчёты",
        (
            ("desk:notes", "Записка", "file-text", "KeyN", (Permission.REPORT,)),
            ("desk:reports", "Документы", "printer", "Digit7", (Permission.REPORT,)),
            ("desk:returns", "Отчёты", "file-spreadsheet", "KeyH", ()),
            ("desk:sstu", "ССТУ.РФ", "archive", "KeyL", (Permission.REPORT,)),
        ),
    ),
    (
        "Связь",
        (
            ("desk:coordination", "Взаимодействие", "users", "KeyD", (Permission.ASSIGN,)),
            ("desk:requests", "Запросы", "message-circle", "KeyA", ()),
            ("desk:regional", "Обмен с ЦУР", "world", "KeyF", (Permission.VIEW_APPEALS,)),
            ("desk:pos", "ПОС", "share", "Digit2", (Permission.SEND,)),
        ),
    ),
    (
        "Управление",
        (
            ("imports:start", "Импорт", "upload", "KeyI", (Permission.IMPORT,)),
            ("desk:journal", "Журнал", "history", "KeyJ", (Permission.JOURNAL,)),
            (
                "desk:automation",
                "Автоматизация",
                "robot",
                "KeyK",
                (Permission.AUTOMATE, Permission.INSTRUCT),
            ),
            (
                "desk:settings",
                "Настройки",
                "settings",
                "KeyP",
                (Permission.SET_UP, Permission.ORGANISE),
            ),
        ),
    ),
)

FEW = 11
"""A menu no longer than this stands open whole."""


def desk(
    permission: str = "",
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page for staff; with `permission`, only for those who hold it at all."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if permission:
                request.access.require_any(permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def render(
    request: DeskRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    crumbs: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A desk page with its menu, its search field and its person. `crumbs`: (label, url)."""
    waiting = _waiting(request.access)
    shared = {
        "menu": _menu(request, waiting),
        "me": _me(request, waiting["notices"]),
        "place_name": request.municipality.short_name,
        "search_url": reverse("desk:appeals"),
        "home_url": reverse("desk:today"),
        "breadcrumbs": [{"label": label, "url": url} for label, url in crumbs or []],
        "access": request.access,
    }
    return django_render(request, template, {**shared, **(context or {})}, status=status)


def _waiting(access: Access) -> Counter[str]:
    """What waits for this person, each counted up to `CAP`: one query for all."""
    notices = unread(access).order_by().values_list(Value("notices"))[:CAP]
    others = [one.values_list(Value("desk:inbox"))[:CAP] for one in to_register(access)]
    if may_keep(access):
        proposed = problems_of(access).filter(state=ProblemState.PROPOSED).order_by()
        others.append(proposed.values_list(Value("desk:problems"))[:CAP])
    found = notices.union(*others, all=True) if others else notices
    return Counter(name for (name,) in found)


def _menu(request: DeskRequest, waiting: Counter[str]) -> list[dict[str, Any]]:
    """Entries this person may open, in groups; the one he is in stands open.

    Where he is in none, the first does.
    """
    items = [
        _item(request, waiting, group, entry)
        for group, entries in MENU
        for entry in entries
        if _offered(request.access, entry)
    ]
    shown = [item for item in items if item["url"]]
    groups = [item["group"] for item in shown if item["group"]]
    here = next((item["group"] for item in shown if item["active"]), "") or next(iter(groups), "")
    for item in shown:
        item["open"] = len(shown) <= FEW or item["group"] == here
        item["group_count"] = sum(one["count"] for one in shown if one["group"] == item["group"])
    return shown


def _offered(access: Access, entry: tuple[str, str, str, str, tuple[str, ...]]) -> bool:
    name, *_, rights = entry
    if rights and not any(access.may(right) for right in rights):
        return False
    if name == "desk:journal":
        return access.reach(Permission.JOURNAL).everywhere
    return name != "desk:pos" or may_see_exchange(access)


def _item(
    request: DeskRequest,
    waiting: Counter[str],
    group: str,
    entry: tuple[str, str, str, str, tuple[str, ...]],
) -> dict[str, Any]:
    name, label, icon, key, _ = entry
    url = _address(name, get_script_prefix())
    return {
        "group": group,
        "url": url,
        "label": label,
        "icon": icon,
        "key": key,
        "active": bool(url) and _active(request.path, url),
        "count": waiting[name],
    }


@cache
def _address(name: str, prefix: str) -> str:
    """Where an entry leads in a program served under `prefix`; empty for a screen not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _active(path: str, url: str) -> bool:
    home = _address("desk:today", get_script_prefix())
    return path == url if url == home else path.startswith(url)


def _me(request: DeskRequest, count: int) -> dict[str, Any]:
    return {
        "name": request.user.short_name,
        "role": request.access.actor.label.partition(", ")[2],
        "links": [
            {
                "url": reverse("desk:notices"),
                "label": f"Извещения ({count})" if count else "Извещения",
                "icon": "bell",
            },
        ],
        "logout_url": reverse("account_logout"),
    }

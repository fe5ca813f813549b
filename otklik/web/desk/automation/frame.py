"""What the pages of this screen share: who may open them, the tabs, the crumbs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.casework.automation.actions import UnconfirmedError
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, P, View, desk
from otklik.web.look.toasts import toast

KEEPERS = (Permission.AUTOMATE, Permission.INSTRUCT)
READERS = (*KEEPERS, Permission.APPROVE)
"""Whoever agrees for a block sees the mechanisms too."""
TABS = (
    ("rules", "Автоправила", "automation"),
    ("mechanisms", "Механизмы ускоренного решения", "mechanisms"),
    ("effect", "Результат", "auto_effect"),
    ("register", "Внести в ПОС и ИМ", "auto_register"),
)


def keeping(view: View[P]) -> Callable[..., HttpResponse]:
    """Only for those who keep rules or lead the centre."""
    return _only(KEEPERS, view)


def reading(view: View[P]) -> Callable[..., HttpResponse]:
    """Also for those who agree for their block."""
    return _only(READERS, view)


def _only(rights: tuple[Permission, ...], view: View[P]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not any(request.access.may(right) for right in rights):
            request.access.require_any(rights[0])
        return view(request, *args, **kwargs)

    checked: View[P] = guarded
    return desk()(checked)


def tabs(request: DeskRequest, active: str) -> list[dict[str, Any]]:
    keeps = any(request.access.may(right) for right in KEEPERS)
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": key == active}
        for key, label, name in TABS
        if keeps or key == "mechanisms"
    ]


def crumbs(*trail: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Автоматизация", reverse("desk:automation")), *trail]


def told(request: DeskRequest, act: Callable[[], object], done: str) -> bool:
    """Carry the step out and say so; a refusal is said in its place. What needs a person's word
    is said with how to give it."""
    try:
        act()
    except UnconfirmedError as doubt:
        words = " ".join(f"{one.text} {one.mend}" for one in doubt.remarks)
        messages.warning(request, f"{words} Отметьте «Понимаю, включить» и повторите.")
        return False
    except OtklikError as refusal:
        messages.error(request, f"{refusal.message} {refusal.mend}".strip())
        return False
    toast(request, done)
    return True

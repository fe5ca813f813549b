"""What these pages share: who may open them, and refusals shown in the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, P, View, desk


def organiser(view: View[P]) -> Callable[..., HttpResponse]:
    """Only for those who keep the structure of the whole municipality."""

    @wraps(view)
    def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.access.require(Permission.ORGANISE)
        return view(request, *args, **kwargs)

    checked: View[P] = guarded
    return desk(Permission.ORGANISE)(checked)


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the action was carried out; a refusal becomes an error of the form."""
    try:
        with transaction.atomic():
            act()
    except (Forbidden, NotFound):
        raise
    except OtklikError as error:
        form.add_error(None, f"{error.message} {error.mend}".strip())
        return False
    return True


def crumbs(*trail: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs from the settings down; `trail`: (label, url name or nothing for this page)."""
    below = [(label, reverse(f"desk:{name}") if name else "") for label, name in trail]
    return [("Настройки", reverse("desk:settings")), *below]

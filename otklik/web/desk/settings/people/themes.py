"""Socially significant themes: the list, the blocks formed on each, the topics under each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import NotFound, OtklikError
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import blocks_with_members
from otklik.directory.topics import actions
from otklik.directory.topics.models import SocialTheme, Topic
from otklik.directory.topics.queries import kept_themes, themes_by_topic, themes_of
from otklik.directory.topics.vocabulary import NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL
from otklik.web.desk.frame import DeskRequest, P, View, desk, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.look.toasts import toast

UNSAID = "Тематика не определена"


def keeping(view: View[P]) -> Callable[..., HttpResponse]:
    """Only for those who keep the list in the whole municipality."""

    @wraps(view)
    def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actions.keeping(request.access)
        return view(request, *args, **kwargs)

    checked: View[P] = guarded
    return desk()(checked)


class ThemeForm(forms.Form):
    name = forms.CharField(label="Название", max_length=150)
    outside_name = forms.CharField(
        label="Название в BI ЦУР",
        max_length=150,
        required=False,
        help_text="Если там эта тематика называется иначе.",
    )
    blocks = forms.MultipleChoiceField(
        label="Отраслевые блоки, сформированные на этой тематике",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, municipality_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blocks = blocks_with_members(municipality_id).prefetch_related(None)
        offered = [(str(one.pk), one.name) for one in blocks]
        cast(forms.MultipleChoiceField, self.fields["blocks"]).choices = offered

    def values(self) -> dict[str, Any]:
        """Arguments of `save_theme`, of a valid form."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "outside_name": given["outside_name"],
            "block_ids": [int(pk) for pk in given["blocks"]],
        }


@require_GET
@keeping
def themes(request: DeskRequest) -> HttpResponse:
    place = request.municipality.pk
    under = themes_by_topic(place)
    groups: dict[str, list[Topic]] = {}
    for topic in topics_offered(place).only("name", "group", "code"):
        groups.setdefault(under.get(topic.pk, ""), []).append(topic)
    kept = kept_themes(place).prefetch_related("blocks")
    rows = list(kept) or themes_of(place)
    context = {
        "rows": [
            {
                "theme": one,
                "blocks": list(one.blocks.all()) if one.pk else [],
                "topics": groups.get(one.slug, []),
            }
            for one in rows
        ],
        "others": [
            (UNSAID, groups.get("", [])),
            (NOT_SIGNIFICANT_LABEL, groups.get(NOT_SIGNIFICANT, [])),
        ],
        "choices": [(one.slug, one.name) for one in rows if one.in_use]
        + [(NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL)],
    }
    trail = crumbs(("Социально значимые тематики", ""))
    return render(request, "desk/settings/people/themes.html", context, crumbs=trail)


@keeping
def theme_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@keeping
def theme(request: DeskRequest, slug: str) -> HttpResponse:
    found = next((one for one in themes_of(request.municipality.pk) if one.slug == slug), None)
    if found is None:
        raise NotFound("Такой тематики нет.", "Вернитесь к списку.")
    return _edit(request, found)


@require_POST
@keeping
def theme_state(request: DeskRequest, slug: str) -> HttpResponse:
    back = request.POST.get("on") == "1"
    _told(
        request,
        lambda: actions.retire_theme(access=request.access, slug=slug, back=back),
        "Тематика снова действует" if back else "Тематика больше не предлагается; отметки остались",
    )
    return redirect("desk:themes")


@require_POST
@keeping
def theme_topics(request: DeskRequest) -> HttpResponse:
    chosen = request.POST.getlist("topic")
    _told(
        request,
        lambda: actions.say_topics(
            access=request.access,
            theme=request.POST.get("theme", ""),
            topic_ids=[int(pk) for pk in chosen if pk.isdecimal() and len(pk) < 18],
        ),
        "Темы отнесены; обращения без отметки человека переотмечаются",
    )
    return redirect("desk:themes")


@require_POST
@keeping
def themes_follow(request: DeskRequest) -> HttpResponse:
    actions.mark_by_topics(access=request.access)
    toast(request, "Прежние обращения отмечаются по темам; это займёт до минуты")
    return redirect("desk:themes")


def _told(request: DeskRequest, act: Callable[[], object], said: str) -> None:
    try:
        act()
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)


def _edit(request: DeskRequest, found: SocialTheme | None) -> HttpResponse:
    form = ThemeForm(request.municipality.pk, request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        slug = found.slug if found else ""
        if done(
            form, lambda: actions.save_theme(access=request.access, slug=slug, **form.values())
        ):
            toast(request, f"«{form.cleaned_data['name']}»: сохранено")
            return redirect("desk:themes")
    title = str(found) if found else "Новая тематика"
    trail = crumbs(("Социально значимые тематики", "themes"), (title, ""))
    context = {"form": form, "found": found, "title": title}
    return render(request, "desk/settings/people/theme.html", context, crumbs=trail)


def _initial(found: SocialTheme | None) -> dict[str, Any]:
    if found is None:
        return {}
    blocks = [str(one.pk) for one in found.blocks.all()] if found.pk else []
    return {"name": found.name, "outside_name": found.outside_name, "blocks": blocks}

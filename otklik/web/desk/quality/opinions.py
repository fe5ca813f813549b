"""How satisfied citizens and organisations are: by body, topic, channel, with their words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.satisfaction.actions import enter_score
from otklik.casework.satisfaction.queries import By, Opinion, opinions
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.control.views import sections
from otklik.web.desk.frame import DeskRequest, desk, render

RIGHTS = (Permission.QUALITY, Permission.CONTROL, Permission.ANALYTICS)
_DAY = {"type": "date"}


class AskForm(forms.Form):
    since = forms.DateField(label="С", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label="По", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    channel = forms.ChoiceField(
        label="Канал", required=False, choices=[("", "любой"), *Channel.choices]
    )
    by = forms.ChoiceField(required=False, choices=By.choices, widget=forms.HiddenInput)


@require_GET
@desk()
def satisfaction(request: DeskRequest) -> HttpResponse:
    """For whoever checks quality, controls terms or analyses, of the cases he sees."""
    if not any(request.access.may(right) for right in RIGHTS):
        request.access.require_any(Permission.QUALITY)
    given = _given(request)
    found = opinions(
        request.access,
        since=given["since"],
        until=given["until"],
        by=given["by"],
        channel=given["channel"],
    )
    pairs = {name: value for name, value in given.items() if value and name != "by"}
    controls = request.access.may(Permission.CONTROL)
    context = {
        "sections": sections("satisfaction") if controls else [],
        "form": AskForm(initial=given),
        "tabs": [
            {"label": by.label, "url": f"?{urlencode({**pairs, 'by': str(by)})}",
             "active": by == given["by"]}
            for by in By
        ],
        "lines": [_line(one, given) for one in found.lines],
        "total": found.total,
        "spread": [
            (score, count, f"{reverse('desk:appeals')}?{urlencode(_rows(given, score=score))}")
            for score, count in found.spread.items()
        ],
        "comments": [(one, _words(request, one)) for one in found.comments],
    }  # fmt: skip
    return render(request, "desk/quality/satisfaction.html", context)


@step
def score(request: DeskRequest, pk: int) -> str:
    """Write down the score a citizen gave by phone."""
    raw = request.POST.get("score", "")
    enter_score(
        access=request.access,
        appeal_id=pk,
        score=int(raw) if raw.isdecimal() else 0,
        comment=request.POST.get("comment", ""),
        wants_reopening=bool(request.POST.get("wants_reopening")),
    )
    return "Оценка записана"


def _given(request: DeskRequest) -> dict[str, Any]:
    today = clock.today(request.municipality.tz)
    if "since" not in request.GET:
        asked = request.GET.get("by", "")
        by = By(asked) if asked in By.values else By.BODY
        return {"since": today - timedelta(days=90), "until": today, "channel": "", "by": by}
    form = AskForm(request.GET)
    if not form.is_valid():
        raise Refused("Отбор указан неверно.", "Выберите обе даты и канал из списка.")
    given = dict(form.cleaned_data)
    if given["until"] < given["since"]:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    return {**given, "by": By(given["by"] or By.BODY)}


def _rows(given: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same cases in the list of appeals."""
    base = {"answered_since": given["since"], "answered_until": given["until"]}
    return {**base, **({"channel": given["channel"]} if given["channel"] else {}), **more}


def _line(one: Opinion, given: dict[str, Any]) -> dict[str, Any]:
    name = {By.BODY: "body", By.TOPIC: "topic", By.CHANNEL: "channel"}.get(given["by"], "")
    own = {name: one.key} if name and one.key else {}
    url = f"{reverse('desk:appeals')}?{urlencode(_rows(given, scored=1, **own))}"
    return {"one": one, "url": url if own else ""}


def _words(request: DeskRequest, survey: Any) -> str:
    body = survey.appeal.executor_body_id
    if request.access.allows(Permission.VIEW_PERSONAL, body_id=body):
        return str(survey.comment)
    return str(for_work(survey.comment).text)

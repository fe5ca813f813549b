"""The cut an address asks for, and the bar of its conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from otklik.insight.cuts.rules import View, read_view
from otklik.insight.cuts.rules.links import NOT_SET, PREFIX
from otklik.web.desk.appeals.chips import chips
from otklik.web.desk.cuts.forms import SummaryForm
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.insight.asking import PERIODS, asked

BUILDING = {"rows", "columns", "measure", "counted", "against", "share", "picture", "sort"}


@dataclass(frozen=True, kw_only=True)
class Asking:
    view: View
    today: date
    turned: bool

    def query(self, **changed: str) -> str:
        return self.view.query(**changed)


def asking_of(request: DeskRequest, words: QueryDict | None = None) -> Asking:
    """The cut of this address, with a period always set."""
    given = request.GET if words is None else words
    request.GET = given  # type: ignore[assignment]
    period = asked(request)
    view = read_view(given, given.getlist("measure"))
    since, until = period.wanted.since, period.wanted.until
    assert since is not None
    assert until is not None
    return Asking(view=view.over(since, until), today=period.today, turned=period.turned)


def form_of(request: DeskRequest, asking: Asking) -> SummaryForm:
    words = QueryDict(mutable=True)
    for name, value in asking.view.pairs():
        words.appendlist(name, value)
    return SummaryForm(request, words)


def bar_of(asking: Asking, form: SummaryForm) -> dict[str, Any]:
    """What the bar draws: periods, chips, conditions the form does not show."""
    wanted = asking.view.request.filter
    return {
        "form": form,
        "wanted": wanted,
        "turned": asking.turned,
        "chips": _chips(asking, form),
        "reset_url": f"?{_bare(asking)}",
        "periods": [_tab(asking, days, label) for days, label in PERIODS],
        "kept": [
            (name, value)
            for name, value in asking.view.pairs()
            if name not in form.fields or name == "sort"
        ],
    }


def _tab(asking: Asking, days: int, label: str) -> dict[str, Any]:
    since, wanted = asking.today - timedelta(days=days - 1), asking.view.request.filter
    return {
        "label": label,
        "url": f"?{asking.query(since=since.isoformat(), until=asking.today.isoformat())}",
        "active": (wanted.since, wanted.until) == (since, asking.today),
    }


def _bare(asking: Asking) -> str:
    kept = {"since", "until", *BUILDING}
    return urlencode([pair for pair in asking.view.pairs() if pair[0] in kept])


def _chips(asking: Asking, form: SummaryForm) -> list[dict[str, str]]:
    asked_for = asking.view.request
    bare = replace(asked_for.filter, since=None, until=None)
    names = list(bare.pairs())
    labels = [chip["label"] for chip in chips(bare, form)]
    found = [
        {"label": label, "url": f"?{_without(asking, name)}"}
        for name, label in zip(names, labels, strict=True)
    ]
    for side, key in asked_for.also:
        name = f"{PREFIX}{side}"
        found.append(
            {
                "label": f"{side.label}: {_shown(form, name, key)}",
                "url": f"?{_without(asking, name)}",
            }
        )
    return found


def _shown(form: SummaryForm, name: str, key: str) -> str:
    if key == NOT_SET:
        return "не указано"
    choices: Any = getattr(form.fields.get(name), "choices", [])
    return next((str(label) for value, label in choices if str(value) == key), key)


def _without(asking: Asking, name: str) -> str:
    return urlencode([pair for pair in asking.view.pairs() if pair[0] != name])

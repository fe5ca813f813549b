"""What every page of analysis asks: a period and conditions, all in the address bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import bodies
from otklik.directory.territory.queries import settlements
from otklik.directory.topics.queries import theme_choices
from otklik.insight.cuts.rules import Slice
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.ratings.queries import MEASURED
from otklik.web.desk.appeals.chips import chips
from otklik.web.desk.frame import DeskRequest

DAYS = 30
PERIODS = ((7, "7 дней"), (30, "30 дней"), (91, "Квартал"), (365, "Год"))
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
"""Days beyond these are slips of the keyboard."""

_DAY = {"type": "date"}


class FilterForm(forms.Form):
    """The words of AppealFilter that people choose for analysis."""

    since = forms.DateField(label="С", required=False, widget=forms.DateInput(_DAY))
    until = forms.DateField(label="по", required=False, widget=forms.DateInput(_DAY))
    channel = forms.ChoiceField(label="Канал", required=False)
    topic = forms.ChoiceField(label="Тема", required=False)
    theme = forms.ChoiceField(label="Тематика", required=False)
    body = forms.ChoiceField(label="Исполнитель", required=False)
    settlement = forms.ChoiceField(label="Место", required=False)
    overdue = forms.BooleanField(label="Просрочено", required=False)

    unasked: tuple[str, ...] = ()
    """Fields that a page goes without: their choices are not read either."""

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.unasked:
            del self.fields[name]
        place = request.municipality.pk
        self._choices("channel", Channel.choices)
        topics = topics_offered(place).values_list("pk", "name")[:500]
        self._choices("topic", [(pk, name[:70]) for pk, name in topics])
        self._choices("theme", theme_choices(place))
        named = settlements(place).only("kind", "name")
        self._choices("settlement", [(one.pk, str(one)) for one in named])
        self.bodies: list[tuple[int, str]] = []
        if "body" in self.fields:
            named_bodies = bodies(place).only("short_name", "name")
            self.bodies = [(body.pk, str(body)) for body in named_bodies]
            self._choices("body", self.bodies)

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "любое"), *choices]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The conditions asked, a period always set, and what else the page keeps in its address."""

    wanted: AppealFilter
    more: Mapping[str, str]
    today: date
    turned: bool = False

    def query(self, **changed: str) -> str:
        return urlencode({**self.more, **self.wanted.pairs(), **changed})

    def context(self, form: forms.Form) -> dict[str, Any]:
        """What the filter bar draws: chips, periods, conditions the form does not show."""
        bare = replace(self.wanted, since=None, until=None)
        keep = {**self.more, **self._period(self.wanted.since, self.wanted.until)}
        found = chips(bare, form)
        return {
            "form": form,
            "wanted": self.wanted,
            "turned": self.turned,
            "chips": [{**chip, "url": f"{chip['url']}&{urlencode(keep)}"} for chip in found],
            "reset_url": f"?{urlencode(keep)}",
            "periods": [self._tab(days, label) for days, label in PERIODS],
            "kept": [(n, v) for n, v in self.wanted.pairs().items() if n not in form.fields],
        }

    def _tab(self, days: int, label: str) -> dict[str, Any]:
        since = self.today - timedelta(days=days - 1)
        active = (self.wanted.since, self.wanted.until) == (since, self.today)
        return {
            "label": label,
            "url": f"?{self.query(**self._period(since, self.today))}",
            "active": active,
        }

    @staticmethod
    def _period(since: date | None, until: date | None) -> dict[str, str]:
        return {"since": str(since), "until": str(until)}


def asked(request: DeskRequest, more: Mapping[str, str] | None = None) -> Asked:
    """The conditions of this address; an absent edge is filled in, a turned period set right."""
    wanted = AppealFilter.parse(request.GET)
    today = clock.today(request.municipality.tz)
    until = _within(wanted.until or max(today, wanted.since or today))
    since = _within(wanted.since or until - timedelta(days=DAYS - 1))
    turned = since > until
    if turned:
        since, until = until, since
    return Asked(
        wanted=replace(wanted, since=since, until=until),
        more=dict(more or {}),
        today=today,
        turned=turned,
    )


def _within(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


def list_url(wanted: AppealFilter | None) -> str:
    """The list of these cases; empty when no list shows them."""
    return "" if wanted is None else f"{_page('appeals')}?{wanted.query()}"


@cache
def _page(name: str) -> str:
    """Hundreds of links of one page share it."""
    return reverse(f"desk:{name}")


def questions_url(wanted: AppealFilter | None, measured: str = "") -> str:
    """The list of these questions, as many rows as a number of questions says."""
    if wanted is None:
        return ""
    more = {"measured": measured} if measured in MEASURED else {}
    return f"{_page('questions')}?{urlencode({**wanted.pairs(), **more})}"


def slice_url(where: Slice | None, counted: Counted) -> str:
    """The rows behind a number: the list of cases, or the questions where only facts can tell."""
    if where is None:
        return ""
    if counted == Counted.APPEALS and where.listed is not None:
        return list_url(where.listed)
    more = {"counted": Counted.APPEALS.value} if counted == Counted.APPEALS else {}
    return f"{_page('questions')}?{urlencode({**where.pairs(), **more})}"


def rows_url(wanted: AppealFilter | None, counted: Counted) -> str:
    """The list of what was counted: cases or questions."""
    return questions_url(wanted) if counted == Counted.QUESTIONS else list_url(wanted)

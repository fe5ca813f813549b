"""Causes and factors of growth: sentences, contributions, season, spikes, new words, papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render as draw
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.growth.queries import growth_report, months_of, paper_of, themes_of
from otklik.insight.growth.rules import GrowthReport
from otklik.insight.growth.vocabulary import Compare
from otklik.language.wording import period_figures
from otklik.web.desk.attached import PAPER, paper_file, require_paper
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.growth import shapes
from otklik.web.desk.insight.asking import Asked, FilterForm, asked

DAYS = 7
LONGEST = 366


class GrowthForm(FilterForm):
    compare = forms.ChoiceField(label="Сравнить", choices=Compare.choices)


@require_GET
@desk(Permission.ANALYTICS)
def growth(request: DeskRequest) -> HttpResponse:
    asking, compare = _asked(request)
    report = _report(request, asking, compare)
    form = GrowthForm(request, {**asking.wanted.pairs(), **asking.more})
    context = {
        **asking.context(form),
        **shapes.page(report),
        "year_url": f"{reverse('desk:growth_year')}?{asking.query()}",
        "words_url": f"{reverse('desk:growth_words')}?{asking.query()}",
        "files": [{"label": ending.upper(), "url": _file_url(ending, asking)} for ending in PAPER],
        "summary_url": f"{reverse('desk:summary')}?{urlencode(asking.wanted.pairs())}",
        "systems": _systems(asking),
    }
    return render(request, "desk/growth/growth.html", context)


@require_GET
@desk(Permission.ANALYTICS)
def words(request: DeskRequest) -> HttpResponse:
    """New words of the period: read apart, so that the page does not wait for it."""
    asking, _ = _asked(request)
    found, read = themes_of(request.access, asking.wanted)
    context = {"themes": [shapes.theme(one) for one in found], "read": read}
    if request.headers.get("HX-Request"):
        return draw(request, "desk/growth/_words.html", context)
    crumbs = [("Рост", f"{reverse('desk:growth')}?{asking.query()}"), ("Новые слова", "")]
    return render(request, "desk/growth/words.html", context, crumbs=crumbs)


@require_GET
@desk(Permission.ANALYTICS)
def year(request: DeskRequest) -> HttpResponse:
    """Months of a year: counted apart, so that the page does not wait for it."""
    asking, _ = _asked(request)
    context = shapes.year(_months(request, asking))
    if request.headers.get("HX-Request"):
        return draw(request, "desk/growth/_year.html", context)
    crumbs = [("Рост", f"{reverse('desk:growth')}?{asking.query()}"), ("По месяцам", "")]
    return render(request, "desk/growth/year.html", context, crumbs=crumbs)


@require_GET
@desk(Permission.ANALYTICS)
def file(request: DeskRequest, ending: str) -> HttpResponse:
    """The report as DOCX or PDF, counted with the reader's own access."""
    require_paper(ending)
    asking, compare = _asked(request)
    report = _report(request, asking, compare)
    form = GrowthForm(request, {**asking.wanted.pairs(), **asking.more})
    chosen = asking.context(form)["chips"]
    town: Municipality = request.municipality
    paper = paper_of(
        report,
        town,
        dated=asking.today,
        months=_months(request, asking),
        scope=", ".join(chip["label"] for chip in chosen),
    )
    stem = f"rost-{period_figures(report.since, report.until).replace('–', '-')}"
    return paper_file(paper, ending, stem=stem, made_at=clock.now())


def _asked(request: DeskRequest) -> tuple[Asked, Compare]:
    """Without a period the last seven whole days; days to come and days beyond a year fall away."""
    given = request.GET.get("compare", "")
    compare = Compare(given) if given in Compare.values else Compare.PREVIOUS
    asking = asked(request, {"compare": compare})
    wanted = asking.wanted
    if not (request.GET.get("since") or request.GET.get("until")):
        until = asking.today - timedelta(days=1)
        wanted = replace(wanted, since=until - timedelta(days=DAYS - 1), until=until)
    assert wanted.since is not None
    assert wanted.until is not None
    until = max(min(wanted.until, asking.today), wanted.since)
    since = max(wanted.since, until - timedelta(days=LONGEST - 1))
    return replace(asking, wanted=replace(wanted, since=since, until=until)), compare


def _report(request: DeskRequest, asking: Asked, compare: Compare) -> GrowthReport:
    return growth_report(request.access, asking.wanted, now=clock.now(), compare=compare)


def _months(request: DeskRequest, asking: Asked) -> list[tuple[date, int]]:
    until = asking.wanted.until or asking.today
    return months_of(request.access, asking.wanted, until, now=clock.now())


def _file_url(ending: str, asking: Asked) -> str:
    return f"{reverse('desk:growth_file', args=[ending])}?{asking.query()}"


def _systems(asking: Asked) -> list[dict[str, Any]]:
    """The systems whose officers answer for the causes of growth, and all together."""
    return [
        {
            "label": label,
            "url": f"?{replace(asking, wanted=replace(asking.wanted, channel=channel)).query()}",
            "active": asking.wanted.channel == channel,
        }
        for channel, label in (("", "Все каналы"), ("pos", "ПОС"), ("incident", "ИМ"))
    ]

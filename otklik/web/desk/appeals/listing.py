"""The list of appeals: filters in the address bar, search in word forms, pages by key."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.rules.naming import regime_choices
from otklik.casework.appeals.vocabulary import Channel, Repetition, Status
from otklik.casework.classification.queries import topics_offered
from otklik.casework.problems.queries import may_keep
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import BodyKind, Permission
from otklik.directory.topics.queries import theme_choices
from otklik.web.desk.appeals.bodies import settlements_offered
from otklik.web.desk.appeals.chips import chips
from otklik.web.desk.appeals.shapes import status_shape
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50


class FilterForm(forms.Form):
    """The same words as AppealFilter; only what people choose by hand is shown."""

    q = forms.CharField(label="Слова или номер", required=False)
    status = forms.ChoiceField(label="Состояние", required=False)
    channel = forms.ChoiceField(label="Канал", required=False)
    regime = forms.ChoiceField(label="Порядок", required=False)
    topic = forms.ChoiceField(label="Тема", required=False)
    theme = forms.ChoiceField(label="Тематика", required=False)
    body = forms.ChoiceField(label="Исполнитель", required=False)
    addressee = forms.ChoiceField(label="Кому писали", required=False)
    settlement = forms.ChoiceField(label="Место", required=False)
    repetition = forms.ChoiceField(label="Повторность", required=False)
    since = forms.DateField(
        label="Поступило с", required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(label="по", required=False, widget=forms.DateInput({"type": "date"}))
    open = forms.BooleanField(label="В работе", required=False)
    overdue = forms.BooleanField(label="Просрочено", required=False)
    unassigned = forms.BooleanField(label="Без исполнителя", required=False)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("status", Status.choices)
        self._choices("channel", Channel.choices)
        self._choices("regime", regime_choices(request.municipality.settings))
        self._choices("repetition", Repetition.choices)
        place = request.municipality.pk
        topics = topics_offered(place).values_list("pk", "name")[:500]
        self._choices("topic", [(pk, name[:70]) for pk, name in topics])
        self._choices("theme", theme_choices(place))
        known = bodies(place).values_list("pk", "short_name", "name", "kind")
        named = [(pk, short or name, kind) for pk, short, name, kind in known]
        self._choices("body", [(pk, name) for pk, name, _ in named])
        mine = [(pk, name) for pk, name, kind in named if kind != BodyKind.EXTERNAL]
        self._choices("addressee", mine)
        self._choices("settlement", settlements_offered(place))

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "любое"), *choices]


@desk(Permission.VIEW_APPEALS)
def appeals(request: DeskRequest) -> HttpResponse:
    wanted = AppealFilter.parse(request.GET)
    found = queries.listed(request.access, wanted, cursor=request.GET.get("page", ""), limit=PAGE)
    page = found.page
    form = FilterForm(request, wanted.pairs())
    rows = [row_of(appeal, request) for appeal in page.rows]
    context = {
        "rows": rows,
        "form": form,
        "chips": chips(wanted, form),
        "wanted": wanted,
        "total": found.total,
        "capped": found.capped,
        "spelled": found.spelled and bool(rows),
        "next_url": _page_url(wanted, page.after),
        "prev_url": _page_url(wanted, page.before),
        "reset_url": reverse("desk:appeals"),
        "may_join": may_keep(request.access),
        "may_register": request.access.may(Permission.REGISTER),
    }
    return render(request, "desk/appeals/list.html", context)


def row_of(appeal: Appeal, request: DeskRequest) -> dict[str, Any]:
    """One row as the list shows it; the applicant's name only for those who may see it."""
    personal = request.access.allows(
        Permission.VIEW_PERSONAL, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    return {
        "appeal": unnamed(request.access, appeal),
        "url": reverse("desk:appeal", args=[appeal.pk]),
        "shape": status_shape(appeal.status),
        "name": appeal.applicant.name if personal else "",
        "done": not appeal.is_open,
        "overdue": appeal.is_open and appeal.due_at is not None and appeal.due_at < clock.now(),
    }


def _page_url(wanted: AppealFilter, cursor: str) -> str:
    if not cursor:
        return ""
    return f"?{urlencode({**wanted.pairs(), 'page': cursor})}"

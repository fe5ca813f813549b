"""The list of a day in the order of reception, its printed form, and all visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.reception import queries
from otklik.casework.reception.models import Host
from otklik.casework.reception.vocabulary import VisitState
from otklik.casework.reception.writers import day_pdf
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reception.shown import log, rows_of, sees


class DayForm(forms.Form):
    day = forms.DateField(
        label="День", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    host = forms.ChoiceField(label="Кто принимает", required=False)

    def __init__(self, hosts: list[Host], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["host"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "все"), *((host.pk, str(host)) for host in hosts)]


@require_GET
@desk(Permission.RECEIVE)
def reception(request: DeskRequest) -> HttpResponse:
    hosts, form, day, host = _asked(request)
    found = queries.day_list(request.access, day, host.pk if host else None)
    chosen = {"host": host.pk} if host else {}
    context = {
        "tabs": tabs("reception"),
        "form": form,
        "day": day,
        "rows": rows_of(request, found, "список дня"),
        "hosts": hosts,
        "before_url": f"?{urlencode({'day': day - timedelta(days=1), **chosen})}",
        "after_url": f"?{urlencode({'day': day + timedelta(days=1), **chosen})}",
        "print_url": f"{reverse('desk:reception_print')}?{urlencode({'day': day, **chosen})}",
    }
    return render(request, "desk/reception/day.html", context)


@require_GET
@desk(Permission.RECEIVE)
def printed(request: DeskRequest) -> HttpResponse:
    """The list on paper for whoever receives; only for those who may read the names."""
    _, _, day, host = _asked(request)
    found = queries.day_list(request.access, day, host.pk if host else None)
    if not all(sees(request, visit) for visit in found):
        raise Forbidden(
            "В списке есть персональные данные, которые вам не доступны.",
            "Попросите администратора центра дать вам право их видеть.",
        )
    log(request, [visit.number for visit in found], "печать списка дня")
    content = day_pdf(
        found, day=day, zone=request.municipality.tz, host=str(host or ""), made_at=clock.now()
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="reception-{day:%Y-%m-%d}.pdf"'
    return response


@require_GET
@desk(Permission.RECEIVE)
def visits(request: DeskRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found, following = queries.visits(
        request.access, state=state, cursor=request.GET.get("page", "")
    )
    pairs = {"state": state} if state in VisitState.values else {}
    context = {
        "tabs": tabs("visits"),
        "rows": rows_of(request, found, "все записи"),
        "states": [
            (label, f"?{urlencode({'state': value})}", value == state)
            for value, label in VisitState.choices
        ],
        "state": pairs.get("state", ""),
        "next_url": f"?{urlencode({**pairs, 'page': following})}" if following else "",
        "first_url": f"?{urlencode(pairs)}",
    }
    return render(request, "desk/reception/visits.html", context)


def tabs(active: str) -> list[dict[str, Any]]:
    names = (
        ("reception", "День"),
        ("visits", "Все записи"),
        ("reception_schedule", "График"),
        ("reception_categories", "Вне очереди"),
    )
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == active}
        for name, label in names
    ]


def _asked(request: DeskRequest) -> tuple[list[Host], DayForm, date, Host | None]:
    hosts = list(queries.hosts_for(request.access))
    today = clock.today(request.municipality.tz)
    form = DayForm(hosts, {"day": f"{today:%Y-%m-%d}", **request.GET.dict()})
    given = form.cleaned_data if form.is_valid() else {}
    wanted = given.get("host") or ""
    host = next((one for one in hosts if str(one.pk) == wanted), None)
    return hosts, form, given.get("day") or today, host

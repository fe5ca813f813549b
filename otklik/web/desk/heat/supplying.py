"""Data of the map for another system, by file and on record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.heatmap.actions import supply
from otklik.insight.heatmap.queries import DESCRIPTION, supplies
from otklik.insight.heatmap.vocabulary import FileFormat
from otklik.language.wording import period_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.heat.asking import map_asked

USUAL = "ЦУР, «BI ЦУР» (Тепловая карта)"
SHOWN = 50


class SupplyForm(forms.Form):
    receiver = forms.CharField(label="Кому", max_length=300, initial=USUAL)
    purpose = forms.CharField(label="Для чего", max_length=300, required=False)
    form = forms.ChoiceField(label="Формат", choices=FileFormat.choices)


@desk(Permission.ANALYTICS)
def map_supply(request: DeskRequest) -> HttpResponse:
    """The form with what was handed over before; POST gives the file."""
    asking = map_asked(request)
    form = SupplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = supply(
            access=request.access,
            wanted=asking.wanted,
            view=asking.view,
            level=asking.level,
            form=FileFormat(form.cleaned_data["form"]),
            receiver=form.cleaned_data["receiver"],
            purpose=form.cleaned_data["purpose"],
        )
        answer = HttpResponse(made.content, content_type=made.media_type)
        answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return answer
    context: dict[str, Any] = {
        "form": form,
        "asking": asking,
        "period": period_words(asking.wanted.since, asking.wanted.until)
        if asking.wanted.since and asking.wanted.until
        else "",
        "supplies": list(supplies(request.access)[:SHOWN]),
        "described": DESCRIPTION,
        "back_url": f"{reverse('desk:map')}?{asking.asked.query()}",
    }
    crumbs = [("Карта", reverse("desk:map")), ("Передача данных", "")]
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/heat/supply.html", context, crumbs=crumbs, status=status)

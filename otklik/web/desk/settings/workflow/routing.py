"""Routing: topic × territory × balance holder × channel → executor and co-executors."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import NotFound
from otklik.casework.routing.actions import Territory, retire_rule, save_rule
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.queries import rules_of
from otklik.directory.organisation.queries import bodies
from otklik.directory.territory.models import Street
from otklik.directory.territory.queries import settlements
from otklik.directory.topics.queries import theme_choices, theme_names
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import (
    channel_choices,
    group_choices,
    setting_up,
    topic_choices,
)
from otklik.web.look.toasts import toast


class RuleForm(forms.Form):
    name = forms.CharField(
        label="Название", max_length=200, required=False, help_text="Пусто — имя исполнителя."
    )
    topic = forms.ChoiceField(label="Тема", required=False)
    topic_group = forms.ChoiceField(label="Группа тем", required=False)
    theme = forms.ChoiceField(label="Социально значимая тематика", required=False)
    settlement = forms.ChoiceField(label="Населённый пункт", required=False)
    settlements = forms.MultipleChoiceField(
        label="И ещё населённые пункты",
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text="Правило действует в любом из выбранных.",
    )
    streets = forms.CharField(
        label="Улицы",
        required=False,
        help_text="Через запятую, без слова «улица»; пусто — все.",
    )
    holder = forms.ChoiceField(label="Объект на балансе", required=False)
    to_holder = forms.BooleanField(
        label="Исполнитель — балансодержатель объекта",
        required=False,
        help_text="Если он неизвестен, поручается органу, выбранному ниже.",
    )
    channel = forms.ChoiceField(label="Канал", required=False, choices=channel_choices)
    body = forms.ChoiceField(label="Исполнитель")
    co_bodies = forms.MultipleChoiceField(
        label="Соисполнители", required=False, widget=forms.CheckboxSelectMultiple
    )
    automatic = forms.BooleanField(
        label="Назначать сразу, без руководителя",
        required=False,
        help_text="Без отметки правило только предлагает исполнителя на карточке.",
    )
    order = forms.IntegerField(
        label="Порядок",
        min_value=0,
        max_value=32767,
        initial=100,
        help_text="Из равных по точности правил действует то, у которого число меньше.",
    )

    def __init__(self, municipality_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = municipality_id
        topics = topic_choices(municipality_id)
        offered = [(str(body.pk), str(body)) for body in bodies(municipality_id)]
        places = [(str(place.pk), str(place)) for place in settlements(municipality_id)]
        self._offer("topic", topics)
        self._offer("topic_group", group_choices(topics))
        self._offer("settlement", [("", "любой"), *places])
        self._offer("settlements", places)
        self._offer("theme", [("", "любая"), *theme_choices(municipality_id)])
        self._offer("holder", [("", "любой"), *offered])
        self._offer("body", [("", "выберите"), *offered])
        self._offer("co_bodies", offered)

    def clean_streets(self) -> tuple[int, ...]:
        """Names to ids, within the settlements chosen when there are any."""
        names = [name.strip() for name in self.cleaned_data["streets"].split(",") if name.strip()]
        chosen = [self.cleaned_data.get("settlement"), *self.cleaned_data.get("settlements", [])]
        within = [int(pk) for pk in chosen if pk]
        found: list[int] = []
        for name in names:
            here = Street.objects.filter(settlement__municipality_id=self.place, name__iexact=name)
            ids = list((here.filter(settlement__in=within) if within else here).values_list("pk"))
            if not ids:
                raise forms.ValidationError(f"Улицы «{name}» нет. Проверьте название.")
            found += [pk for (pk,) in ids]
        return tuple(found)

    def _offer(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def values(self) -> dict[str, Any]:
        """Arguments of `save_rule`, of a valid form."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "body_id": int(given["body"]),
            "topic_id": int(given["topic"]) if given["topic"] else None,
            "topic_group": given["topic_group"],
            "settlement_id": int(given["settlement"]) if given["settlement"] else None,
            "territory": Territory(tuple(int(pk) for pk in given["settlements"]), given["streets"]),
            "theme": given["theme"],
            "holder_id": int(given["holder"]) if given["holder"] else None,
            "to_holder": given["to_holder"],
            "channel": given["channel"],
            "automatic": given["automatic"],
            "order": given["order"],
            "co_body_ids": [int(pk) for pk in given["co_bodies"]],
        }


@setting_up
def rules(request: DeskRequest) -> HttpResponse:
    rows = rules_of(request.municipality.pk).prefetch_related("co_bodies")
    names = dict(channel_choices())
    themes = theme_names(request.municipality.pk)
    places = {place.pk: str(place) for place in settlements(request.municipality.pk)}
    context = {
        "rows": [
            {
                "rule": rule,
                "channel": names.get(rule.channel, ""),
                "theme": themes.get(rule.theme, ""),
                "places": [places[pk] for pk in rule.settlement_ids if pk in places],
            }
            for rule in rows
        ]
    }
    trail = crumbs(("Распределение", ""))
    return render(request, "desk/settings/workflow/routing.html", context, crumbs=trail)


@setting_up
def rule_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@setting_up
def rule(request: DeskRequest, pk: int) -> HttpResponse:
    found = rules_of(request.municipality.pk).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого правила нет.", "Вернитесь к списку правил.")
    return _edit(request, found)


@require_POST
@setting_up
def retire(request: DeskRequest, pk: int) -> HttpResponse:
    retire_rule(access=request.access, rule_id=pk)
    toast(request, "Правило больше не действует; прежние поручения остались")
    return redirect("desk:routing")


def _edit(request: DeskRequest, found: RoutingRule | None) -> HttpResponse:
    form = RuleForm(request.municipality.pk, request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        pk = found.pk if found else None
        if done(form, lambda: save_rule(access=request.access, rule_id=pk, **form.values())):
            toast(request, "Правило сохранено")
            return redirect("desk:routing")
    context = {"form": form, "rule": found}
    trail = crumbs(("Распределение", "routing"), (found.name if found else "Новое правило", ""))
    return render(request, "desk/settings/workflow/rule.html", context, crumbs=trail)


def _initial(found: RoutingRule | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "name": found.name,
        "topic": str(found.topic_id or ""),
        "topic_group": found.topic_group,
        "settlement": str(found.settlement_id or ""),
        "settlements": [str(pk) for pk in found.settlement_ids],
        "streets": ", ".join(_street_names(found.street_ids)),
        "theme": found.theme,
        "holder": str(found.holder_id or ""),
        "to_holder": found.to_holder,
        "channel": found.channel,
        "body": str(found.body_id),
        "co_bodies": [str(body.pk) for body in found.co_bodies.all()],
        "automatic": found.automatic,
        "order": found.order,
    }


def _street_names(ids: list[int]) -> list[str]:
    named = Street.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True)
    return list(dict.fromkeys(named)) if ids else []

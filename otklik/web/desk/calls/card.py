"""The card of a call: whose number it is while it is typed, what is asked, when to ring back."""

from __future__ import annotations

import secrets
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.appeals.actions import PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.calls.actions import CallGiven, take_call
from otklik.casework.calls.queries import cases_of_number
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import settlements
from otklik.language.masking import for_work
from otklik.language.urgency import advice, alarms
from otklik.records.journal.actions import record_read
from otklik.web.desk.appeals.unnamed import sees_person
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.registration.naming import NamedField, unique_names
from otklik.web.look.toasts import toast

TOPICS = 2000
MOMENT = "%Y-%m-%dT%H:%M"


class CallForm(forms.Form):
    phone = forms.CharField(
        label="Номер телефона",
        required=False,
        max_length=50,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "autofocus": True}),
    )
    name = forms.CharField(label="Фамилия, имя, отчество", required=False, max_length=300)
    about = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="О чём звонок",
        max_length=10_000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Запишите одним предложением, о чём звонок."},
    )
    topic = NamedField(
        label="Тема",
        list_id="topics",
        nothing="Такой темы нет. Начните с другого слова или оставьте поле пустым.",
    )
    settlement = forms.ChoiceField(label="Населённый пункт", required=False)
    place = forms.CharField(label="Где", required=False, max_length=500)
    pressing = forms.BooleanField(label="Повышенная важность", required=False)
    again = forms.BooleanField(label="Перезвонить", required=False)
    again_at = forms.DateTimeField(
        label="Когда (пусто — скорее)",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT),
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = request.municipality.pk
        offered = topics_offered(place).only("name", "group")[:TOPICS]
        topic = cast(NamedField, self.fields["topic"])
        topic.names = unique_names([(t.pk, t.name, t.group) for t in offered])
        choices = [("", "не указан"), *((str(s.pk), str(s)) for s in settlements(place))]
        cast(forms.ChoiceField, self.fields["settlement"]).choices = choices

    def given(self) -> CallGiven:
        """What a valid form says."""
        told = self.cleaned_data
        settlement = told["settlement"]
        return CallGiven(
            key=told["key"] or secrets.token_urlsafe(18),
            text=told["text"],
            phone=told["phone"],
            name=told["name"],
            place=PlaceGiven(
                text=told["place"].strip(), settlement_id=int(settlement) if settlement else None
            ),
            topic_id=told["topic"],
            pressing=told["pressing"],
            about_id=told["about"],
            call_back=told["again"],
            call_back_at=told["again_at"],
        )


@desk(Permission.REGISTER)
def call_new(request: DeskRequest) -> HttpResponse:
    initial = {"key": secrets.token_urlsafe(18), "phone": request.GET.get("phone", "")}
    form = CallForm(request, request.POST or None, initial=initial)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            call = take_call(access=request.access, given=form.given())
        except OtklikError as error:
            problem = error
        else:
            verb = "Зарегистрировано" if call.is_new else "Звонок добавлен к"
            toast(request, f"{verb} {call.appeal}")
            return redirect("desk:appeal", call.appeal_id)
    context = {
        "form": form,
        "problem": problem,
        "topics": cast(NamedField, form.fields["topic"]).names,
        "found": _found(request, request.POST.get("phone", "") or initial["phone"]),
    }
    trail = [("Звонки", reverse("desk:calls")), ("Новый звонок", "")]
    status = 422 if form.errors or problem else 200
    return render(request, "desk/calls/card.html", context, crumbs=trail, status=status)


@require_POST
@desk(Permission.REGISTER)
def lookup(request: DeskRequest) -> HttpResponse:
    """What is known of the number typed so far, and what to say when the words are alarming."""
    context = {
        "found": _found(request, request.POST.get("phone", "")),
        "said": advice(alarms(request.POST.get("text", ""))),
        "about": request.POST.get("about", ""),
    }
    return render(request, "desk/calls/found.html", context)


def _found(request: DeskRequest, typed: str) -> list[dict[str, Any]]:
    """Earlier cases of the number; names only with the right, and such looks are logged."""
    cases = cases_of_number(request.access, typed)
    rows = [_row(request, case) for case in cases]
    seen = [row["case"].pk for row in rows if row["known"]]
    if seen:
        record_read(
            seen,
            actor=request.access.actor,
            municipality_id=request.access.municipality_id,
            purpose="поиск по номеру телефона",
        )
    return rows


def _row(request: DeskRequest, case: Appeal) -> dict[str, Any]:
    known = sees_person(request.access, case)
    words = case.summary or case.text[:160]
    return {
        "case": case,
        "known": known,
        "name": str(case.applicant) if known else "",
        "phone": case.applicant.phone if known else "",
        "words": words if known else for_work(words).text,
    }

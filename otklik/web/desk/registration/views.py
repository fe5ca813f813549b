"""Registering what came on paper, by phone or in person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, NewQuestion, PlaceGiven
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.intake.actions import take
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.registration.forms import RegistrationForm
from otklik.web.look.toasts import toast


@desk(Permission.REGISTER)
def register(request: DeskRequest) -> HttpResponse:
    form = RegistrationForm(request, request.POST or None, request.FILES or None)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            case = take(
                access=request.access,
                new=_new(form.cleaned_data),
                files=[(file.name or "файл", file.read()) for file in form.cleaned_data["scans"]],
            )
        except OtklikError as error:
            problem = error
        else:
            toast(request, f"Зарегистрировано {case}")
            return redirect("desk:appeal", case.pk)
    return render(
        request,
        "desk/appeals/register.html",
        {"form": form, "problem": problem, "draft_url": reverse("desk:draft", args=["register"])},
        crumbs=[("Обращения", reverse("desk:appeals")), ("Регистрация", "")],
    )


def _new(values: dict[str, Any]) -> NewAppeal:
    place = PlaceGiven(text=values["place"], settlement_id=_pk(values["settlement"]))
    topic = _pk(values["topic"])
    questions: tuple[NewQuestion, ...] = ()
    text = values["text"]
    if values["second"].strip():
        questions = (
            NewQuestion(text=text, topic_id=topic, place=place),
            NewQuestion(text=values["second"]),
        )
        text = f"{text}\n\n{values['second']}"
    channel = Channel(values["channel"])
    external = values["external_number"].strip()
    return NewAppeal(
        regime=values["regime"],
        channel=channel,
        text=text,
        received_at=values["received_at"],
        applicant=NewApplicant(
            name=values["name"],
            kind=values["applicant_kind"],
            phone=values["phone"],
            email=values["email"],
            postal_address=values["postal_address"],
        ),
        questions=questions,
        place=place,
        topic_id=topic,
        kind=values["kind"],
        complained_body_id=_pk(values["complained_body"]),
        external_system=channel if external else "",
        external_number=external,
    )


def _pk(value: str) -> int | None:
    return int(value) if value else None

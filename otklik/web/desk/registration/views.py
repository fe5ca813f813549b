"""Registering what came on paper, by phone or in person: one card, any number of questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, NewQuestion, PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Priority
from otklik.casework.intake.actions import take_to_bodies
from otklik.casework.intake.queries import duplicates_of, earlier_of_person, same_text
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.urgency import advice, alarms
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.registration.came_in import CameIn
from otklik.web.desk.registration.forms import (
    MOST,
    Known,
    QuestionForm,
    Questions,
    RegistrationForm,
)
from otklik.web.look.kept_files import KeptFiles
from otklik.web.look.toasts import toast

PREFIX = "q"


@desk(Permission.REGISTER)
def register(request: DeskRequest) -> HttpResponse:
    known, came = Known.of(request), CameIn.of(request)
    if request.method != "POST":
        return _page(request, known, *_fresh(request, known, came))
    kept = KeptFiles.sent_with(
        request, municipality_id=request.municipality.pk, owner=f"account:{request.user.pk}"
    )
    if "more" in request.POST:
        kept.keep(request.FILES.getlist("scans"))
        return _page(request, known, *_with_one_more(request, known), kept=kept)
    done = _registered(request, known, kept, came)
    if isinstance(done, Appeal):
        kept.forget()
        toast(request, f"Зарегистрировано {done}")
        return redirect("desk:appeal", done.pk)
    kept.keep(request.FILES.getlist("scans"))
    return _page(request, known, done.form, done.questions, kept=kept, **done.more)


@dataclass(frozen=True)
class Returned:
    """The card with what is wrong in it."""

    form: RegistrationForm
    questions: BaseFormSet[QuestionForm]
    more: dict[str, Any] = field(default_factory=dict)


def _fresh(
    request: DeskRequest, known: Known, came: CameIn
) -> tuple[RegistrationForm, BaseFormSet[QuestionForm]]:
    """An empty card, or one filled by what waits in the intake queue."""
    initial, text = came.filling(request)
    form = RegistrationForm(request, known, initial=initial)
    return form, _questions(known, initial=[{"text": text}] if text else None)


def _registered(
    request: DeskRequest, known: Known, kept: KeptFiles, came: CameIn
) -> Appeal | Returned:
    form = RegistrationForm(request, known, request.POST, request.FILES)
    questions = _questions(known, data=request.POST)
    if not (form.is_valid() & questions.is_valid()):
        return Returned(form, questions)
    given = [one.cleaned_data for one in questions if one.cleaned_data.get("text")]
    new = came.told(_new(form.cleaned_data, given))
    same = None if form.cleaned_data["again"] else same_text(request.access, new.text)
    if same:
        return Returned(form, questions, {"same": same})
    files = [(file.name or "файл", file.read()) for file in form.cleaned_data["scans"]]
    try:
        with transaction.atomic():
            made = take_to_bodies(
                access=request.access,
                new=new,
                bodies={n: one["body"] for n, one in enumerate(given, 1) if one.get("body")},
                files=[*kept.contents(), *files],
            )
            return came.joined(request, made)
    except OtklikError as error:
        return Returned(form, questions, {"problem": error})


@require_POST
@desk(Permission.REGISTER)
def earlier(request: DeskRequest) -> HttpResponse:
    """Who wrote before and what of his is open, while the card is being filled in."""
    request.access.require_any(Permission.VIEW_PERSONAL)
    name, phone, email = (request.POST.get(key, "") for key in ("name", "phone", "email"))
    text = request.POST.get(f"{PREFIX}-0-text", "")
    people = earlier_of_person(request.access, name=name, phone=phone, email=email)
    same = duplicates_of(request.access, text=text, now=clock.now(), phone=phone, email=email)
    record_read(
        [case.pk for case in (*people, *same)],
        actor=request.access.actor,
        municipality_id=request.access.municipality_id,
        purpose="поиск заявителя при регистрации",
    )
    context = {
        "said": advice(alarms("\n".join(_texts(request)))),
        "people": [(case, _filling(case.applicant)) for case in people],
        "same": same,
    }
    return render(request, "desk/registration/earlier.html", context)


def _texts(request: DeskRequest) -> list[str]:
    """What is typed into the questions so far."""
    return [request.POST.get(f"{PREFIX}-{number}-text", "") for number in range(MOST)]


def _filling(person: Any) -> dict[str, str]:
    """Which fields of the card an earlier applicant fills."""
    return {
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "postal_address": person.postal_address,
        "applicant_kind": person.kind,
    }


def _questions(known: Known, **more: Any) -> BaseFormSet[QuestionForm]:
    return Questions(prefix=PREFIX, form_kwargs={"known": known}, **more)


def _with_one_more(
    request: DeskRequest, known: Known
) -> tuple[RegistrationForm, BaseFormSet[QuestionForm]]:
    """The same card with another empty question, for a browser without scripts."""
    asked = request.POST.get(f"{PREFIX}-TOTAL_FORMS", "1")
    count = min(int(asked) if asked.isdecimal() else 1, 19)
    names = ("text", "topic", "body", "place")
    rows = [
        {name: request.POST.get(f"{PREFIX}-{n}-{name}", "") for name in names} for n in range(count)
    ]
    form = RegistrationForm(request, known, initial=request.POST.dict())
    return form, _questions(known, initial=rows)


def _page(
    request: DeskRequest,
    known: Known,
    form: RegistrationForm,
    questions: BaseFormSet[QuestionForm],
    **more: Any,
) -> HttpResponse:
    rare = (
        "regime",
        "addressee",
        "received_at",
        "external_number",
        "kind",
        "complained_body",
        "settlement",
    )
    context = {
        "form": form,
        "questions": questions,
        "known": known,
        "rare": any(form.errors.get(name) for name in rare) if form.is_bound else False,
        "draft_url": reverse("desk:draft", args=["register"]),
        **more,
    }
    crumbs = [("Обращения", reverse("desk:appeals")), ("Регистрация", "")]
    return render(request, "desk/appeals/register.html", context, crumbs=crumbs)


def _new(values: dict[str, Any], given: list[dict[str, Any]]) -> NewAppeal:
    settlement = _pk(values["settlement"])
    questions = tuple(
        NewQuestion(
            text=one["text"],
            topic_id=one["topic"],
            place=PlaceGiven(text=one["place"], settlement_id=None if one["place"] else settlement),
        )
        for one in given
    )
    channel = Channel(values["channel"])
    external = values["external_number"].strip()
    return NewAppeal(
        regime=values["regime"],
        channel=channel,
        text="\n\n".join(one["text"] for one in given),
        received_at=values["received_at"],
        applicant=NewApplicant(
            name=values["name"],
            kind=values["applicant_kind"],
            phone=values["phone"],
            email=values["email"],
            postal_address=values["postal_address"],
        ),
        questions=questions,
        place=questions[0].place or PlaceGiven(),
        topic_id=questions[0].topic_id,
        kind=values["kind"],
        priority=Priority.HIGH if values["pressing"] else Priority.NORMAL,
        complained_body_id=_pk(values["complained_body"]),
        addressee_body_id=_pk(values["addressee"]),
        external_system=channel if external else "",
        external_number=external,
    )


def _pk(value: str) -> int | None:
    return int(value) if value else None

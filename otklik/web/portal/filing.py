"""Filing an appeal; works without scripts; sending the form twice makes one case."""

from __future__ import annotations

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.base.errors import OtklikError, Refused
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.queries import base_map
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.exchange.signin.actions import note_identified
from otklik.exchange.signin.queries import citizens_door
from otklik.web.look.kept_files import KeptFiles
from otklik.web.look.mapdata import picture_of
from otklik.web.portal.forms import APPEAL, AppealForm, code_of, new_token
from otklik.web.portal.identity import citizen_of
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of, render

SYSTEM = "form"


def new(request: HttpRequest, slug: str) -> HttpResponse:
    centre = municipality_by_slug(slug)
    citizen = citizen_of(request, centre)
    if request.method != "POST":
        form = AppealForm(centre, initial={"form_token": new_token()}, citizen=citizen)
        return _page(request, centre, form)
    form = AppealForm(centre, request.POST, request.FILES, citizen=citizen)
    kept = KeptFiles.sent_with(request, municipality_id=centre.pk, owner=SYSTEM)
    if not form.is_valid():
        return _returned(request, centre, form, kept)
    try:
        spend("form", address_of(request), most=20, seconds=3600)
        token = form.cleaned_data["form_token"] or new_token()
        files = [(file.name or "файл", file.read()) for file in form.cleaned_data["photos"]]
        case = file_case(centre, form, token, [*kept.contents(), *files])
    except OtklikError as error:
        return _returned(request, centre, form, kept, problem=error)
    kept.forget()
    request.session["receipt"] = {"case": case.pk, "code": code_of(token)}
    return redirect("portal:receipt")


def _returned(
    request: HttpRequest,
    centre: Municipality,
    form: AppealForm,
    kept: KeptFiles,
    problem: OtklikError | None = None,
) -> HttpResponse:
    """The form with what is wrong; its files stay, unless one address fills the storage."""
    files = request.FILES.getlist("photos")
    with suppress(Refused):
        if files and not request.POST.get("website"):
            spend("kept", address_of(request), most=40, seconds=3600)
            kept.keep(files)
    return _page(request, centre, form, kept=kept, problem=problem, status=422)


def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code of the case just filed, to keep."""
    kept = request.session.get("receipt")
    if not kept:
        return redirect("portal:follow")
    case = Appeal.objects.select_related("municipality").get(pk=kept["case"])
    deadline = case.deadlines.filter(kind="answer").first()
    context = {"case": case, "code": kept["code"], "deadline": deadline}
    return render(request, "portal/receipt.html", context, centre=case.municipality)


def file_case(
    centre: Municipality, form: AppealForm, token: str, files: list[tuple[str, bytes]]
) -> Appeal:
    """The case of a valid form, with its receipt by mail; the same token gives the same case."""
    access = Access.system(centre.pk, "Сайт")
    try:
        with transaction.atomic():
            case = take(access=access, new=_new(form, token), files=files)
            if form.citizen:
                note_identified(access=access, case_id=case.pk, door_title=form.citizen.door)
            _confirm(centre, case, code_of(token))
    except IntegrityError:
        # The same form came twice at the same moment: the first one has made the case.
        return Appeal.objects.get(
            municipality=centre, external_system=SYSTEM, external_number=token
        )
    return case


def _new(form: AppealForm, token: str) -> NewAppeal:
    values, citizen = form.cleaned_data, form.citizen
    # Only a person identified by a confirmed account has this choice (59-ФЗ, art. 4 p. 1).
    law = bool(citizen) and values.get("kind") == APPEAL
    place = PlaceGiven(
        text="" if values["no_place"] else values["place"].strip(),
        settlement_id=int(values["settlement"]) if values["settlement"] else None,
        lat=values["lat"] if values["lon"] is not None else None,
        lon=values["lon"] if values["lat"] is not None else None,
    )
    body = form.bodies.get(values["addressee"])
    return NewAppeal(
        addressee=body.name if body else form.centre.centre_name or form.centre.name,
        addressee_body_id=body.pk if body else None,
        regime=Regime.LAW59 if law else Regime.PORTAL,
        channel=Channel.PORTAL,
        text=values["text"],
        received_at=clock.now(),
        applicant=NewApplicant(
            name=values["name"],
            email=citizen.email if citizen else values["email"],
            phone=values["phone"],
        ),
        place=place,
        topic_id=int(values["topic"]) if values["topic"] else None,
        reply_address=values["reply_to"] if citizen else values["email"],
        external_system=SYSTEM,
        external_number=token,
        code=code_of(token),
    )


def _confirm(centre: Municipality, case: Appeal, code: str) -> None:
    """A receipt by mail, where the centre has a mailbox."""
    if not case.reply_address:
        return
    word = "обращение" if case.regime == Regime.LAW59 else "сообщение"
    try:
        queue_message(
            municipality_id=centre.pk,
            actor=Access.system(centre.pk).actor,
            channel=ChannelKind.EMAIL,
            purpose=Purpose.RECEIPT,
            recipient=case.reply_address,
            subject=f"Ваше {word} № {case.number} принято",
            text=(
                f"Здравствуйте!\n\nВаше {word} принято, номер {case.number}, "
                f"код для проверки {code}.\n\nОтвет придёт на эту почту."
            ),
            case_id=case.pk,
            key=f"receipt:{case.pk}",
        )
    except Refused:
        return


def _page(
    request: HttpRequest,
    centre: Municipality,
    form: AppealForm,
    *,
    kept: KeptFiles | None = None,
    problem: OtklikError | None = None,
    status: int = 200,
) -> HttpResponse:
    drawn = base_map(centre.pk)
    context = {
        "door": citizens_door(centre.pk),
        "form": form,
        "problem": problem,
        "kept": kept,
        "map_data": picture_of(drawn.layers if drawn else {}, drawn.bounds if drawn else []),
        "has_map": drawn is not None,
    }
    return render(request, "portal/new.html", context, centre=centre, status=status)

"""Invitations to heads of sector blocks: asked by the centre, answered by the blocks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.teamwork.actions.inviting import answer_invitation, cancel_invitation, invite
from otklik.casework.teamwork.models import Invitation
from otklik.casework.teamwork.queries.inviting import calendar_file, invitations
from otklik.casework.teamwork.queries.leads import blocks_led
from otklik.casework.teamwork.vocabulary import GuestState, InvitationKind
from otklik.directory.organisation.models import Block
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

SHOWN = 50
SHAPES: dict[str, str] = {
    GuestState.ASKED: "wait",
    GuestState.ACCEPTED: "done",
    GuestState.DECLINED: "warn",
}


class InvitationForm(forms.Form):
    kind = forms.ChoiceField(label="Куда", choices=InvitationKind.choices)
    starts_at = forms.DateTimeField(
        label="Начало",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(label="Минут", min_value=5, max_value=600, initial=60)
    place = forms.CharField(label="Место", max_length=300)
    agenda = forms.CharField(label="Повестка", widget=forms.Textarea({"rows": 4}), max_length=5000)
    block_ids = forms.ModelMultipleChoiceField(
        Block.objects.none(),
        label="Чьих руководителей пригласить",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один блок."},
    )

    def __init__(self, municipality_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Block.objects.filter(municipality_id=municipality_id)
        self.fields["block_ids"].queryset = found  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Arguments of `invite`, of a valid form."""
        values = dict(self.cleaned_data)
        blocks = [block.pk for block in values["block_ids"]]
        return {**values, "kind": InvitationKind(values["kind"]), "block_ids": blocks}


@desk()
def page(request: DeskRequest) -> HttpResponse:
    """All invitations for whoever invites; for a head of a block those of his block."""
    invites = request.access.may(Permission.ASSIGN)
    form = InvitationForm(request.municipality.pk, request.POST or None) if invites else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            invite(access=request.access, **form.given())
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Приглашения отправлены")
            return redirect("desk:invitations")
    led, now = set(blocks_led(request.access)), clock.now()
    rows = [_row(one, led, now) for one in invitations(request.access)[:SHOWN]]
    context = {"rows": rows, "form": form, "shown": SHOWN}
    trail = [("Взаимодействие", reverse("desk:coordination"))] if invites else []
    crumbs = [*trail, ("Приглашения", "")]
    return render(request, "desk/teamwork/invitations.html", context, crumbs=crumbs)


@require_POST
@desk()
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """`pk`: the line of the own block."""
    try:
        accept = request.POST.get("answer") == "accept"
        remark = request.POST.get("remark", "")
        guest = answer_invitation(access=request.access, guest_id=pk, accept=accept, remark=remark)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Ответ передан: {GuestState(guest.state).label}")
    return redirect("desk:invitations")


@require_POST
@desk(Permission.ASSIGN)
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        cancel_invitation(access=request.access, invitation_id=pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Приглашение отменено, приглашённые извещены")
    return redirect("desk:invitations")


@require_GET
@desk()
def calendar(request: DeskRequest, pk: int) -> HttpResponse:
    text = calendar_file(request.access, pk)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="invitation-{pk}.ics"'
    return response


def _row(one: Invitation, led: set[int], now: Any) -> dict[str, Any]:
    guests = list(one.guests.all())
    ahead = one.cancelled_at is None and one.starts_at > now
    return {
        "one": one,
        "guests": [(guest, SHAPES[guest.state]) for guest in guests],
        "own": [guest for guest in guests if guest.block_id in led] if ahead else [],
        "ahead": ahead,
    }

"""Conversations in networks and messengers: who answers, and was it answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.base.given import cursor_of, key_given
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.classification.queries import topics_offered
from otklik.casework.intake.queries.conversations import (
    NETWORKS,
    Cursor,
    Talk,
    TalkFilter,
    account_lines,
    talks,
)
from otklik.casework.intake.vocabulary import TalkState
from otklik.directory.organisation.queries import appointments_in_force, bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import accounts
from otklik.language.wording import counted
from otklik.records.journal.actions import record_read
from otklik.web.desk.control.views import sections
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

PAGE, DAYS = 50, 30
NOBODY = "none"
SHAPES: dict[str, str] = {
    TalkState.WAITING: "wait",
    TalkState.ON_WAY: "warn",
    TalkState.ANSWERED: "done",
    TalkState.CLOSED: "closed",
    TalkState.LOOSE: "new",
}
Choices = list[tuple[Any, str]]


class TalkForm(forms.Form):
    group = forms.ChoiceField(label="Направление", required=False)
    topic = forms.ChoiceField(label="Тема", required=False)
    channel = forms.ChoiceField(label="Канал", required=False)
    account = forms.ChoiceField(label="Аккаунт", required=False)
    state = forms.ChoiceField(label="Состояние", required=False)
    body = forms.ChoiceField(label="Отвечает орган", required=False)
    person = forms.ChoiceField(label="Отвечает сотрудник", required=False)

    def __init__(self, request: DeskRequest, *args: Any) -> None:
        super().__init__(*args)
        place = request.municipality.pk
        topics = list(topics_offered(place).only("name", "group")[:500])
        groups = dict.fromkeys(topic.group for topic in topics if topic.group)
        choices: dict[str, Choices] = {
            "group": [(name, name) for name in groups],
            "topic": [(topic.pk, topic.name[:70]) for topic in topics],
            "channel": [(kind.value, str(kind.label)) for kind in NETWORKS],
            "account": [(one.pk, one.title) for one in accounts(request.access)],
            "state": list(TalkState.choices),
            "body": [(NOBODY, "никто"), *[(one.pk, str(one)) for one in bodies(place)]],
            "person": people(request),
        }
        for name, offered in choices.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", "любой" if name in ("channel", "account") else "все"), *offered]

    def wanted(self) -> TalkFilter:
        """What is asked; what cannot be read is left out."""
        self.is_valid()
        given = self.cleaned_data
        return TalkFilter(
            group=given.get("group", ""),
            channel=given.get("channel", ""),
            state=given.get("state", ""),
            topic=_pk(given.get("topic", "")),
            account=_pk(given.get("account", "")),
            body=_pk(given.get("body", "")),
            person=_pk(given.get("person", "")),
            nobody=given.get("body") == NOBODY,
        )


def people(request: DeskRequest) -> Choices:
    """Whoever holds an appointment in a body today, with the body."""
    today = clock.today(request.municipality.tz)
    held = appointments_in_force(today).filter(
        role__municipality_id=request.municipality.pk, body__isnull=False
    )
    rows = held.select_related("account", "body").order_by("account__full_name", "pk")
    return list({one.account_id: f"{one.account.short_name}, {one.body}" for one in rows}.items())


@desk(Permission.CONTROL)
def conversations(request: DeskRequest) -> HttpResponse:
    """The list; a POST says who answers the marked ones and comes back to the same list."""
    if request.method == "POST":
        _assign(request)
        return redirect(request.get_full_path())
    form = TalkForm(request, request.GET)
    page = talks(
        request.access, form.wanted(), after=key_given(request.GET.get("page", "")), limit=PAGE
    )
    _log(request, page.rows)
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "sections": sections("conversations"),
        "form": form,
        "rows": [(one, SHAPES[one.state]) for one in page.rows],
        "lines": account_lines(request.access, now=clock.now(), days=DAYS),
        "days": DAYS,
        "may_assign": request.access.may(Permission.ASSIGN),
        "may_register": request.access.may(Permission.REGISTER),
        "bodies": cast(forms.ChoiceField, form.fields["body"]).choices[2:],  # type: ignore[index]
        "people": cast(forms.ChoiceField, form.fields["person"]).choices[1:],  # type: ignore[index]
        "next_url": _following(page.after, chosen),
        "reset_url": reverse("desk:conversations"),
    }
    return render(request, "desk/control/conversations.html", context)


def _assign(request: DeskRequest) -> None:
    """Give the marked cases to a body and, inside it, to a person."""
    body, person = (_pk(request.POST.get(name, "")) for name in ("body", "person"))
    cases = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
    problem = ""
    if not cases or body is None:
        problem = "Отметьте разговоры и выберите орган, который ответит."
    elif person and not _works_in(request, person, body):
        problem = "Этот сотрудник назначен в другом органе. Выберите орган, где он работает."
    if problem or body is None:
        return toast(request, problem, level=messages.ERROR)
    done, refused = 0, ""
    for case in cases:
        try:
            assign_executor(access=request.access, appeal_id=case, body_id=body, account_id=person)
            done += 1
        except OtklikError as error:
            refused = f"{error.message} {error.mend}".strip()
    if done:
        said = counted(done, ("разговор", "разговора", "разговоров"))
        toast(request, f"Назначено, кто отвечает: {said}")
    if refused:
        toast(request, refused, level=messages.ERROR)
    return None


def _works_in(request: DeskRequest, person: int, body: int) -> bool:
    today = clock.today(request.municipality.tz)
    held = appointments_in_force(today).filter(account_id=person, body_id=body)
    return held.filter(role__municipality_id=request.municipality.pk).exists()


def _log(request: DeskRequest, rows: Iterable[Talk]) -> None:
    shown = [one for one in rows if one.personal]
    record_read(
        [one.case.pk for one in shown if one.case],
        actor=request.access.actor,
        municipality_id=request.access.municipality_id,
        purpose="разговоры, список",
        without_case=any(one.case is None for one in shown),
    )


def _pk(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 18 else None


def _following(after: Cursor | None, chosen: dict[str, str]) -> str:
    if after is None:
        return ""
    return f"?{urlencode({**chosen, 'page': cursor_of(*after)})}"

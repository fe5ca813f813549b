"""Programs of others: who may come in, under which role, with which keys."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.casework.appeals.vocabulary import Channel
from otklik.coordination.webhooks.queries import story_of as story_of_news
from otklik.coordination.webhooks.queries import subscriptions
from otklik.directory.organisation.queries import bodies, roles_with_grants
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs import actions
from otklik.directory.programs.models import Program
from otklik.directory.programs.queries import keys_in_force, program_of, story_of
from otklik.directory.programs.queries import programs as programs_of
from otklik.exchange.channels.rules.tables import neutral
from otklik.records.journal.models import Entry
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.programs.forms import (
    KeyForm,
    NoteForm,
    ProgramForm,
    program_initial,
)
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

PAGES = "desk/settings/programs"
TITLE = "Доступ программ"
SHOWN_LINES, MOST_LINES = 50, 10_000


@setting_up
def programs(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    told: dict[int, list[Any]] = {}
    for one in subscriptions(request.access):
        told.setdefault(one.program_id, []).append(one)
    rows = [_row(program, told.get(program.pk, []), now) for program in programs_of(request.access)]
    context = {"rows": rows, "api_url": reverse("api:openapi")}
    return render(request, f"{PAGES}/list.html", context, crumbs=crumbs((TITLE, "")))


@setting_up
def program_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@setting_up
def program(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, program_of(request.access, pk))


@require_POST
@setting_up
def key(request: DeskRequest, pk: int) -> HttpResponse:
    """Issue a key and show it this once."""
    found = program_of(request.access, pk)
    form = KeyForm(request.POST)
    if form.is_valid():
        try:
            made, text = actions.issue_key(
                access=request.access,
                program_id=pk,
                expires_at=form.expires_at(request.municipality.tz),
            )
        except (Forbidden, NotFound):
            raise
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            context = {"program": found, "key": made, "text": text, "kind": "key"}
            return shown_once(request, found, context)
    return _page(request, found, _form(request, found, bound=False), key_form=form, status=422)


@require_POST
@setting_up
def revocation(request: DeskRequest, pk: int, key_id: int) -> HttpResponse:
    actions.revoke_key(access=request.access, program_id=pk, key_id=key_id)
    toast(request, "Ключ отозван: программа с ним больше не войдёт")
    return redirect("desk:program", pk)


@require_POST
@setting_up
def closing(request: DeskRequest, pk: int) -> HttpResponse:
    found = actions.stop_program(access=request.access, program_id=pk)
    toast(request, f"Доступ программы «{found.title}» закрыт")
    return redirect("desk:programs")


@require_POST
@setting_up
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """Write down what the machines cannot know: requests, keys, formats, failures."""
    found = program_of(request.access, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.note_program(access=request.access, program_id=pk, **form.cleaned_data)
        toast(request, "Запись внесена")
        return redirect("desk:program", pk)
    bound = _form(request, found, bound=False)
    return _page(request, found, bound, note_form=form, status=422)


@setting_up
def story_file(request: DeskRequest, pk: int) -> HttpResponse:
    """The log of one program as a table, oldest first."""
    found = program_of(request.access, pk)
    zone = request.municipality.tz
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["Когда", "Что", "Кто"])
    for entry in reversed(_story(found, MOST_LINES)):
        at = f"{entry.recorded_at.astimezone(zone):%d.%m.%Y %H:%M}"
        writer.writerow([neutral(one) for one in (at, entry.sentence, entry.who)])
    # With the mark at the start Excel reads UTF-8 as such.
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="program-{pk}.csv"'
    return response


def shown_once(request: DeskRequest, found: Program, context: dict[str, Any]) -> HttpResponse:
    """A secret on a page that nobody keeps."""
    trail = crumbs((TITLE, "programs"), (found.title, ""))
    response = render(request, f"{PAGES}/secret.html", context, crumbs=trail)
    response["Cache-Control"] = "no-store"
    return response


def _edit(request: DeskRequest, found: Program | None) -> HttpResponse:
    form = _form(request, found, bound=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        saved: list[Program] = []

        def save() -> None:
            saved.append(
                actions.allow_program(
                    access=request.access,
                    program_id=found.pk if found else None,
                    **form.values(),
                )
            )

        if done(form, save):
            toast(request, f"Программа «{saved[0].title}» сохранена")
            return redirect("desk:program", saved[0].pk)
    return _page(request, found, form, status=422 if form.is_bound else 200)


def _form(request: DeskRequest, found: Program | None, *, bound: bool) -> ProgramForm:
    place = request.municipality.pk
    return ProgramForm(
        list(roles_with_grants(place)),
        list(bodies(place)),
        request.POST if bound else None,
        initial=program_initial(found),
    )


def _page(
    request: DeskRequest,
    found: Program | None,
    form: ProgramForm,
    *,
    key_form: KeyForm | None = None,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {"form": form, "program": found}
    if found is not None:
        live = {one.pk for one in keys_in_force(found, now)}
        context |= {
            "keys": [(one, one.pk in live) for one in found.keys.all()],
            "key_form": key_form or KeyForm(),
            "note_form": note_form or NoteForm(),
            "story": [
                {"at": entry.recorded_at, "title": entry.sentence, "actor": entry.who}
                for entry in _story(found, SHOWN_LINES)
            ],
            "subscriptions": list(subscriptions(request.access).filter(program=found)),
        }
    trail = crumbs((TITLE, "programs"), (found.title if found else "Новая программа", ""))
    return render(request, f"{PAGES}/program.html", context, crumbs=trail, status=status)


def _story(found: Program, most: int) -> list[Entry]:
    """Of the program and of the news to it, newest first."""
    both = [*story_of(found)[:most], *story_of_news(found)[:most]]
    return sorted(both, key=lambda entry: entry.pk, reverse=True)[:most]


def _row(program: Program, told: list[Any], now: datetime) -> dict[str, Any]:
    used = [key.used_at for key in program.keys.all() if key.used_at]
    return {
        "program": program,
        "rights": ", ".join(Permission(one).label for one in program.permissions),
        "channels": ", ".join(Channel(one).label for one in program.channels),
        "keys": len(keys_in_force(program, now)),
        "used_at": max(used, default=None),
        "told": len(told),
        "paused": sum(1 for one in told if one.paused_at),
    }

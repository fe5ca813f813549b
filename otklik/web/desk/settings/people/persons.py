"""People of the centre: the list, a new person, a person's appointments and their story."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.vocabulary import ChangeKind
from otklik.records.journal.queries import story_of_things
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.appointing import AppointmentForm, PersonForm
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast

PAGE = 50


@organiser
def people(request: DeskRequest) -> HttpResponse:
    place, today = request.municipality, clock.today(request.municipality.tz)
    name, body = request.GET.get("q", "").strip(), _number(request.GET.get("body"))
    start = _number(request.GET.get("start")) or 0
    found = queries.people(place.pk, today, name=name, body_id=body)
    total = found.count()
    kept = {key: value for key, value in (("q", name), ("body", body)) if value}
    following = start + PAGE
    context = {
        "rows": found[start:following],
        "total": total,
        "q": name,
        "at_body": place.bodies.filter(pk=body).first() if body else None,
        "vacant": queries.vacant_roles(place.pk, today),
        "today": today,
        "next_url": f"?{urlencode({**kept, 'start': following})}" if following < total else "",
        "first_url": f"?{urlencode(kept)}" if start else "",
        "shown": f"{start + 1}\u2013{min(following, total)} из {total}",
    }
    trail = crumbs(("Сотрудники и назначения", ""))
    return render(request, "desk/settings/people/people.html", context, crumbs=trail)


@never_cache
@organiser
def person_new(request: DeskRequest) -> HttpResponse:
    """A new person; the password of first entry is shown once, in the answer to the form."""
    place = request.municipality
    today = clock.today(place.tz)
    initial = {"since": today, "role": request.GET.get("role", "")}
    form = PersonForm(place, request.POST or None, initial=initial)
    made: dict[str, Any] = {}

    def add() -> None:
        values = {**form.person(), **form.appointment()}
        if drafting(request):
            made["draft"], made["password"] = actions.add_person_as_draft(
                access=request.access, **values
            )
            return
        made["appointment"], made["password"] = actions.add_person(access=request.access, **values)

    if request.method == "POST" and form.is_valid() and done(form, add):
        account = made["account"] = (made.get("appointment") or made["draft"]).account
        if not made["password"]:
            toast(request, f"{account.short_name} уже есть в системе; назначение добавлено")
            return redirect("desk:person", account.pk)
        made["login_url"] = request.build_absolute_uri(reverse("account_login"))
        trail = crumbs(("Сотрудники и назначения", "people"), (account.full_name, ""))
        return render(request, "desk/settings/people/password.html", made, crumbs=trail)
    decisions = queries.regulation_facts(place).decisions
    needing = place.roles.filter(slug__in=decisions)
    context = {"form": form, "decisions": [(r.label, decisions[r.slug]) for r in needing]}
    trail = crumbs(("Сотрудники и назначения", "people"), ("Новый сотрудник", ""))
    return render(request, "desk/settings/people/person_new.html", context, crumbs=trail)


@organiser
def person(request: DeskRequest, pk: int) -> HttpResponse:
    place, today = request.municipality, clock.today(request.municipality.tz)
    found = _person(request, pk)
    form = AppointmentForm(place, request.POST or None, initial={"since": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: _appoint(request, found, form),
        )
    ):
        what = "сохранено черновиком" if drafting(request) else "добавлено"
        toast(request, f"{found.short_name}: назначение {what}")
        return redirect("desk:person", pk)
    rows = _appointments(request, found)
    context = {
        "person": found,
        "form": form,
        "now": [row for row in rows if row.in_force(today)],
        "later": [row for row in rows if row.since > today],
        "past": [row for row in rows if row.until and row.until < today],
        "story": _story(place.pk, found, rows),
        "may_block": found.pk != request.access.account_id,
    }
    trail = crumbs(("Сотрудники и назначения", "people"), (found.full_name, ""))
    return render(request, "desk/settings/people/person.html", context, crumbs=trail)


@require_POST
@organiser
def person_blocking(request: DeskRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    actions.block_person(
        access=request.access, account=found, reason=request.POST.get("reason", "")
    )
    toast(request, f"{found.short_name}: вход отключён")
    return redirect("desk:person", pk)


@require_POST
@organiser
def person_unblocking(request: DeskRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    actions.unblock_person(access=request.access, account=found)
    toast(request, f"{found.short_name}: вход включён")
    return redirect("desk:person", pk)


def _person(request: DeskRequest, pk: int) -> Account:
    place = request.municipality
    found = queries.people(place.pk, clock.today(place.tz)).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого сотрудника в вашем центре нет.", "Вернитесь к списку сотрудников.")
    return found


def drafting(request: DeskRequest) -> bool:
    """Whether a draft was asked for. Raises Refused where persons are entered only by an act."""
    if request.POST.get("draft"):
        return True
    needed = queries.regulation_facts(request.municipality).composition_decision
    if needed:
        raise Refused(
            f"Состав вносят вместе с актом: {needed}.",
            "Сохраните назначение черновиком и утвердите его актом с файлом.",
        )
    return False


def _appoint(request: DeskRequest, found: Account, form: AppointmentForm) -> None:
    given = form.appointment()
    if not drafting(request):
        actions.appoint(access=request.access, account=found, **given)
        return
    given.pop("basis")
    new = actions.NewChange(kind=ChangeKind.APPOINT, account=found, **given)
    today = clock.today(request.municipality.tz)
    actions.propose_change(access=request.access, new=new, today=today)


def _appointments(request: DeskRequest, account: Account) -> list[Appointment]:
    rows = Appointment.objects.filter(account=account, role__municipality=request.municipality)
    related = rows.select_related("role", "body", "block", "substitutes__account")
    return list(related.prefetch_related("substitutions__account").order_by("-since", "-pk"))


def _story(municipality_id: int, person: Account, rows: list[Appointment]) -> list[dict[str, Any]]:
    """Who appointed, named a substitute or ended, shut the door or opened it; newest first."""
    names = {one.pk: one.account.full_name for row in rows for one in row.substitutions.all()}
    ids = [*(row.pk for row in rows), *names]
    entries = [
        *story_of_things(municipality_id, "appointment", ids),
        *story_of_things(municipality_id, "account", [person.pk]),
    ]
    return [
        {
            "at": entry.recorded_at,
            "title": entry.sentence,
            "text": names.get(entry.subject_id, "") if entry.subject == "appointment" else "",
            "actor": entry.who,
        }
        for entry in sorted(entries, key=lambda entry: -entry.pk)
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else None

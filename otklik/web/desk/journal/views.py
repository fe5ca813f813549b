"""The journal of the municipality: what was done, who read personal data, whether it is whole."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from otklik.base.errors import Refused
from otklik.base.tables import write_csv
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record
from otklik.records.journal.events import JournalExported
from otklik.records.journal.queries import last_seals, reads_of, sealed_entries, verify
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.journal.asking import JournalForm, found_by, numbers_of
from otklik.web.desk.journal.tabs import tabs
from otklik.web.desk.journal.whole import whole_journal

PAGE, IN_FILE, AT_ONCE = 50, 20_000, 200_000
"""Lines on a page and in a file; entries that a page may verify while its reader waits."""
HEADER = ("Когда", "Кто", "Что сделано", "Обращение")


@whole_journal
def journal(request: DeskRequest) -> HttpResponse:
    form = JournalForm(request.GET)
    page: list[Any] = []
    if form.is_valid():
        found = found_by(form, request.access, request.municipality)
        before = _before(request)
        page = list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
    numbers = numbers_of(request.access, {entry.case_id for entry in page if entry.case_id})
    rows = [{"entry": entry, "number": numbers.get(entry.case_id)} for entry in page[:PAGE]]
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "rows": rows,
        "reset_url": reverse("desk:journal"),
        "file_url": f"{reverse('desk:journal-file')}?{query.urlencode()}",
        **_paging(request, page),
    }
    return render(request, "desk/journal/journal.html", {**context, "tabs": tabs("desk:journal")})


@whole_journal
def file(request: DeskRequest) -> HttpResponse:
    form = JournalForm(request.GET)
    if not form.is_valid():
        raise Refused("Отбор задан с ошибкой.", "Вернитесь к журналу и исправьте отбор.")
    page = list(found_by(form, request.access, request.municipality)[:IN_FILE])
    numbers = numbers_of(request.access, {entry.case_id for entry in page if entry.case_id})
    out = io.StringIO()
    zone = request.municipality.tz
    rows = (
        (
            f"{entry.recorded_at.astimezone(zone):%d.%m.%Y %H:%M:%S}",
            entry.who,
            entry.sentence,
            numbers.get(entry.case_id or 0, ""),
        )
        for entry in page
    )
    write_csv(out, HEADER, rows)
    since, until = (form.cleaned_data[key] for key in ("since", "until"))
    event = JournalExported(
        subject_id=request.access.municipality_id,
        since=f"{since:%d.%m.%Y}" if since else "",
        until=f"{until:%d.%m.%Y}" if until else "",
        ending="csv",
        events=len(page),
        reads=0,
    )
    access = request.access.under(Permission.JOURNAL)
    with transaction.atomic():
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('Журнал.csv')}"
    return response


@whole_journal
def reads(request: DeskRequest) -> HttpResponse:
    found = reads_of(request.access.municipality_id, before=_before(request))
    page = list(found[: PAGE + 1])
    numbers = numbers_of(request.access, {pk for read in page for pk in read.case_ids})
    rows = [
        {"read": read, "cases": [(pk, numbers[pk]) for pk in read.case_ids if pk in numbers]}
        for read in page[:PAGE]
    ]
    context = {"rows": rows, "tabs": tabs("desk:journal-reads"), **_paging(request, page)}
    return render(request, "desk/journal/reads.html", context)


@whole_journal
def seals(request: DeskRequest) -> HttpResponse:
    sealed, shown = sealed_entries(), list(last_seals(PAGE))
    too_many = sealed > AT_ONCE
    context = {
        "tabs": tabs("desk:journal-seals"),
        "sealed": sealed,
        "too_many": too_many,
        "last": shown[0] if shown else None,
        "verdict": verify() if request.method == "POST" and not too_many else None,
        "seals": shown,
    }
    return render(request, "desk/journal/seals.html", context)


def _before(request: DeskRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _paging(request: DeskRequest, page: list[Any]) -> dict[str, str]:
    query = request.GET.copy()
    query.pop("before", None)
    first = f"{request.path}?{query.urlencode()}" if _before(request) else ""
    if len(page) <= PAGE:
        return {"next_url": "", "first_url": first}
    query["before"] = str(page[PAGE - 1].id)
    return {"next_url": f"{request.path}?{query.urlencode()}", "first_url": first}

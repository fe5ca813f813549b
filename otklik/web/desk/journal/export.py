"""The journal of a period as a file: events and reads of personal data, itself noted."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.db import transaction
from django.http import HttpResponse
from xlsxwriter import Workbook

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.base.tables import write_csv
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record
from otklik.records.journal.events import JournalExported
from otklik.records.journal.models import Entry, PersonalRead
from otklik.records.journal.queries import reads_of, recent
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.journal.asking import numbers_of
from otklik.web.desk.journal.tabs import tabs
from otklik.web.desk.journal.whole import whole_journal

MOST = 50_000
"""Lines of a kind in one file."""
HEADER = ("Вид", "Когда", "Кто", "Что", "Обращения", "Номер записи")
WIDTHS = (12, 20, 36, 90, 30, 14)
ENDINGS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Line = tuple[str, str, str, str, str, int]


class ExportForm(forms.Form):
    since = forms.DateField(label="С", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label="По", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    what = forms.ChoiceField(
        label="Что выгрузить",
        choices=[
            ("all", "события и просмотры персональных данных"),
            ("events", "только события"),
            ("reads", "только просмотры персональных данных"),
        ],
    )
    ending = forms.ChoiceField(label="Вид файла", choices=[("xlsx", "XLSX"), ("csv", "CSV")])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", "Конец периода раньше начала. Поменяйте дни местами.")
        return values


@whole_journal
def export(request: DeskRequest) -> HttpResponse:
    """Form by GET, file by POST (ust-kubinsky:4.6.a.2)."""
    today = clock.today(request.municipality.tz)
    start = {"since": today.replace(day=1), "until": today, "what": "all", "ending": "xlsx"}
    form = ExportForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, **form.cleaned_data)
        except Refused as error:
            form.add_error("since", f"{error.message} {error.mend}")
    context = {"form": form, "tabs": tabs("desk:journal-export")}
    return render(request, "desk/journal/export.html", context)


@transaction.atomic
def _file(
    request: DeskRequest, *, since: date, until: date, what: str, ending: str
) -> HttpResponse:
    zone, access = request.municipality.tz, request.access.under(Permission.JOURNAL)
    begin = datetime.combine(since, time(), tzinfo=zone)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
    events: list[Entry] = []
    reads: list[PersonalRead] = []
    if what != "reads":
        found = recent(access.municipality_id)
        events = _whole(found.filter(recorded_at__gte=begin, recorded_at__lt=end))
    if what != "events":
        seen = reads_of(access.municipality_id)
        reads = _whole(seen.filter(read_at__gte=begin, read_at__lt=end))
    lines = _lines(request, events, reads)
    event = JournalExported(
        subject_id=access.municipality_id,
        since=f"{since:%d.%m.%Y}",
        until=f"{until:%d.%m.%Y}",
        ending=ending,
        events=len(events),
        reads=len(reads),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    content = _xlsx(lines) if ending == "xlsx" else _csv(lines)
    response = HttpResponse(content, content_type=ENDINGS[ending])
    name = quote(f"Журнал {since:%d.%m.%Y}–{until:%d.%m.%Y}.{ending}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _whole(found: Any) -> list[Any]:
    rows = list(found[: MOST + 1])
    if len(rows) > MOST:
        raise Refused(
            f"За этот период больше {MOST} записей.", "Возьмите период короче и выгрузите частями."
        )
    return rows


def _lines(
    request: DeskRequest, events: Sequence[Entry], reads: Sequence[PersonalRead]
) -> list[Line]:
    zone = request.municipality.tz
    cases = {one.case_id for one in events if one.case_id}
    cases |= {pk for one in reads for pk in one.case_ids}
    numbers = numbers_of(request.access, cases)

    def moment(at: datetime) -> str:
        return f"{at.astimezone(zone):%d.%m.%Y %H:%M:%S}"

    done = [
        ("событие", moment(one.recorded_at), one.who, one.sentence,
         numbers.get(one.case_id or 0, ""), one.pk)
        for one in events
    ]  # fmt: skip
    seen = [
        ("просмотр", moment(one.read_at), one.actor_label, one.purpose,
         ", ".join(numbers[pk] for pk in one.case_ids if pk in numbers), one.pk)
        for one in reads
    ]  # fmt: skip
    return done + seen


def _csv(lines: Iterable[Line]) -> bytes:
    out = io.StringIO()
    write_csv(out, HEADER, lines)
    return out.getvalue().encode()


def _xlsx(lines: Sequence[Line]) -> bytes:
    out = io.BytesIO()
    # Text stays text: a sentence that begins with «=» must not become a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    sheet, bold = book.add_worksheet("Журнал"), book.add_format({"bold": True})
    for column, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    for number, line in enumerate(lines, 1):
        sheet.write_row(number, 0, line)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(HEADER) - 1)
    book.close()
    return out.getvalue()

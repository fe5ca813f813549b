"""The executor's own page: what came to him, until when, what came of it; the same as a file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import xlsxwriter
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.base.tables import write_csv
from otklik.casework.replies.queries import (
    RegisterRow,
    RegisterWanted,
    proposals,
    register_counts,
    register_page,
    register_rows,
)
from otklik.casework.replies.queries.register import STATES
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50
HEADER = (
    "Номер", "Канал", "Поступило", "Передано исполнителю", "Срок", "Рассмотрено", "Исполнитель",
    "Участие", "Заявитель", "Вопрос", "Тема", "Место", "Состояние", "Результат",
    "Причина", "Меры приняты",
)  # fmt: skip
WIDTHS = (12, 14, 11, 11, 11, 11, 26, 14, 26, 60, 26, 26, 18, 16, 30, 10)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RegisterForm(forms.Form):
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "любое"), *STATES])
    since = forms.DateField(
        label="Передано с", required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(label="по", required=False, widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "Конец раньше начала: поменяйте дни местами.")
        return given


@require_GET
@desk(Permission.DRAFT)
def register(request: DeskRequest) -> HttpResponse:
    form, wanted, query = _asked(request)
    rows, after = register_page(
        request.access, wanted, cursor=request.GET.get("page", ""), limit=PAGE
    )
    seen = [row.appeal_id for row in rows if row.personal]
    if seen:
        _note(request, seen, "реестр исполнителя")
    counts = register_counts(request.access)
    page = reverse("desk:executor")
    context = {
        "form": form,
        "rows": rows,
        "tiles": [(label, counts[key], f"{page}?state={key}", key) for key, label in STATES],
        "filtered": bool(query),
        "next_url": f"?{urlencode({**query, 'page': after})}" if after else "",
        "first_url": f"?{urlencode(query)}" if request.GET.get("page") else "",
        "file_url": f"{reverse('desk:executor_file')}?{urlencode(query)}",
        "proposals": list(proposals(request.access)[:5]),
    }
    return render(request, "desk/executor/register.html", context)


@require_GET
@desk(Permission.DRAFT)
def file(request: DeskRequest) -> HttpResponse:
    """The whole register by the same filter: `form=xlsx` (usual) or `form=csv`."""
    form, wanted, _ = _asked(request)
    if not form.is_valid():
        raise Refused("Отбор задан неверно.", "Исправьте дни на странице и выгрузите снова.")
    ending = "csv" if request.GET.get("form") == "csv" else "xlsx"
    rows = list(register_rows(request.access, wanted))
    seen = [row.appeal_id for row in rows if row.personal]
    if seen:
        _note(request, seen, "выгрузка реестра исполнителя")
    zone = request.municipality.tz
    lines = [_line(row, zone) for row in rows]
    content = _csv(lines) if ending == "csv" else _xlsx(lines)
    kind = "text/csv; charset=utf-8" if ending == "csv" else XLSX
    response = HttpResponse(content, content_type=kind)
    today = clock.now().astimezone(zone).date()
    response["Content-Disposition"] = f'attachment; filename="reestr-{today}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: DeskRequest) -> tuple[RegisterForm, RegisterWanted, dict[str, str]]:
    form = RegisterForm(request.GET)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    wanted = RegisterWanted(
        state=given.get("state", ""), since=given.get("since"), until=given.get("until")
    )
    query = {name: str(value) for name, value in given.items() if value}
    return form, wanted, query


def _note(request: DeskRequest, ids: list[int], purpose: str) -> None:
    record_read(
        sorted(set(ids)),
        actor=request.access.actor,
        municipality_id=request.access.municipality_id,
        purpose=purpose,
    )


def _line(row: RegisterRow, zone: ZoneInfo) -> tuple[str | date, ...]:
    return (
        row.number,
        row.channel,
        _day(row.received_at, zone),
        _day(row.assigned_at, zone),
        _day(row.due_at, zone),
        _day(row.answered_at, zone),
        row.body,
        row.role,
        row.applicant,
        row.question,
        row.topic,
        row.place,
        row.state,
        row.result,
        row.cause,
        "да" if row.measures_taken else "",
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | str:
    return moment.astimezone(zone).date() if moment else ""


def _csv(lines: Iterable[tuple[str | date, ...]]) -> bytes:
    out = io.StringIO()
    write_csv(
        out,
        HEADER,
        ([f"{v:%d.%m.%Y}" if isinstance(v, date) else v for v in line] for line in lines),
    )
    return out.getvalue().encode()


def _xlsx(lines: Iterable[tuple[str | date, ...]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Реестр")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        for column, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, width)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value:
                    sheet.write_string(number, column, value, plain)
        sheet.freeze_panes(1, 1)
    return out.getvalue()

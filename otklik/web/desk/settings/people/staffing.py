"""Staff from a table: a look at what would come of it, then the import itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django import forms
from django.http import HttpResponse

from otklik.base import clock
from otklik.directory.organisation.actions.staffing import StaffRow, import_staff
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done, organiser

LARGEST = 5 * 1024 * 1024


class StaffForm(forms.Form):
    """The table with people."""

    file = forms.FileField(
        label="Таблица",
        help_text=(
            "XLSX или CSV до 5 МБ. Столбцы: ФИО, Должность, Орган, Роли, E-mail, С даты. "
            "Несколько ролей разделите точкой с запятой."
        ),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("Файл больше 5 МБ. Разделите его на части.")
        return file


@organiser
def staff_import(request: DeskRequest) -> HttpResponse:
    form = StaffForm(request.POST or None, request.FILES or None)
    dry_run = "import" not in request.POST
    found: list[StaffRow] = []
    read = (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: found.extend(_take(request, form, dry_run)))
    )
    context = {
        "form": form,
        "read": read,
        "dry_run": dry_run,
        "rows": found,
        "made": sum(row.made for row in found),
        "known": sum(row.known for row in found),
        "wrong": sum(bool(row.problems) for row in found),
    }
    trail = crumbs(("Сотрудники и назначения", "people"), ("Загрузка из таблицы", ""))
    return render(request, "desk/settings/people/staff_import.html", context, crumbs=trail)


def _take(request: DeskRequest, form: StaffForm, dry_run: bool) -> list[StaffRow]:
    sent = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile(suffix=Path(sent.name).suffix) as kept:
        for piece in sent.chunks():
            kept.write(piece)
        kept.flush()
        return import_staff(
            access=request.access,
            path=Path(kept.name),
            name=sent.name,
            today=clock.today(request.municipality.tz),
            dry_run=dry_run,
        )

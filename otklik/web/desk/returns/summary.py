"""The consolidated table of all bodies, on the page and as a file."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import Forbidden, NotFound
from otklik.coordination.returns import queries
from otklik.coordination.returns.models import Return, ReturnForm
from otklik.web.desk.frame import DeskRequest, desk, render

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_GET
@desk()
def summary(request: DeskRequest, pk: int) -> HttpResponse:
    form, periods, chosen = _asked(request, pk)
    found, handed = queries.summary_of(form, chosen.period if chosen else "")
    links = [reverse("desk:return", args=[one.return_id]) for one in handed]
    rows = found.main.rows
    period = urlencode({"period": chosen.period}) if chosen else ""
    context = {
        "form": form,
        "span": chosen.span if chosen else "",
        "periods": [(one.span, f"?period={one.period}", one == chosen) for one in periods],
        "columns": found.main.columns,
        "rows": list(zip(links, rows, strict=False)),
        "total": rows[-1],
        "tables": found.tables,
        "missing": found.missing,
        "unconfirmed": found.unconfirmed,
        "files": [
            (ending.upper(), f"{reverse('desk:return_summary_file', args=[pk, ending])}?{period}")
            for ending in KINDS
        ]
        if chosen
        else [],
    }
    trail = [
        ("Отчёты", reverse("desk:returns")),
        ("Формы и своды", reverse("desk:return_forms")),
        (str(form), ""),
    ]
    return render(request, "desk/returns/summary.html", context, crumbs=trail)


@require_GET
@desk()
def summary_file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    # Writers of documents load slowly: only those who write wait for them.
    from otklik.coordination.returns.writers import summary_docx, summary_xlsx

    form, _, chosen = _asked(request, pk)
    if chosen is None or ending not in KINDS:
        raise NotFound("Такого файла нет.", "Вернитесь к своду.")
    found, _ = queries.summary_of(form, chosen.period)
    if ending == "xlsx":
        content = summary_xlsx(found)
    else:
        content = summary_docx(found, title=form.title, period=chosen.span)
    response = HttpResponse(content, content_type=KINDS[ending])
    name = quote(f"{form.title}, {chosen.span}.{ending}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _asked(request: DeskRequest, pk: int) -> tuple[ReturnForm, list[Return], Return | None]:
    """The form, its periods and the one asked for, else the newest."""
    if not queries.may_decide(request.access):
        raise Forbidden("Свод видит руководитель центра.", "Откройте свои отчёты.")
    form = queries.form_of(request.municipality.pk, pk)
    periods = queries.periods_of(form)
    asked = request.GET.get("period", "")
    chosen = next((one for one in periods if one.period == asked), None)
    return form, periods, chosen or (periods[0] if periods else None)

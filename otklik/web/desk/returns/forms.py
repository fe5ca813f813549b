"""Forms of reports: sections and fields, term, bodies."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import Forbidden, OtklikError
from otklik.coordination.returns import actions, queries
from otklik.coordination.returns.actions import NewForm
from otklik.coordination.returns.models import ReturnForm
from otklik.coordination.returns.vocabulary import TERMS, Counted, FieldKind
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.returns.lists import tabs
from otklik.web.look.toasts import toast

COLUMNS = ("key", "section", "label", "kind", "options", "counted")
SPARE_ROWS = 4


@require_GET
@desk()
def forms_list(request: DeskRequest) -> HttpResponse:
    if not queries.may_decide(request.access):
        raise Forbidden("Формы отчётов ведёт руководитель центра.", "Откройте свои отчёты.")
    context = {
        "tabs": tabs("return_forms"),
        "rows": queries.forms(request.municipality.pk),
        "keeps": request.access.allows(Permission.INSTRUCT),
    }
    return render(request, "desk/returns/forms.html", context)


@desk(Permission.INSTRUCT)
def form_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@desk(Permission.INSTRUCT)
def form_edit(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, queries.form_of(request.municipality.pk, pk))


def _edit(request: DeskRequest, form: ReturnForm | None) -> HttpResponse:
    request.access.require(Permission.INSTRUCT)
    new, error = _stored(form), ""
    if request.method == "POST":
        new = _typed(request)
        try:
            saved = actions.save_form(
                access=request.access, new=new, form_id=form.pk if form else None
            )
        except OtklikError as refusal:
            error = f"{refusal.message} {refusal.mend}".strip()
        else:
            toast(request, f"Форма «{saved}» сохранена")
            return redirect("desk:return_form", saved.pk)
    context = {
        "form": form,
        "new": new,
        "error": error,
        "rows": [*new.rows, *({} for _ in range(SPARE_ROWS))],
        "kinds": FieldKind.choices,
        "counted": Counted.choices,
        "terms": TERMS,
        "bodies": [(body, body.pk in new.body_ids) for body in bodies(request.municipality.pk)],
    }
    name = str(form) if form else "Новая форма"
    trail = [
        ("Отчёты", reverse("desk:returns")),
        ("Формы и своды", reverse("desk:return_forms")),
        (name, ""),
    ]
    status = 422 if error else 200
    return render(request, "desk/returns/form.html", context, crumbs=trail, status=status)


def _stored(form: ReturnForm | None) -> NewForm:
    if form is None:
        return NewForm(title="", recurrence="monthly", due_days=5, rows=[], body_ids=[])
    rows: list[dict[str, Any]] = [
        {**one.plain(), "options": "; ".join(one.options)} for one in form.parts()
    ]
    return NewForm(
        title=form.title,
        recurrence=form.recurrence,
        due_days=form.due_days,
        rows=rows,
        body_ids=list(form.bodies.values_list("pk", flat=True)),
        is_active=form.is_active,
    )


def _typed(request: DeskRequest) -> NewForm:
    """Rows come as equally long lists of their columns; a shorter list drops the rest."""
    sent = request.POST
    columns = [sent.getlist(name) for name in COLUMNS]
    days = sent.get("due_days", "").strip()
    return NewForm(
        title=sent.get("title", ""),
        recurrence=sent.get("recurrence", ""),
        due_days=int(days) if days.isdecimal() and len(days) < 5 else -1,
        rows=[dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=False)],
        body_ids=[int(pk) for pk in sent.getlist("bodies") if pk.isdecimal()],
        is_active="is_active" in sent,
    )

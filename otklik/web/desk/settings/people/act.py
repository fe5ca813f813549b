"""One act of the library: what it is, and where the work of the centre refers to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.queries import rules_of
from otklik.casework.replies.queries.citing import replies_citing, templates_citing
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.actions.library import LEGAL_ACT
from otklik.directory.organisation.models import LegalAct
from otklik.directory.organisation.queries.duties import names_act
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.centre import LegalActForm
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast

SHOWN = 50
FIELDS = (
    "level", "title", "number", "issued_on", "issuer", "edition", "in_force_from",
    "in_force_until", "url", "note",
)  # fmt: skip


@desk()
def legal_act(request: DeskRequest, pk: int) -> HttpResponse:
    """Open to every participant; changed by those who set up or organise."""
    access = request.access
    act = queries.own(access, LegalAct, pk)
    keeps = access.allows(Permission.SET_UP) or access.allows(Permission.ORGANISE)
    if request.method == "POST" and not keeps:
        raise Forbidden("Библиотеку ведёт администратор центра.", "Попросите его исправить акт.")
    form = LegalActForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(act, name) for name in FIELDS},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: actions.change_legal_act(access=access, act_id=pk, **form.act()))
    ):
        toast(request, "Сведения об акте изменены")
        return redirect("desk:legal_act", pk)
    sees = access.may(Permission.VIEW_APPEALS)
    context = {
        "act": act,
        "in_force": act.in_force(clock.today(request.municipality.tz)),
        "file": files_of(LEGAL_ACT, [act.pk]).last(),
        "form": form if keeps else None,
        "sets_up": access.allows(Permission.SET_UP),
        "rules": _rules(act),
        "templates": templates_citing(act)[:SHOWN],
        "replies": replies_citing(access, act)[:SHOWN] if sees else [],
        "shown": SHOWN,
    }
    crumbs = [("Библиотека актов", reverse("desk:library")), (f"№\u00a0{act.number}", "")]
    return render(request, "desk/settings/people/act.html", context, crumbs=crumbs)


def _rules(act: LegalAct) -> list[DeadlineRule]:
    """Rules of terms whose ground names the act."""
    found = rules_of(act.municipality_id)
    return [one for one in found if names_act(f"{one.article} {one.edition}", act)]

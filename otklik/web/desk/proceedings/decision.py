"""Taking one decision: what it rests on, the fields it needs, the notice before it goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import Forbidden, OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import card
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.queries import (
    check_of,
    ground_for,
    is_served,
    local_day,
    notice_preview,
)
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.rules.notice import blanks_of
from otklik.casework.proceedings.vocabulary import CLOSING, Verb
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.proceedings.form import DecisionForm
from otklik.web.look.toasts import toast

DONE = {
    Verb.FORWARD: "Направлено",
    Verb.REQUEST: "Запрос отправлен",
    Verb.MATERIALS: "Материалы приобщены",
    Verb.READ_FILE: "Ознакомление записано",
}


@desk(Permission.VIEW_APPEALS)
def decision(request: DeskRequest, pk: int, slug: str) -> HttpResponse:
    """GET shows the form, POST with `next=preview` the notice, else the decision is taken."""
    case = card(request.access, pk)
    ground = ground_for(case, slug)
    if not request.access.allows(
        ground.permission, body_id=case.executor_body_id, channel=case.channel
    ):
        raise Forbidden(
            f"У вас нет права решать по {ground.named}.",
            "Передайте обращение тому, кто принимает такие решения.",
        )
    form = _form(request, case, ground)
    previewed = ""
    if request.method == "POST" and form.is_valid():
        try:
            if _wants_notice(case, ground) and request.POST.get("next") == "preview":
                previewed = _preview(request, case, ground, form)
            else:
                _act(request, case, ground, form)
                toast(request, _said(ground))
                return redirect("desk:appeal", pk)
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
    failed = request.method == "POST" and not previewed
    return _page(request, case, ground, form, previewed, 422 if failed else 200)


def _form(request: DeskRequest, case: Appeal, ground: GroundTerms) -> DecisionForm:
    last = ground.last_day(local_day(case, case.registered_at or case.received_at))
    counted = ground.verb != Verb.REQUEST and last is not None
    return DecisionForm(
        request.POST or None,
        request.FILES or None,
        ground=ground,
        case=case,
        bodies=list(bodies(case.municipality_id)),
        late=counted and last is not None and clock.today(case.municipality.tz) > last,
    )


def _wants_notice(case: Appeal, ground: GroundTerms) -> bool:
    return ground.notice and is_served(case)


def _preview(request: DeskRequest, case: Appeal, ground: GroundTerms, form: DecisionForm) -> str:
    asked = form.given().asked()
    facts = check_of(request.access, case, ground, asked)
    return notice_preview(case, ground, blanks_of(facts, asked))


def _act(request: DeskRequest, case: Appeal, ground: GroundTerms, form: DecisionForm) -> None:
    """One action by the verb of the ground."""
    known = form.cleaned_data
    access: Any = request.access
    if ground.verb == Verb.FORWARD:
        actions.forward(
            access=access,
            appeal_id=case.pk,
            transfers=form.transfers(),
            given=form.given(request.POST.get("notice_text", "")),
            slug=ground.slug,
        )
    elif ground.verb == Verb.REQUEST:
        body = known["body"]
        actions.request_documents(
            access=access,
            appeal_id=case.pk,
            what=known["what"],
            reason=known["reason"],
            body_id=int(body) if body else None,
            addressee=known["addressee"],
            email=known["email"],
            days=known["days"],
        )
    elif ground.verb == Verb.MATERIALS:
        files = [(one.name or "файл", one.read()) for one in known["files"]]
        actions.add_materials(access=access, appeal_id=case.pk, text=known["text"], files=files)
    elif ground.verb == Verb.READ_FILE:
        names = ("reader", "document", "shown", "withheld")
        actions.let_read_file(
            access=access, appeal_id=case.pk, **{name: known[name] for name in names}
        )
    else:
        given = form.given(request.POST.get("notice_text", ""))
        actions.decide(access=access, appeal_id=case.pk, slug=ground.slug, given=given)


def _said(ground: GroundTerms) -> str:
    return f"{DONE.get(Verb(ground.verb), 'Решение принято')}: {ground.named}"


def _page(
    request: DeskRequest,
    case: Appeal,
    ground: GroundTerms,
    form: DecisionForm,
    previewed: str,
    status: int,
) -> HttpResponse:
    registered = local_day(case, case.registered_at or case.received_at)
    counted = ground.verb not in (Verb.REQUEST, Verb.RESUME)
    typed = request.POST.get("notice_text", "")
    context = {
        "case": case,
        "ground": ground,
        "form": form,
        "verb": Verb(ground.verb).label,
        "decides": ground.verb in CLOSING,
        "last_day": ground.last_day(registered) if counted else None,
        "noticed": _wants_notice(case, ground),
        "nowhere": ground.notice and not is_served(case),
        "previewed": previewed,
        "notice_text": previewed or typed,
    }
    crumbs = [
        ("Обращения", reverse("desk:appeals")),
        (str(case), reverse("desk:appeal", args=[case.pk])),
        (ground.article, ""),
    ]
    return render(request, "desk/proceedings/decision.html", context, crumbs=crumbs, status=status)

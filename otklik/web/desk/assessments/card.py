"""One assessment: what was counted, conclusions, recommendations, approval, publication."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments import actions, queries
from otklik.insight.assessments.vocabulary import EDITED, Kind, Sort, State, Step
from otklik.language.wording import period_words
from otklik.web.desk.assessments import shapes
from otklik.web.desk.attached import paper_file
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


class AdviceForm(forms.Form):
    sort = forms.ChoiceField(label="О чём", choices=Sort.choices)
    body = forms.ChoiceField(label="Кому", required=False)
    text = forms.CharField(label="Рекомендация", widget=forms.Textarea({"rows": 3}))
    ground = forms.CharField(label="На чём основана", required=False, max_length=500)
    due_on = forms.DateField(
        label="Исполнить до", required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, municipality_id: int) -> None:
        super().__init__()
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "всем органам"),
            *((body.pk, str(body)) for body in bodies(municipality_id)),
        ]


@require_GET
@desk(Permission.VIEW_APPEALS)
def assessment(request: DeskRequest, pk: int) -> HttpResponse:
    access = request.access
    one = queries.assessment_of(access, pk)
    today = clock.today(request.municipality.tz)
    edits = one.state in EDITED and queries.may_make(access)
    heads = queries.may_approve(access)
    leads = heads or queries.may_make(access)
    advice = list(queries.advice_of(access, one))
    context = {
        "one": one,
        "state": shapes.state_of(one),
        "period": period_words(one.since, one.until),
        **shapes.content_of(one),
        "edits": edits,
        "decides": heads and one.state == State.SENT,
        "publishes": heads and one.state == State.APPROVED,
        "gives": heads and one.state == State.PUBLISHED,
        "sends": one.kind == Kind.DUTIES
        and queries.may_make(access)
        and one.state in (State.DRAFT, State.PUBLISHED),
        "advice": [
            {
                **shapes.advice_row(row, today),
                "follows": one.state == State.PUBLISHED
                and (leads or queries.answers_for(access, row)),
            }
            for row in advice
        ],
        "advice_form": AdviceForm(request.municipality.pk) if edits else None,
        "next_steps": [(step.value, step.label) for step in Step if step != Step.PLANNED],
        "versions": list(queries.versions_of(access, one)),
        "decisions": queries.decisions_of(one),
        "parts": list(one.parts.select_related("body").defer("content"))
        if one.kind == Kind.DUTIES
        else [],
    }
    crumbs = [("Оценки", reverse("desk:assessments")), (one.get_kind_display(), "")]
    template = f"desk/assessments/{one.kind}.html"
    return render(request, template, context, crumbs=crumbs)


@require_POST
@desk(Permission.VIEW_APPEALS)
def steps(request: DeskRequest, pk: int) -> HttpResponse:
    """What is done with an assessment, by the name of the button."""
    try:
        said = _STEPS[request.POST.get("step", "")](request, pk)
    except KeyError:
        toast(request, "Не выбрано действие", level=messages.ERROR)
    except NotFound:
        raise
    except OtklikError as error:
        toast(request, f"{error} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:assessment", pk)


def _words(request: DeskRequest, pk: int) -> str:
    text = request.POST.get("words", "")
    actions.write_words(access=request.access, assessment_id=pk, text=text)
    return "Выводы сохранены"


def _advise(request: DeskRequest, pk: int) -> str:
    body = request.POST.get("body", "")
    sort = request.POST.get("sort", "")
    actions.recommend(
        access=request.access,
        assessment_id=pk,
        sort=Sort(sort) if sort in Sort.values else Sort.PRIORITY,
        text=request.POST.get("text", ""),
        body_id=int(body) if body.isdigit() else None,
        ground=request.POST.get("ground", ""),
        due_on=_day(request, "due_on"),
    )
    return "Рекомендация добавлена"


def _take_back(request: DeskRequest, pk: int) -> str:
    actions.take_back(access=request.access, recommendation_id=_number(request, "advice"))
    return "Рекомендация удалена"


def _send(request: DeskRequest, pk: int) -> str:
    actions.send_for_approval(access=request.access, assessment_id=pk)
    return "Отправлено на утверждение"


def _approve(request: DeskRequest, pk: int) -> str:
    actions.decide(access=request.access, assessment_id=pk, approve=True)
    return "Оценка утверждена"


def _return(request: DeskRequest, pk: int) -> str:
    remark = request.POST.get("remark", "")
    actions.decide(access=request.access, assessment_id=pk, approve=False, remark=remark)
    return "Оценка возвращена на доработку"


def _publish(request: DeskRequest, pk: int) -> str:
    actions.publish(access=request.access, assessment_id=pk)
    return "Оценка опубликована, участники извещены"


def _give(request: DeskRequest, pk: int) -> str:
    actions.give_task(access=request.access, recommendation_id=_number(request, "advice"))
    return "Поручение дано"


_STEPS = {
    "words": _words,
    "advise": _advise,
    "take_back": _take_back,
    "send": _send,
    "approve": _approve,
    "return": _return,
    "publish": _publish,
    "give": _give,
}


@require_POST
@desk(Permission.VIEW_APPEALS)
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """Mark how far a recommendation has come; back to where the mark was made."""
    step = request.POST.get("state", "")
    try:
        if step not in Step.values:
            raise Refused("Не выбрано состояние.", "Выберите его из списка.")
        found = actions.follow(
            access=request.access,
            recommendation_id=pk,
            step=Step(step),
            comment=request.POST.get("comment", ""),
        )
    except NotFound:
        raise
    except OtklikError as error:
        toast(request, f"{error} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:assessment_advice")
    toast(request, "Отмечено")
    return redirect("desk:assessment", found.assessment_id)


@require_POST
@desk(Permission.REPORT)
def sending(request: DeskRequest, pk: int) -> HttpResponse:
    """Send parts to the chosen recipients, or to all."""
    chosen = [int(one) for one in request.POST.getlist("body") if one.isdigit()]
    try:
        sent = actions.send_parts(
            access=request.access,
            assessment_id=pk,
            body_ids=chosen or None,
            answer_by=_day(request, "answer_by"),
        )
    except NotFound:
        raise
    except OtklikError as error:
        toast(request, f"{error} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Направлено частей: {len(sent)}")
    return redirect("desk:assessment", pk)


@require_GET
@desk(Permission.VIEW_APPEALS)
def file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    one = queries.assessment_of(request.access, pk)
    paper = queries.paper_of(one, queries.advice_of(request.access, one))
    stem = f"ocenka-{one.kind}-{one.since}-{one.until}-{one.version}"
    return paper_file(paper, ending, stem=stem, made_at=one.made_at)


def _day(request: DeskRequest, name: str) -> date | None:
    raw = request.POST.get(name, "").strip()
    try:
        found = parse_date(raw) if raw else None
    except ValueError:
        found = None
    if raw and found is None:
        raise Refused("Такой даты нет.", "Выберите день в календаре.")
    return found


def _number(request: DeskRequest, name: str) -> int:
    raw = request.POST.get(name, "")
    return int(raw) if raw.isdigit() else 0

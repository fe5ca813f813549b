"""One finding with its recommendations, and a new conflict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import NotFound, OtklikError
from otklik.base.given import day_given
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.casework.quality import actions, queries
from otklik.casework.quality.models import Finding
from otklik.casework.quality.vocabulary import AdviceState, ConflictKind, FindingState
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.quality.registers import ADVICE_SHAPES, SHAPES
from otklik.web.look.toasts import toast

_ROWS = forms.Textarea({"rows": 2})


class ConflictForm(forms.Form):
    """What a conflict is made of (dedovichi:7.3): parties, appeal, cause, measure, outcome."""

    kind = forms.ChoiceField(label="Вид", choices=ConflictKind.choices)
    number = forms.CharField(label="Номер обращения, если есть", required=False, max_length=40)
    body = forms.ChoiceField(label="Орган", required=False)
    parties = forms.CharField(label="Стороны", max_length=500)
    happened_on = forms.DateField(
        label="Когда", required=False, widget=forms.DateInput({"type": "date"})
    )
    cause = forms.CharField(label="Причина", required=False, widget=_ROWS)
    consequence = forms.CharField(label="Последствия", required=False, widget=_ROWS)
    measure = forms.CharField(label="Принятая мера", required=False, widget=_ROWS)
    outcome = forms.CharField(label="Чем закончилось", required=False, widget=_ROWS)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        own = [(body.pk, str(body)) for body in bodies(request.municipality.pk)]
        field.choices = [("", "исполнитель обращения"), *own]

    def conflict(self, request: DeskRequest) -> actions.NewConflict:
        """Raises NotFound when there is no case of that number."""
        given = dict(self.cleaned_data)
        number, body = given.pop("number").strip().lstrip("№ "), given.pop("body")
        return actions.NewConflict(
            **given,
            appeal_id=_case(request, number) if number else None,
            body_id=int(body) if body else None,
        )


@require_GET
@desk()
def finding(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.finding_of(request.access, pk)
    keeps = request.access.allows(Permission.QUALITY, body_id=found.body_id)
    context = {
        "one": found,
        "shape": SHAPES[FindingState(found.state)],
        "facts": _facts(found),
        "words": _words(request, found),
        "advice": [(a, ADVICE_SHAPES[AdviceState(a.state)]) for a in found.advice.all()],
        "keeps": keeps,
        "follows": keeps or request.access.allows(Permission.CONTROL, body_id=found.body_id),
        "states": FindingState.choices,
        "advice_states": AdviceState.choices,
        "bodies": bodies(request.municipality.pk) if keeps else [],
    }
    back = f"{reverse('desk:quality')}?sort={found.sort}"
    trail = [("Качество", back), (str(found), "")]
    return render(request, "desk/quality/finding.html", context, crumbs=trail)


@desk(Permission.QUALITY)
def conflict_new(request: DeskRequest) -> HttpResponse:
    start = {"number": request.GET.get("number", "")}
    form = ConflictForm(request, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_conflict(access=request.access, new=form.conflict(request))
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Конфликт зарегистрирован")
            return redirect("desk:finding", made.pk)
    trail = [("Качество", f"{reverse('desk:quality')}?sort=conflict"), ("Новый конфликт", "")]
    return render(request, "desk/quality/conflict.html", {"form": form}, crumbs=trail)


@require_POST
@desk(Permission.QUALITY)
def settlement(request: DeskRequest, pk: int) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("state", "outcome", "cause", "measure")}
    return _step(request, pk, "Сохранено", actions.settle, finding_id=pk, **given)


@require_POST
@desk(Permission.QUALITY)
def advice_new(request: DeskRequest, pk: int) -> HttpResponse:
    body = request.POST.get("body", "")
    return _step(
        request,
        pk,
        "Рекомендация дана",
        actions.recommend,
        finding_id=pk,
        text=request.POST.get("text", ""),
        body_id=int(body) if body.isdecimal() else None,
        due_on=day_given(request.POST.get("due_on", "")),
    )


@require_POST
@desk()
def advice_state(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        moved = actions.follow(
            access=request.access,
            advice_id=pk,
            state=request.POST.get("state", ""),
            comment=request.POST.get("comment", ""),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Рекомендация {moved.get_state_display()}")
    return redirect("desk:advice")


def _step(request: DeskRequest, pk: int, said: str, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(access=request.access, **given)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:finding", pk)


def _facts(found: Finding) -> list[tuple[str, str]]:
    every = [
        ("Орган", str(found.body or "Центр управления")),
        ("Кто допустил", found.person_label),
        ("Когда", f"{found.happened_on:%d.%m.%Y}"),
        ("Выявлено", f"{found.found_by}, {found.get_source_display()}"),
        ("Закрыто", found.settled_by),
    ]
    return [(label, value) for label, value in every if value]


def _words(request: DeskRequest, found: Finding) -> list[tuple[str, str]]:
    """What people wrote; data of citizens only for those who may see them."""
    open_ = request.access.allows(Permission.VIEW_PERSONAL, body_id=found.body_id)
    every = [
        ("Стороны", found.parties),
        ("Цитата", found.quote),
        ("Суть", found.essence),
        ("Причина", found.cause),
        ("Последствия", found.consequence),
        ("Принятая мера", found.measure),
        ("Чем закончилось", found.outcome),
    ]
    return [(label, text if open_ else for_work(text).text) for label, text in every if text]


def _case(request: DeskRequest, number: str) -> int:
    found = visible_appeals(request.access).filter(number=number).values_list("pk", flat=True)
    pk = found.first()
    if pk is None:
        raise NotFound(f"Обращения № {number} нет.", "Проверьте номер или оставьте поле пустым.")
    return pk

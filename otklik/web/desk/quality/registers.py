"""Registers of errors, missed terms and conflicts; proposals of the program; recommendations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import OtklikError
from otklik.base.given import cursor_of, day_key_given
from otklik.casework.quality import actions, queries
from otklik.casework.quality.models import Finding
from otklik.casework.quality.queries.registers import PAGE
from otklik.casework.quality.vocabulary import (
    KIND_CHOICES,
    KINDS,
    AdviceState,
    ConflictKind,
    FaultKind,
    FindingState,
    Sort,
)
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

SHAPES = {FindingState.OPEN: "danger", FindingState.MENDED: "done", FindingState.BEYOND: "closed"}
ADVICE_SHAPES = {
    AdviceState.GIVEN: "new",
    AdviceState.ACCEPTED: "work",
    AdviceState.DONE: "done",
    AdviceState.DECLINED: "off",
}
TITLES = {Sort.FAULT: "Ошибки в ответах", Sort.LATE: "Нарушения сроков", Sort.CONFLICT: "Конфликты"}
EMPTY = {
    Sort.FAULT: "Ошибку отмечают в карточке обращения, в блоке «Качество ответа».",
    Sort.LATE: "Пропущенные сроки попадают сюда сами, каждую ночь.",
    Sort.CONFLICT: "Зарегистрируйте конфликт кнопкой «Новый конфликт».",
}
_DAY = {"type": "date"}


class RegisterForm(forms.Form):
    kind = forms.ChoiceField(label="Вид", required=False)
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "любое"), *FindingState.choices]
    )
    body = forms.ChoiceField(label="Орган", required=False)
    since = forms.DateField(label="С", required=False, widget=forms.DateInput(_DAY))
    until = forms.DateField(label="по", required=False, widget=forms.DateInput(_DAY))

    def __init__(self, request: DeskRequest, sort: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("kind", KINDS[sort].choices)
        self._choices("body", [(body.pk, str(body)) for body in bodies(request.municipality.pk)])

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "любой"), *choices]


@require_GET
@desk(Permission.QUALITY)
def quality(request: DeskRequest) -> HttpResponse:
    asked = request.GET.get("sort", "")
    sort = Sort(asked) if asked in Sort.values else Sort.FAULT
    form = RegisterForm(request, sort, request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    body = given.get("body") or ""
    found = queries.findings(
        request.access,
        queries.Wanted(
            sort=sort,
            kind=given.get("kind") or "",
            state=given.get("state") or "",
            body_id=int(body) if body else None,
            since=given.get("since"),
            until=given.get("until"),
        ),
    )
    rows, following = page_of(found, request.GET.get("page", ""))
    pairs = {"sort": str(sort), **{key: str(value) for key, value in given.items() if value}}
    context = {
        "tabs": tabs(request, str(sort)),
        "sort": str(sort),
        "title": TITLES[sort],
        "empty_text": EMPTY[sort],
        "form": form,
        "chips": _chips(form, pairs),
        "rows": [(one, SHAPES[FindingState(one.state)]) for one in rows],
        "next_url": f"?{urlencode({**pairs, 'page': following})}" if following else "",
        "reset_url": f"?{urlencode({'sort': str(sort)})}",
    }
    return render(request, "desk/quality/register.html", context)


@require_GET
@desk(Permission.QUALITY)
def signals(request: DeskRequest) -> HttpResponse:
    found = list(queries.waiting_signals(request.access)[: PAGE + 1])
    context = {
        "tabs": tabs(request, "signals"),
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "faults": FaultKind.choices,
        "conflicts": ConflictKind.choices,
    }
    return render(request, "desk/quality/signals.html", context)


@require_GET
@desk()
def advice(request: DeskRequest) -> HttpResponse:
    """Also for those who control a body: what was recommended to it."""
    state = request.GET.get("state", "")
    found = list(queries.advice_list(request.access, state)[: 4 * PAGE])
    context = {
        "tabs": tabs(request, "advice") if request.access.may(Permission.QUALITY) else [],
        "rows": [(one, ADVICE_SHAPES[AdviceState(one.state)]) for one in found],
        "states": [
            (value, label, f"?{urlencode({'state': value})}", value == state)
            for value, label in AdviceState.choices
        ],
        "state": state,
        "choices": AdviceState.choices,
    }
    return render(request, "desk/quality/advice.html", context)


@require_POST
@desk(Permission.QUALITY)
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    """Confirm a signal as an error or a conflict, or dismiss it with a reason."""
    try:
        said = _decide(request, pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:signals")


def _decide(request: DeskRequest, pk: int) -> str:
    kind, essence = request.POST.get("kind", ""), request.POST.get("essence", "").strip()
    if request.POST.get("decision") == "dismiss":
        actions.dismiss(access=request.access, signal_id=pk, reason=essence)
        return "Сигнал отклонён"
    signal = queries.signals_for(request.access).select_related("appeal").filter(pk=pk).first()
    if kind in ConflictKind.values:
        conflict = actions.NewConflict(
            kind=kind,
            parties=f"заявитель — {(signal and signal.appeal.executor_body) or 'центр управления'}",
            cause=essence or (signal.text if signal else ""),
            appeal_id=signal.appeal_id if signal else None,
        )
        actions.confirm(access=request.access, signal_id=pk, new=conflict)
        return "Конфликт зарегистрирован"
    fault = actions.NewFault(
        kind=kind,
        essence=essence or (signal.text if signal else ""),
        reply_id=signal.reply_id if signal else None,
    )
    actions.confirm(access=request.access, signal_id=pk, new=fault)
    return "Ошибка отмечена"


def tabs(request: DeskRequest, active: str) -> list[dict[str, Any]]:
    """The registers, what waits for a decision, and the recommendations."""
    counts = queries.counts(request.access)
    base = reverse("desk:quality")
    found = [
        {
            "label": TITLES[sort],
            "url": f"{base}?{urlencode({'sort': str(sort)})}",
            "active": active == sort,
            "count": counts[sort],
        }
        for sort in Sort
    ]
    for key, label, name in (
        ("signals", "Сигналы", "desk:signals"),
        ("advice", "Рекомендации", "desk:advice"),
    ):
        tab = {"label": label, "url": reverse(name), "active": active == key, "count": counts[key]}
        found.append(tab)
    return found


def page_of(found: QuerySet[Finding], cursor: str) -> tuple[list[Finding], str]:
    """One page by key (day, id), and the cursor of the next one."""
    if after := day_key_given(cursor):
        older = found.filter(happened_on__lt=after[0])
        same = found.filter(happened_on=after[0], pk__lt=after[1])
        found = (older | same).order_by("-happened_on", "-pk")
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], cursor_of(last.happened_on, last.pk) if last else ""


def _chips(form: RegisterForm, pairs: dict[str, str]) -> list[dict[str, str]]:
    names = {**dict(KIND_CHOICES), **dict(FindingState.choices)}
    body = form.fields["body"]
    assert isinstance(body, forms.ChoiceField)
    every: Any = body.choices
    labels = {str(key): str(label) for key, label in every}
    found = []
    for key, value in pairs.items():
        if key == "sort":
            continue
        shown = labels.get(value, value) if key == "body" else str(names.get(value, value))
        rest = {name: kept for name, kept in pairs.items() if name != key}
        title = str(form.fields[key].label)
        found.append({"label": f"{title}: {shown}", "url": f"?{urlencode(rest)}"})
    return found

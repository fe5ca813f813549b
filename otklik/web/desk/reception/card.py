"""One visit and its card of reception."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.classification.queries import topics_offered
from otklik.casework.reception import actions, queries
from otklik.casework.reception.models import Card, Visit
from otklik.casework.reception.vocabulary import Outcome, VisitState
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reception.booking import slots_of
from otklik.web.desk.reception.shown import HIDDEN, SHAPES, log, sees
from otklik.web.desk.registration.forms import ManyFilesField
from otklik.web.look.toasts import toast

SHOWN_BLOCKS = 3
TOPICS = 2000


class QuestionForm(forms.Form):
    text = forms.CharField(label="Вопрос", required=False, widget=forms.Textarea({"rows": 2}))
    topic = forms.ChoiceField(label="Тема", required=False)
    outcome = forms.ChoiceField(
        label="Чем закончилось", required=False, choices=[("", "выберите"), *Outcome.choices]
    )
    answer = forms.CharField(
        label="Устный ответ или разъяснение", required=False, widget=forms.Textarea({"rows": 2})
    )
    consent = forms.BooleanField(
        label="Гражданин согласен на устный ответ (ст. 13 ч. 3)", required=False
    )
    earlier = forms.CharField(
        label="Номер обращения, на которое уже ответили", required=False, max_length=40
    )

    def __init__(self, *args: Any, topics: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "не указана"), *topics]

    def heard(self) -> actions.QuestionHeard:
        given = dict(self.cleaned_data)
        topic = given.pop("topic")
        return actions.QuestionHeard(**given, topic_id=int(topic) if topic else None)


class CardForm(forms.Form):
    identity_shown = forms.BooleanField(
        label="Документ, удостоверяющий личность, предъявлен (ст. 13 ч. 2)", required=False
    )
    note = forms.CharField(label="Примечание", required=False, widget=forms.Textarea({"rows": 2}))
    scans = ManyFilesField(label="Письменное обращение и документы", required=False)


Questions = forms.formset_factory(QuestionForm, extra=SHOWN_BLOCKS, max_num=10)


@desk(Permission.RECEIVE)
def visit(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.visit_of(request.access, pk)
    held = getattr(found, "card", None)
    open_ = sees(request, found)
    fills = held is None and _receivable(found)
    form, questions, problem = None, None, None
    if fills:
        posted = request.method == "POST"
        form = CardForm(request.POST, request.FILES) if posted else CardForm()
        questions = _questions(request, found, open_)
        if posted and form.is_valid() & questions.is_valid():
            problem = _hold(request, found, form, questions)
            if problem is None:
                return redirect("desk:visit", pk)
    if open_:
        log(request, [found.number], "карточка")
    context = {
        "visit": found,
        "shape": SHAPES[VisitState(found.state)],
        "facts": _facts(found, open_),
        "question": found.question if open_ else for_work(found.question).text,
        "held": held,
        "said": _said(held, open_),
        "form": form,
        "questions": questions,
        "problem": problem,
        "slots": _slots(request, found),
        "booked": found.state == VisitState.BOOKED,
        "due": found.day <= clock.today(request.municipality.tz),
    }
    trail = [("Приём", f"{reverse('desk:reception')}?day={found.day}"), (str(found), "")]
    return render(request, "desk/reception/visit.html", context, crumbs=trail)


def _questions(request: DeskRequest, found: Visit, open_: bool) -> Any:
    topics = topics_offered(found.municipality_id).only("name", "group")[:TOPICS]
    named = [(topic.pk, topic.name) for topic in topics]
    more: dict[str, Any] = {"form_kwargs": {"topics": named}, "prefix": "q"}
    if request.method == "POST":
        return Questions(request.POST, **more)
    return Questions(initial=[{"text": found.question}] if open_ else [], **more)


def _receivable(found: Visit) -> bool:
    today = clock.today(found.host.municipality.tz)
    return found.state in (VisitState.BOOKED, VisitState.MISSED) and found.day <= today


def _hold(request: DeskRequest, found: Visit, form: CardForm, questions: Any) -> OtklikError | None:
    given = form.cleaned_data
    try:
        actions.hold(
            access=request.access,
            visit_id=found.pk,
            new=actions.NewCard(
                identity_shown=given["identity_shown"],
                note=given["note"],
                questions=[one.heard() for one in questions if one.cleaned_data],
                files=[(file.name or "файл", file.read()) for file in given["scans"]],
            ),
        )
    except OtklikError as error:
        return error
    toast(request, f"Карточка приёма {found} сохранена")
    return None


def _slots(request: DeskRequest, found: Visit) -> Any:
    if found.state != VisitState.BOOKED:
        return []
    host = queries.host_of(request.access, found.host_id)
    return slots_of(host, out_of_turn=found.category_id is not None)


def _facts(found: Visit, open_: bool) -> list[tuple[str, str]]:
    person, zone = found.applicant, found.host.municipality.tz
    time = f"{found.starts_at.astimezone(zone):%H:%M}" if found.starts_at else "вне очереди"
    turn = f"{found.category} ({found.category.article})" if found.category else ""
    every = [
        ("Когда", f"{found.day:%d.%m.%Y}, {time}"),
        ("Кто принимает", str(found.host)),
        ("Где", found.host.place),
        ("Гражданин", person.name if open_ else HIDDEN),
        ("Телефон", person.phone if open_ else ""),
        ("Почта", person.email if open_ else ""),
        ("Адрес", person.postal_address if open_ else ""),
        ("Вне очереди", turn),
        ("Записан", f"{found.get_via_display()}, {found.booked_label}"),
        ("Причина отмены", found.cancel_reason),
    ]
    return [(label, value) for label, value in every if value]


def _said(held: Card | None, open_: bool) -> list[dict[str, Any]]:
    if held is None:
        return []
    return [
        {
            "one": one,
            "text": one.text if open_ else for_work(one.text).text,
            "answer": one.answer if open_ else for_work(one.answer).text,
        }
        for one in held.questions.all()
    ]

"""What is held on ПОС: the list, one event, its form."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.casework.consultations import actions, queries
from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.rules import placing_text, share
from otklik.casework.consultations.vocabulary import (
    ON_PLATFORM,
    WITH_RESULTS,
    CommentState,
    ConsultationKind,
    ConsultationState,
)
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.pos.exchange import tabs
from otklik.web.look.toasts import toast

PAGE = 100
COMMENTS = 50
STATE = ConsultationState
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("Все", tuple(STATE.values)),
    "draft": ("Готовятся", (STATE.DRAFT,)),
    "now": ("Идут", ON_PLATFORM),
    "finished": ("Ждут итогов", (STATE.FINISHED,)),
    "published": ("С итогами", (STATE.PUBLISHED,)),
}
SHAPES = {
    STATE.DRAFT: "draft", STATE.PLACED: "wait", STATE.RUNNING: "work", STATE.FINISHED: "review",
    STATE.PUBLISHED: "done", STATE.CANCELLED: "off",
}  # fmt: skip
HOME = "Мероприятия ПОС"
_DATE = {"type": "date"}


class EventForm(forms.Form):
    kind = forms.ChoiceField(label="Вид", choices=ConsultationKind.choices)
    title = forms.CharField(label="Название", max_length=300)
    question = forms.CharField(label="Вопрос", max_length=5000, widget=forms.Textarea({"rows": 3}))
    options = forms.CharField(
        label="Варианты ответа",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Каждый в отдельной строке. Для обсуждения можно не указывать.",
    )
    several = forms.BooleanField(label="Можно выбрать несколько вариантов", required=False)
    starts_on = forms.DateField(label="Начало", widget=forms.DateInput(_DATE, format="%Y-%m-%d"))
    ends_on = forms.DateField(label="Окончание", widget=forms.DateInput(_DATE, format="%Y-%m-%d"))
    basis = forms.CharField(
        label="Основание",
        max_length=500,
        help_text="Правовой акт: постановление, решение, пункт устава.",
    )
    responsible = forms.ChoiceField(label="Ответственный", required=False)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.people_for(request.access)
        choices = [("", "не назначен"), *((str(one.pk), one.full_name) for one in people)]
        cast(forms.ChoiceField, self.fields["responsible"]).choices = choices

    def given(self) -> actions.NewConsultation:
        told = self.cleaned_data
        person = told["responsible"]
        return actions.NewConsultation(
            kind=told["kind"],
            title=told["title"],
            question=told["question"],
            options=told["options"].splitlines(),
            several=told["several"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            basis=told["basis"],
            responsible_id=int(person) if person else None,
        )


@require_GET
@desk(Permission.SEND)
def events(request: DeskRequest) -> HttpResponse:
    asked = request.GET.get("tab", "")
    chosen = asked if asked in VIEWS else ""
    rows = list(queries.consultations(request.access).filter(state__in=VIEWS[chosen][1])[:PAGE])
    page = reverse("desk:pos_events")
    context = {
        "tabs": tabs(request, "pos_events"),
        "views": [
            {"label": label, "url": f"{page}?tab={key}", "active": key == chosen}
            for key, (label, _) in VIEWS.items()
        ],
        "rows": [{"one": one, "shape": SHAPES[STATE(one.state)]} for one in rows],
    }
    return render(request, "desk/pos/events.html", context)


@desk(Permission.SEND)
def new(request: DeskRequest) -> HttpResponse:
    queries.keeping(request.access)
    return _form(request, None)


@desk(Permission.SEND)
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Only what has not been placed yet: there it would stay as it was."""
    one = queries.consultation_of(request.access, pk)
    if one.state != STATE.DRAFT:
        raise Refused(
            "Мероприятие уже размещено в ПОС, менять его нельзя.", "Отмените его и создайте новое."
        )
    return _form(request, one)


def _form(request: DeskRequest, one: Consultation | None) -> HttpResponse:
    first = _told(one) if one else None
    form = EventForm(request, request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(
                access=request.access, new=form.given(), consultation_id=one.pk if one else None
            )
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Сохранено: скопируйте текст и разместите мероприятие в ПОС")
            return redirect("desk:pos_event", saved.pk)
    trail = [(HOME, reverse("desk:pos_events")), (str(one or "Новое мероприятие"), "")]
    return render(request, "desk/pos/form.html", {"form": form, "one": one}, crumbs=trail)


def _told(one: Consultation) -> dict[str, Any]:
    names = ("kind", "title", "question", "several", "starts_on", "ends_on", "basis")
    first = {name: getattr(one, name) for name in names}
    lines = [option.text for option in one.options.all()]
    return {**first, "options": "\n".join(lines), "responsible": one.responsible_id or ""}


@require_GET
@desk(Permission.SEND)
def event(request: DeskRequest, pk: int) -> HttpResponse:
    one = queries.consultation_of(request.access, pk)
    options = list(one.options.all())
    texts = [option.text for option in options]
    context = {
        "one": one,
        "shape": SHAPES[STATE(one.state)],
        "facts": _facts(one),
        "options": [(option, share(option.votes, one.participants)) for option in options],
        "copied": placing_text(
            title=one.title, question=one.question, options=texts, since=one.starts_on,
            until=one.ends_on, basis=one.basis,
        ),
        "options_text": "\n".join(texts),
        "places": one.state in (STATE.DRAFT, *ON_PLATFORM),
        "takes_results": one.state in WITH_RESULTS,
        "takes_protocol": one.state in (*WITH_RESULTS, STATE.PUBLISHED),
        "comments": list(queries.comments_of(one)[:COMMENTS]),
        "files": list(one.files.all()[:1]),
        "protocols": list(queries.protocols_of(one)),
        "waiting": CommentState.WAITING,
        "sees_authors": request.access.allows(Permission.VIEW_PERSONAL, channel="pos"),
    }  # fmt: skip
    trail = [(HOME, reverse("desk:pos_events")), (one.title, "")]
    return render(request, "desk/pos/event.html", context, crumbs=trail)


@require_GET
@desk(Permission.SEND)
def file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    """A protocol."""
    one = queries.consultation_of(request.access, pk)
    found = queries.protocols_of(one).filter(pk=file_id).first()
    if found is None:
        raise NotFound("Такого протокола нет.", "Обновите страницу мероприятия.")
    return serve(found)


def _facts(one: Consultation) -> list[tuple[str, str]]:
    kind = str(one.get_kind_display())
    found = [
        ("Вид", f"{kind[0].upper()}{kind[1:]}"),
        ("Срок", f"{_day(one.starts_on)} — {_day(one.ends_on)}"),
        ("Основание", one.basis),
        ("Ответственный", one.responsible.full_name if one.responsible else "не назначен"),
        ("Номер в ПОС", one.number),
        ("Почему отменено", one.reason),
    ]
    return [(label, value) for label, value in found if value]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"

"""Templates of answers: by topic and channel, with places that the case fills in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.replies.actions import archive_template, save_template
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.replies.queries import templates_of
from otklik.casework.replies.rules.citing import citation
from otklik.casework.replies.rules.placeholders import VARIABLES, fill, unknown
from otklik.directory.organisation.queries import legal_acts
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import channel_choices, setting_up, topic_choices
from otklik.web.look.toasts import toast

SAMPLE = {
    "заявитель": "Мария Петровна",
    "имя": "Мария Петровна",
    "номер": "ОТ-2026-000123",
    "дата": "12.01.2026",
    "срок": "11.02.2026",
    "тема": "Ямы на дорогах",
    "адрес": "ул. Садовая, д. 5",
    "исполнитель": "Дорожная служба",
    "телефон": "8 800 000-00-00",
    "сегодня": "20.01.2026",
}


class SampleForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200)
    topic = forms.ChoiceField(label="Тема", required=False)
    channel = forms.ChoiceField(label="Канал", required=False, choices=channel_choices)
    result = forms.ChoiceField(
        label="Результат", required=False, choices=[("", "любой"), *Result.choices[:3]]
    )
    text = forms.CharField(label="Текст", widget=forms.Textarea({"rows": 12}), max_length=20_000)

    def __init__(self, municipality_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["topic"]).choices = topic_choices(municipality_id)

    def values(self) -> dict[str, Any]:
        """Arguments of `save_template`, of a valid form."""
        given = dict(self.cleaned_data)
        topic = given.pop("topic")
        return {**given, "topic_id": int(topic) if topic else None}


@setting_up
def samples(request: DeskRequest) -> HttpResponse:
    names = dict(channel_choices())
    rows = [(row, names.get(row.channel, "")) for row in templates_of(request.municipality.pk)]
    trail = crumbs(("Шаблоны ответов", ""))
    return render(request, "desk/settings/workflow/samples.html", {"rows": rows}, crumbs=trail)


@setting_up
def sample_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@setting_up
def sample(request: DeskRequest, pk: int) -> HttpResponse:
    found = templates_of(request.municipality.pk).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого шаблона нет.", "Вернитесь к списку шаблонов.")
    return _edit(request, found)


@require_POST
@setting_up
def archive(request: DeskRequest, pk: int) -> HttpResponse:
    archive_template(access=request.access, template_id=pk)
    toast(request, "Шаблон в архиве: при подготовке ответа он больше не предлагается")
    return redirect("desk:samples")


@require_POST
@setting_up
def preview(request: DeskRequest) -> HttpResponse:
    """The part of the page that shows the text on a made-up case, as it is typed."""
    context = _shown(request, request.POST.get("text", "")[:20_000])
    return render(request, "desk/settings/workflow/_preview.html", context)


def _edit(request: DeskRequest, found: ReplyTemplate | None) -> HttpResponse:
    form = SampleForm(request.municipality.pk, request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        pk = found.pk if found else None
        if done(
            form, lambda: save_template(access=request.access, template_id=pk, **form.values())
        ):
            toast(request, f"Шаблон «{form.cleaned_data['title']}» сохранён")
            return redirect("desk:samples")
    context = {
        "form": form,
        "sample": found,
        "citations": _citations(request),
        "variables": [(f"{{{{{name}}}}}", about) for name, about in VARIABLES.items()],
        **_shown(request, form["text"].value() or ""),
    }
    trail = crumbs(("Шаблоны ответов", "samples"), (found.title if found else "Новый шаблон", ""))
    return render(request, "desk/settings/workflow/sample.html", context, crumbs=trail)


def _citations(request: DeskRequest) -> list[tuple[str, bool]]:
    """(words that name an act of the library, whether it is in force)."""
    today = clock.today(request.municipality.tz)
    return [
        (citation(title=act.title, number=act.number, issued_on=act.issued_on), act.in_force(today))
        for act in legal_acts(request.municipality.pk)
    ]


def _shown(request: DeskRequest, text: str) -> dict[str, Any]:
    values = {**SAMPLE, "центр": request.municipality.name}
    return {"filled": fill(text, values), "unknown": [f"{{{name}}}" for name in unknown(text)]}


def _initial(found: ReplyTemplate | None) -> dict[str, str]:
    if found is None:
        return {}
    return {
        "title": found.title,
        "topic": str(found.topic_id or ""),
        "channel": found.channel,
        "result": found.result,
        "text": found.text,
    }

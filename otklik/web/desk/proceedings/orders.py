"""The centre's own order: editions of grounds, definitions, and what becomes of plain e-mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.models import Ground
from otklik.casework.proceedings.queries import definitions, grounds_in_force, practice_of
from otklik.casework.proceedings.rules.notice import BLANKS
from otklik.casework.proceedings.vocabulary import EmailPractice
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

MULTIPLE = "multiple"
TITLE = "Решения по 59-ФЗ"


class PracticeForm(forms.Form):
    prefix = "mail"
    email = forms.ChoiceField(label="Письмо на обычную почту", choices=EmailPractice.choices)
    email_template = forms.CharField(
        label="Ответ на письмо",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Как подать обращение. Можно вставить {номер} и {центр}.",
    )


class DefinitionForm(forms.Form):
    text = forms.CharField(label="Определение", max_length=2000, widget=forms.Textarea({"rows": 3}))
    days = forms.IntegerField(label="За сколько дней смотреть", min_value=1, max_value=3650)
    count = forms.IntegerField(
        label="С какого обращения по счёту",
        min_value=2,
        max_value=50,
        help_text="Считая это обращение и прежние по тому же вопросу.",
    )

    def __init__(self, *args: Any, counted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counted:
            del self.fields["count"]


class GroundForm(forms.Form):
    since = forms.DateField(
        label="Действует с",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Обращения, зарегистрированные раньше, рассматриваются по прежней редакции.",
    )
    days = forms.IntegerField(
        label="Дней со дня регистрации",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Пусто — срок не установлен.",
    )
    edition = forms.CharField(label="Редакция закона", required=False, max_length=200)
    template = forms.CharField(
        label="Текст уведомления",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
    )


@setting_up
def law_orders(request: DeskRequest) -> HttpResponse:
    """Grounds in force, and two kinds of forms; `what` says which was sent."""
    place = request.municipality.pk
    what = request.POST.get("what", "")
    words = definitions(place)
    practice = practice_of(place)
    sent = request.POST if request.method == "POST" else None
    mail = PracticeForm(
        sent if what == "mail" else None,
        initial={"email": practice.email, "email_template": practice.email_template},
    )
    rows = [
        (word, DefinitionForm(sent if what == slug else None, prefix=slug,
                              initial={"text": word.text, "days": word.days, "count": word.count},
                              counted=slug == MULTIPLE))
        for slug, word in sorted(words.items())
    ]  # fmt: skip
    if sent is not None and _saved(request, what, mail, {word.slug: form for word, form in rows}):
        toast(request, "Сохранено")
        return redirect("desk:law_orders")
    context = {
        "grounds": grounds_in_force(place, clock.today(request.municipality.tz)),
        "mail": mail,
        "words": rows,
    }
    status = 422 if sent is not None else 200
    return render(
        request, "desk/proceedings/orders.html", context, crumbs=crumbs((TITLE, "")), status=status
    )


@setting_up
def law_ground(request: DeskRequest, slug: str) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    current = next(
        (one for one in grounds_in_force(request.municipality.pk, today) if one.slug == slug), None
    )
    if current is None:
        raise NotFound("Такого основания нет.", "Вернитесь к списку оснований.")
    initial = {"since": today, "days": current.days, "edition": current.edition,
               "template": current.template}  # fmt: skip
    form = GroundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: actions.save_ground(access=request.access, slug=slug, **given)):
            toast(request, f"Новая редакция основания {current.article} сохранена")
            return redirect("desk:law_orders")
    context = {"form": form, "ground": current, "blanks": [f"{{{one}}}" for one in BLANKS],
               "earlier": _earlier(request, slug)}  # fmt: skip
    trail = crumbs((TITLE, "law_orders"), (current.article, ""))
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/proceedings/ground.html", context, crumbs=trail, status=status)


def _earlier(request: DeskRequest, slug: str) -> list[Any]:
    own = Ground.objects.filter(municipality=request.municipality, slug=slug)
    return list(own.order_by("-in_force_from"))


def _saved(
    request: DeskRequest, what: str, mail: PracticeForm, words: dict[str, DefinitionForm]
) -> bool:
    if what == "mail" and mail.is_valid():
        given = mail.cleaned_data
        choice = EmailPractice(given["email"])
        template = given["email_template"]
        return done(
            mail,
            lambda: actions.set_practice(
                access=request.access, email=choice, email_template=template
            ),
        )
    form = words.get(what)
    if form is None or not form.is_valid():
        return False
    return done(form, lambda: actions.define(access=request.access, slug=what, **form.cleaned_data))

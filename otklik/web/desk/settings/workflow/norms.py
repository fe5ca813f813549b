"""The centre's own measures of daily work: how soon a task is taken, how long an answer may be."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.casework.appeals.actions import call_all_appeals
from otklik.casework.appeals.rules.naming import ONE_WORD, one_word
from otklik.casework.replies.actions import set_social_length
from otklik.casework.replies.rules.quality import (
    LEAST_SOCIAL_LENGTH,
    MOST_SOCIAL_LENGTH,
    SOCIAL_LENGTH,
    SOCIAL_OPTION,
)
from otklik.casework.teamwork.actions import set_receipt_days
from otklik.casework.teamwork.rules import MOST_RECEIPT_DAYS, RECEIPT_DAYS, RECEIPT_OPTION
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

TITLE = "Нормы работы"


class NormsForm(forms.Form):
    receipt_days = forms.IntegerField(
        label="Принять поручение в работу за, рабочих дней",
        required=False,
        min_value=1,
        max_value=MOST_RECEIPT_DAYS,
        help_text=(
            f"От 1 до {MOST_RECEIPT_DAYS}. Пусто — {RECEIPT_DAYS}. Потом поручение встаёт "
            "в очередь «Не приняты в работу»."
        ),
    )
    social_answer_length = forms.IntegerField(
        label="Ответ в соцсети не длиннее, знаков",
        required=False,
        min_value=LEAST_SOCIAL_LENGTH,
        max_value=MOST_SOCIAL_LENGTH,
        help_text=(
            f"От {LEAST_SOCIAL_LENGTH} до {MOST_SOCIAL_LENGTH}. Пусто — {SOCIAL_LENGTH}. "
            "Более длинный ответ проверка качества отметит."
        ),
    )
    all_called_appeals = forms.BooleanField(
        label="Всё, что пишут граждане, называть обращениями",
        required=False,
        help_text="Порядок и сроки не меняются; обращения по 59-ФЗ остаются отмеченными.",
    )


@setting_up
def norms(request: DeskRequest) -> HttpResponse:
    present = request.municipality.settings
    initial = {name: present.get(name) for name in (RECEIPT_OPTION, SOCIAL_OPTION)}
    initial[ONE_WORD] = one_word(present)
    form = NormsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _save(request, form)):
        toast(request, "Нормы работы сохранены")
        return redirect("desk:norms")
    status = 422 if request.method == "POST" else 200
    page = "desk/settings/workflow/norms.html"
    return render(request, page, {"form": form}, crumbs=crumbs((TITLE, "")), status=status)


def _save(request: DeskRequest, form: NormsForm) -> None:
    """Only what has changed: the journal tells of changes."""
    given = form.cleaned_data
    if RECEIPT_OPTION in form.changed_data:
        set_receipt_days(access=request.access, days=given[RECEIPT_OPTION])
    if SOCIAL_OPTION in form.changed_data:
        set_social_length(access=request.access, characters=given[SOCIAL_OPTION])
    if ONE_WORD in form.changed_data:
        call_all_appeals(access=request.access, on=given[ONE_WORD])

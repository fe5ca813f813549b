"""The editor of a fast-track mechanism."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.automation.actions import MechanismGiven, propose_mechanism
from otklik.casework.automation.models import Mechanism
from otklik.casework.automation.queries.mechanisms import mechanism_of
from otklik.casework.automation.vocabulary import AnswerMode
from otklik.casework.deadlines.vocabulary import Unit
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.automation.choices import Offer, empty, many, offer, text
from otklik.web.desk.automation.frame import crumbs, keeping
from otklik.web.desk.automation.rule_form import lines
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast


class MechanismForm(forms.Form):
    name = forms.CharField(label="Название", max_length=200)
    purpose = text("Зачем нужен", "Какую проблему жителей ускоряет и за счёт чего.")
    owner_block = forms.ChoiceField(label="Отраслевой блок-владелец", required=False)
    blocks = many("Чьё согласие ещё нужно", hint="Механизм нескольких блоков — межведомственный.")
    topics = many("Темы", size=8, hint="С подтемами. Несколько — с клавишей Ctrl.")
    channels = many("Каналы", choices=Channel.choices, hint="Без отметок — любые.")
    steps = text("Шаги", "По одному в строке: кто и что делает.")
    amount = forms.IntegerField(label="Срок ответа", min_value=1, max_value=160)
    unit = forms.ChoiceField(label="В чём", choices=Unit.choices, initial=Unit.WORKING_DAYS)
    executor = forms.ChoiceField(label="Исполнитель")
    co_executors = many("Соисполнители", size=5)
    template = forms.ChoiceField(label="Готовый ответ по шаблону", required=False)
    answer = forms.ChoiceField(
        label="Что делать с готовым ответом",
        choices=AnswerMode.choices,
        initial=AnswerMode.DRAFT,
        help_text="Не дальше, чем разрешил центр. Ответ на обращение по 59-ФЗ всегда подписывает "
        "человек.",
    )

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Offer(place)
        offer(
            self,
            owner_block=empty("без блока", found.blocks), blocks=found.blocks,
            topics=found.topics, executor=empty("выберите", found.bodies),
            co_executors=found.bodies, template=empty("без ответа", found.templates),
        )  # fmt: skip

    def given(self) -> MechanismGiven:
        told = self.cleaned_data
        return MechanismGiven(
            name=told["name"],
            purpose=told["purpose"],
            owner_block_id=int(told["owner_block"]) if told["owner_block"] else None,
            block_ids=[int(pk) for pk in told["blocks"]],
            topic_ids=[int(pk) for pk in told["topics"]],
            channels=told["channels"],
            steps=lines(told["steps"]),
            amount=told["amount"],
            unit=told["unit"],
            executor_id=int(told["executor"]),
            co_executor_ids=[int(pk) for pk in told["co_executors"]],
            template_id=int(told["template"]) if told["template"] else None,
            answer=AnswerMode(told["answer"]),
        )


@keeping
def mechanism_new(request: DeskRequest) -> HttpResponse:
    request.access.require(Permission.AUTOMATE)
    return _edit(request, None)


@keeping
def mechanism_edit(request: DeskRequest, pk: int) -> HttpResponse:
    request.access.require(Permission.AUTOMATE)
    return _edit(request, mechanism_of(request.access, pk))


def _edit(request: DeskRequest, found: Mechanism | None) -> HttpResponse:
    initial = _initial(found) if found and request.method == "GET" else {}
    form = MechanismForm(request.municipality, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[Mechanism] = []
        pk = found.pk if found else None
        if done(
            form,
            lambda: made.append(
                propose_mechanism(access=request.access, given=form.given(), mechanism_id=pk)
            ),
        ):
            toast(request, "Механизм сохранён; отправьте его на согласование")
            return redirect("desk:mechanism", made[0].pk)
    name = found.name if found else "Новый механизм"
    trail = crumbs(("Механизмы ускоренного решения", reverse("desk:mechanisms")), (name, ""))
    context = {"form": form, "mechanism": found}
    status = 422 if form.errors else 200
    page = "desk/automation/mechanism_form.html"
    return render(request, page, context, crumbs=trail, status=status)


def _initial(one: Mechanism) -> dict[str, Any]:
    def keys(rows: Any) -> list[str]:
        return [str(row.pk) for row in rows.all()]

    return {
        "name": one.name, "purpose": one.purpose, "owner_block": str(one.owner_block_id or ""),
        "blocks": keys(one.blocks), "topics": keys(one.topics), "channels": one.channels,
        "steps": "\n".join(one.steps), "amount": one.amount, "unit": one.unit,
        "executor": str(one.executor_id), "co_executors": keys(one.co_executors),
        "template": str(one.template_id or ""), "answer": one.answer,
    }  # fmt: skip

"""A new task."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import OtklikError, Refused
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.coordination.tasks import actions
from otklik.coordination.tasks.queries import Candidates, candidates
from otklik.coordination.tasks.vocabulary import Recurrence
from otklik.directory.organisation.queries import people
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

_ROWS = forms.Textarea({"rows": 3})


def owner_choices(known: Candidates) -> list[tuple[str, Any]]:
    """Groups of a select: people, bodies, blocks; the value is kind and id."""
    groups = (
        ("Сотрудники", "account", known.people),
        ("Органы", "body", known.bodies),
        ("Отраслевые блоки", "block", known.blocks),
    )
    found: list[tuple[str, Any]] = [("", "выберите")]
    for title, kind, rows in groups:
        if rows:
            found.append((title, [(f"{kind}:{one.pk}", str(one)) for one in rows]))
    return found


def owner_of(value: str) -> actions.Owner:
    kind, _, pk = value.partition(":")
    return actions.Owner(**{f"{kind}_id": int(pk)}) if pk.isdecimal() else actions.Owner()


class TaskForm(forms.Form):
    text = forms.CharField(label="Что сделать", widget=_ROWS)
    expected = forms.CharField(
        label="Ожидаемый результат",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Чем должно закончиться: справка, решение, выезд с фотографиями.",
    )
    owner = forms.ChoiceField(label="Кому")
    controller = forms.ChoiceField(
        label="Контролёр", required=False, help_text="Пусто — контролируете вы."
    )
    due_on = forms.DateField(
        label="Срок", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    recurrence = forms.ChoiceField(
        label="Периодичность",
        choices=Recurrence.choices,
        initial=Recurrence.NONE,
        required=False,
        help_text="Следующее поручение появится само, когда закроется или выйдет срок этого.",
    )
    number = forms.CharField(label="Номер обращения, если есть", required=False, max_length=40)
    clause = forms.CharField(
        label="Пункт положения, если есть",
        required=False,
        max_length=30,
        help_text="Например, 3.4.3 — поручение будет видно в исполнении положения.",
    )

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today(request.municipality.tz)
        known = candidates(request.access, today)
        everyone = people(request.municipality.pk, today).filter(is_active=True)
        named = [(str(one.pk), one.full_name) for one in everyone.prefetch_related(None)]
        cast(forms.ChoiceField, self.fields["owner"]).choices = owner_choices(known)
        cast(forms.ChoiceField, self.fields["controller"]).choices = [("", "я"), *named]

    def task(self, access: Access) -> actions.NewTask:
        """Raises Refused when there is no case of that number."""
        given = self.cleaned_data
        return actions.NewTask(
            text=given["text"],
            expected=given["expected"],
            due_on=given["due_on"],
            owner=owner_of(given["owner"]),
            controller_id=int(given["controller"]) if given["controller"] else None,
            recurrence=Recurrence(given["recurrence"] or Recurrence.NONE),
            appeal_id=_case(access, given["number"]),
            clause=given["clause"],
        )


@desk(Permission.INSTRUCT)
def task_new(request: DeskRequest) -> HttpResponse:
    start = {name: request.GET.get(name, "") for name in ("number", "clause", "owner")}
    form = TaskForm(request, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.issue_task(access=request.access, new=form.task(request.access))
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, f"Поручено: {made.owner_name}")
            return redirect("desk:task", made.pk)
    trail = [("Поручения", reverse("desk:tasks")), ("Новое поручение", "")]
    return render(request, "desk/tasks/task_new.html", {"form": form}, crumbs=trail)


def _case(access: Access, number: str) -> int | None:
    wanted = number.strip().lstrip("№ ").strip()
    if not wanted:
        return None
    found = visible_appeals(access).filter(number=wanted).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"Обращения № {wanted} нет.", "Проверьте номер или оставьте поле пустым.")
    return found

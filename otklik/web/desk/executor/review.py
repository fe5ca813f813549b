"""What came of a question: result, cause, topic confirmed or corrected by the executor."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.casework.appeals.models import Assignment
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.classification.queries import topics_offered
from otklik.casework.replies.actions import review_question
from otklik.casework.replies.actions.review import GIVEN
from otklik.casework.replies.queries import assignment_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.appeals.rights import rights_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast


class ReviewForm(forms.Form):
    result = forms.ChoiceField(
        label="Результат", choices=[("", "выберите"), *((r.value, r.label) for r in GIVEN)]
    )
    measures_taken = forms.BooleanField(label="Меры приняты", required=False)
    cause = forms.CharField(
        label="Причина, по которой вопрос возник",
        required=False,
        max_length=500,
        help_text="Одной строкой: «вода стоит на дороге», «не вывозит подрядчик».",
    )
    topic = forms.ChoiceField(label="Тема (подтвердите или исправьте)", required=False)

    def __init__(self, municipality_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for topic in topics_offered(municipality_id).only("name", "group")[:2000]:
            groups.setdefault(topic.group or "Прочее", []).append((str(topic.pk), topic.name))
        choices: Any = [("", "не определена"), *groups.items()]
        cast(forms.ChoiceField, self.fields["topic"]).choices = choices


@desk(Permission.DRAFT)
def review(request: DeskRequest, pk: int) -> HttpResponse:
    """`pk`: a line of the person's own register."""
    given = assignment_of(request.access, pk)
    question, case = given.question, given.question.appeal
    form = ReviewForm(request.municipality.pk, request.POST or None, initial=_initial(given))
    if request.method == "POST" and form.is_valid():
        topic = form.cleaned_data.pop("topic")
        values = {**form.cleaned_data, "topic_id": int(topic) if topic else None}
        if done(
            form,
            lambda: review_question(
                access=request.access,
                appeal_id=case.pk,
                question_number=question.number,
                **values,
            ),
        ):
            toast(request, f"Итог записан: {Result(values['result']).label}")
            return redirect("desk:executor")
    text = question.text or case.text
    personal = rights_of(request, case).personal
    context = {
        "form": form,
        "case": case,
        "question": question,
        "text": text if personal else for_work(text).text,
    }
    trail = [("Моя работа", reverse("desk:executor")), (case.number, "")]
    return render(request, "desk/executor/review.html", context, crumbs=trail)


def _initial(given: Assignment) -> dict[str, Any]:
    question = given.question
    kept = getattr(question, "review", None)
    return {
        "result": question.result,
        "measures_taken": question.measures_taken,
        "cause": kept.cause if kept else "",
        "topic": str(question.topic_id or given.question.appeal.topic_id or ""),
    }

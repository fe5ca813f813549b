"""Following a case by number and code, and scoring its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.actions.registration import code_hash
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.casework.satisfaction.actions import rate as give_score
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.queries import scores_of, survey_for, survey_of
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of, files_of
from otklik.web.portal import asking
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of, render

STEPS = (
    ("Принято", {Status.RECEIVED, Status.REGISTERED}),
    ("У исполнителя", {Status.ASSIGNED}),
    ("Ответ проверяется", {Status.ON_APPROVAL, Status.APPROVED}),
    ("Ответ готов", {Status.ANSWERED, Status.FORWARDED, Status.LEFT, Status.WITHDRAWN}),
)
PLAIN = {
    Status.RECEIVED: "Сообщение принято и ждёт регистрации.",
    Status.REGISTERED: "Сообщение зарегистрировано, подбираем исполнителя.",
    Status.ASSIGNED: "Исполнитель работает над вашим вопросом.",
    Status.ON_APPROVAL: "Ответ подготовлен, его проверяют.",
    Status.APPROVED: "Ответ проверен и готовится к отправке.",
    Status.ANSWERED: "Мы ответили.",
    Status.FORWARDED: "Сообщение направлено в орган, который отвечает за этот вопрос.",
    Status.LEFT: "Сообщение оставлено без ответа по существу.",
    Status.WITHDRAWN: "Рассмотрение прекращено по вашей просьбе.",
}


class FollowForm(forms.Form):
    number = forms.CharField(label="Номер", max_length=40, help_text="Например: С-125/26")
    code = forms.CharField(label="Код", max_length=20, help_text="Десять знаков из квитанции")


class ScoreForm(forms.Form):
    score = forms.TypedChoiceField(
        label="Оценка",
        coerce=int,
        choices=[
            (5, "5 — отлично"),
            (4, "4 — хорошо"),
            (3, "3 — так себе"),
            (2, "2 — плохо"),
            (1, "1 — очень плохо"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите оценку от 1 до 5."},
    )
    comment = forms.CharField(
        label="Что понравилось или не понравилось",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    again = forms.BooleanField(
        label="Вопрос не решён, вернитесь к нему (для оценок 1–3)", required=False
    )


def follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST or None)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            spend("follow", address_of(request), most=10, seconds=600)
            request.session["case"] = _find(
                form.cleaned_data["number"], form.cleaned_data["code"]
            ).pk
        except OtklikError as error:
            problem = error
        else:
            return redirect("portal:case")
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/follow.html", {"form": form, "problem": problem}, status=status)


def case(request: HttpRequest) -> HttpResponse:
    """The case for its author: state, term, answer, score. Opened by number and code before."""
    found = (
        Appeal.objects.select_related("municipality")
        .filter(pk=request.session.get("case", 0))
        .first()
    )
    if found is None:
        return redirect("portal:follow")
    survey = survey_for(found.pk)
    form = ScoreForm(request.POST or None)
    if request.method == "POST" and survey and form.is_valid():
        _score(survey, form)
        return redirect("portal:case")
    context = {**_about(found, survey, form), **asking.about(found)}
    return render(request, "portal/case.html", context, centre=found.municipality)


def answer_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file of the answer, for the author of the case only."""
    sent = Reply.objects.filter(appeal_id=request.session.get("case", 0), status=ReplyStatus.SENT)
    found = Attachment.objects.filter(
        pk=file_id, subject=SUBJECT, subject_id__in=sent.values("pk")
    ).first()
    if found is None:
        raise NotFound("Такого файла нет.", "Откройте его со страницы сообщения.")
    response = HttpResponse(content_of(found), content_type=found.content_type)
    response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Scoring by the link of a letter. Opening it changes nothing."""
    survey = survey_of(token)
    form = ScoreForm(request.POST or None)
    if request.method == "POST" and survey.answered_at is None and form.is_valid():
        _score(survey, form)
        survey.refresh_from_db()
    context = {"survey": survey, "form": form, "case": survey.appeal}
    return render(request, "portal/rate.html", context, centre=survey.appeal.municipality)


def _score(survey: Survey, form: ScoreForm) -> None:
    give_score(
        survey_id=survey.pk,
        score=form.cleaned_data["score"],
        comment=form.cleaned_data["comment"],
        wants_reopening=form.cleaned_data["again"],
    )


def _find(number: str, code: str) -> Appeal:
    found = Appeal.objects.filter(code_hash=code_hash(code), number__iexact=number.strip()).first()
    if found is None:
        raise NotFound(
            "Сообщения с таким номером и кодом нет.", "Проверьте оба значения по квитанции."
        )
    return found


def _about(found: Appeal, survey: Survey | None, form: ScoreForm) -> dict[str, Any]:
    answers = list(Reply.objects.filter(appeal=found, status=ReplyStatus.SENT).order_by("sent_at"))
    files: dict[int, list[Attachment]] = {reply.pk: [] for reply in answers}
    for file in files_of(SUBJECT, files):
        files[file.subject_id].append(file)
    current = next(i for i, (_, states) in enumerate(STEPS, 1) if found.status in states)
    return {
        "case": found,
        "plain": PLAIN[Status(found.status)],
        "steps": "|".join(label for label, _ in STEPS),
        "current": current,
        "deadline": found.deadlines.filter(kind="answer").first(),
        "answers": [(reply, files[reply.pk]) for reply in answers],
        "survey": survey,
        "scores": [s for s in scores_of(found.pk) if s.score],
        "form": form,
    }

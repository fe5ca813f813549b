"""Answer to all of a problem: a person says it once, the worker does it case by case.

Each case goes through the actions of `replies` under the rights of the person who said so, in a
transaction of its own together with the word on it: a crash repeats nothing that was done, and what
a rule or the state of a case forbids is told by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import F, Q

from otklik.base import clock
from otklik.base.errors import Conflict, OtklikError, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.problems.actions.shaping import hold, note
from otklik.casework.problems.events import AnswerToAllDone, AnswerToAllStarted
from otklik.casework.problems.models import AnswerRow, AnswerRun, AnswerStage, Problem, ProblemCase
from otklik.casework.problems.queries import RIGHTS, problem_of, run_of
from otklik.casework.problems.rules import personal_text
from otklik.casework.problems.vocabulary import (
    CaseState,
    ProblemState,
    RowState,
    Stage,
    StageState,
)
from otklik.casework.replies.actions import approve_reply, save_draft, send_reply, submit
from otklik.casework.replies.actions.draft import PUBLIC_CHANNELS
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import open_reply
from otklik.casework.replies.rules.placeholders import refusal
from otklik.casework.replies.rules.quality import MANUAL
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

WANTED: Mapping[str, str] = {
    Stage.PREPARE: RowState.WAITING,
    Stage.APPROVE: RowState.SUBMITTED,
    Stage.SEND: RowState.SIGNED,
}
"""The state of the rows that a stage works on."""


@transaction.atomic
def answer_all(
    *,
    access: Access,
    problem_id: int,
    key: str,
    text: str,
    short_text: str = "",
    result: Result = Result.EXPLAINED,
    measures_taken: bool = False,
    checked: bool,
) -> AnswerRun:
    """Begin an answer to every joined case not answered by an earlier one; the same `key` again
    gives the same run. `checked`: the person has checked the text for each of them.

    The worker drafts and submits (`carry_out`). Raises Forbidden, Refused with what to mend.
    """
    access = access.require_any(Permission.DRAFT)
    hold(access.municipality_id)
    problem = problem_of(access, problem_id)
    known = problem.answers.filter(key=key).first()
    if known:
        return known
    _check(problem, text, short_text, checked)
    run = AnswerRun.objects.create(
        problem=problem, key=key[:40], text=text.strip(), short_text=short_text.strip(),
        result=result, measures_taken=measures_taken, made_at=clock.now(),
        made_label=access.actor.label,
    )  # fmt: skip
    if not _rows(access, run):
        raise Refused(
            "Отвечать некому: всем обращениям проблемы, которые вам видны, уже ответили.", ""
        )
    _start(access, run, Stage.PREPARE)
    return run


@transaction.atomic
def take_stage(*, access: Access, run_id: int, stage: Stage) -> AnswerStage:
    """Approve, or send, all answers of a run that wait for it, by one word; a stage under way is
    given back. Raises Forbidden, and Refused when nothing waits."""
    hold(access.municipality_id)
    run = run_of(access, run_id)
    held = [right for right in RIGHTS[stage] if access.may(right)]
    access = access.require_any(held[0] if held else RIGHTS[stage][0])
    running = run.stages.exclude(state=StageState.DONE).first()
    if running and running.stage == stage:
        return running
    if running:
        raise Conflict("Предыдущий этап ещё выполняется.", "Обновите страницу через минуту.")
    if not run.rows.filter(state=WANTED[stage]).exists():
        raise Refused("Нет ответов, которые этого ждут.", "Обновите страницу.")
    return _start(access, run, stage)


def carry_out(*, stage_id: int) -> AnswerStage:
    """Work off a stage, the case with the nearest term first; a repeat goes on where it stopped."""
    stage = AnswerStage.objects.select_related(
        "run", "run__problem", "run__problem__municipality", "account"
    ).get(pk=stage_id)
    if stage.state == StageState.DONE:
        return stage
    AnswerStage.objects.filter(pk=stage.pk).update(state=StageState.RUNNING)
    access = _access(stage)
    waiting = stage.run.rows.filter(
        Q(tried__isnull=True) | ~Q(tried=stage), state=WANTED[stage.stage]
    )
    order = waiting.order_by(F("appeal__due_at").asc(nulls_last=True), "pk")
    for row_id in list(order.values_list("pk", flat=True)):
        _do(access, stage, row_id)
    return _finish(access, stage)


def _check(problem: Problem, text: str, short_text: str, checked: bool) -> None:
    if problem.state != ProblemState.CONFIRMED:
        raise Conflict("Проблема не подтверждена.", "Сначала подтвердите её.")
    if not text.strip():
        raise Refused("Ответ пустой.", "Напишите текст ответа.")
    for one in (text, short_text):
        if wrong := refusal(one):
            raise Refused(*wrong)
    if not checked:
        raise Refused(
            "Не отмечено, что ответ проверен.",
            "Отметьте: ответ по существу каждого обращения, факты и сроки проверены.",
        )


def _rows(access: Access, run: AnswerRun) -> int:
    """Only of cases that the person sees: another's answer is another's to give."""
    done = AnswerRow.objects.filter(run__problem=run.problem).exclude(state=RowState.REFUSED)
    cases = ProblemCase.objects.filter(
        problem=run.problem, state=CaseState.JOINED, appeal__in=visible_to(access).values("pk")
    )
    wanted = cases.exclude(appeal_id__in=done.values("appeal_id")).order_by("pk")
    made = AnswerRow.objects.bulk_create(
        AnswerRow(run=run, appeal_id=pk) for pk in wanted.values_list("appeal_id", flat=True)
    )
    return len(made)


def _start(access: Access, run: AnswerRun, stage: Stage) -> AnswerStage:
    started = AnswerStage.objects.create(
        run=run,
        stage=stage,
        account_id=access.account_id,
        actor_label=access.actor.label,
        made_at=clock.now(),
    )
    event = AnswerToAllStarted(
        subject_id=run.problem_id,
        number=run.problem.number,
        stage=stage,
        cases=run.rows.filter(state=WANTED[stage]).count(),
    )
    note(access, event)
    return started


def _access(stage: AnswerStage) -> Access:
    """What the person who gave the word may do now."""
    centre = stage.run.problem.municipality
    if stage.account is None:
        return Access.system(centre.pk, stage.actor_label)
    return access_of(stage.account, centre.pk, clock.today(centre.tz))


@transaction.atomic
def _do(access: Access, stage: AnswerStage, row_id: int) -> None:
    row = AnswerRow.objects.select_for_update(of=("self",)).get(pk=row_id)
    if row.state != WANTED[stage.stage] or row.tried_id == stage.pk:
        return
    row.tried = stage
    try:
        with transaction.atomic():
            _STAGES[stage.stage](access, stage.run, row)
    except OtklikError as error:
        row.said = f"{error.message} {error.mend}".strip()[:500]
        if stage.stage == Stage.PREPARE:
            row.state, row.reply = RowState.REFUSED, None
    row.save()


def _prepare(access: Access, run: AnswerRun, row: AnswerRow) -> None:
    appeal = Appeal.objects.select_related("applicant").get(pk=row.appeal_id)
    if not appeal.is_open:
        raise Conflict(f"Обращение уже закрыто: {appeal.get_status_display()}.")
    if open_reply(appeal.pk) is not None:
        raise Conflict(
            "В карточке уже готовят свой ответ.", "Закончите его там или удалите черновик."
        )
    public = appeal.channel in PUBLIC_CHANNELS
    text = run.short_text if public and run.short_text else run.text
    name = appeal.applicant.name if _sees_person(access, appeal) else ""
    reply = save_draft(
        access=access,
        appeal_id=appeal.pk,
        text=personal_text(text, name, public=public),
        confirmed={slug: True for slug, _ in MANUAL},
    )
    row.reply = submit(access=access, appeal_id=appeal.pk)
    row.text, row.state, row.said = reply.text, RowState.SUBMITTED, ""


def _sees_person(access: Access, appeal: Appeal) -> bool:
    bodies: list[int | None] = [*appeal.body_ids] or [None]
    return any(
        access.allows(Permission.VIEW_PERSONAL, body_id=body, channel=appeal.channel)
        for body in bodies
    )


def _approve(access: Access, run: AnswerRun, row: AnswerRow) -> None:
    reply = _own_reply(row)
    if reply.status == ReplyStatus.ON_APPROVAL:
        reply = approve_reply(access=access, reply_id=reply.pk)
    elif reply.status != ReplyStatus.SIGNED:
        raise Conflict(f"Ответ {reply.get_status_display()}.", "Решите его в карточке обращения.")
    row.said = ""
    if reply.status == ReplyStatus.SIGNED:
        row.state = RowState.SIGNED


def _send(access: Access, run: AnswerRun, row: AnswerRow) -> None:
    reply = _own_reply(row)
    if reply.status == ReplyStatus.SIGNED:
        send_reply(
            access=access,
            reply_id=reply.pk,
            result=Result(run.result),
            measures_taken=run.measures_taken,
        )
    elif reply.status not in (ReplyStatus.SENDING, ReplyStatus.SENT):
        raise Conflict(f"Ответ {reply.get_status_display()}.", "Отправьте его из карточки.")
    row.state, row.said = RowState.QUEUED, ""


def _own_reply(row: AnswerRow) -> Reply:
    """The answer as prepared: what a colleague has rewritten is decided in its card."""
    reply = Reply.objects.get(pk=row.reply_id or 0)
    if reply.text != row.text:
        raise Conflict("Текст этого ответа изменили.", "Решите его в карточке обращения.")
    return reply


_STAGES: dict[str, Callable[[Access, AnswerRun, AnswerRow], None]] = {
    Stage.PREPARE: _prepare,
    Stage.APPROVE: _approve,
    Stage.SEND: _send,
}


@transaction.atomic
def _finish(access: Access, stage: AnswerStage) -> AnswerStage:
    stage = AnswerStage.objects.select_for_update(of=("self",)).select_related(
        "run", "run__problem"
    ).get(pk=stage.pk)  # fmt: skip
    if stage.state == StageState.DONE:
        return stage
    stage.state, stage.done_at = StageState.DONE, clock.now()
    stage.save(update_fields=["state", "done_at"])
    tried = stage.run.rows.filter(tried=stage)
    done = tried.filter(said="").count()
    event = AnswerToAllDone(
        subject_id=stage.run.problem_id,
        number=stage.run.problem.number,
        stage=stage.stage,
        done=done,
        refused=tried.count() - done,
    )
    note(access, event)
    return stage

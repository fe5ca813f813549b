"""A ready answer: a draft, on its way to approval, or sent as far as the centre lets it."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.casework.automation.models import Mechanism
from otklik.casework.automation.queries.limits import answer_limit
from otklik.casework.automation.rules.answers import ORDER, allowed
from otklik.casework.automation.vocabulary import AnswerMode, MechanismState
from otklik.casework.replies.actions import approve_reply, save_draft, send_reply, submit
from otklik.casework.replies.models import Reply, ReplyTemplate
from otklik.casework.replies.queries import open_reply
from otklik.casework.replies.rules.placeholders import GAP
from otklik.casework.replies.rules.quality import MANUAL
from otklik.casework.replies.vocabulary import ReplyStatus


class ReadyAnswer(Kind):
    slug = "template"
    label = "подготовить ответ по шаблону"

    def check(self, municipality_id: int, params: Params) -> None:
        _template(municipality_id, params["template"])

    def apply(self, run: Run, params: Params) -> str:
        template = _template(run.appeal.municipality_id, params["template"])
        if open_reply(run.appeal.pk) is not None:
            raise NotAppliedError("ответ уже готовят")
        if run.appeal.executor_body_id is None:
            raise NotAppliedError("нет исполнителя, который отвечал бы за ответ")
        approved = _approved(run)
        reply = save_draft(
            access=run.access,
            appeal_id=run.appeal.pk,
            text=template.text,
            confirmed=_confirmed(run) if approved else None,
        )
        wanted = AnswerMode(params.get("as", AnswerMode.DRAFT))
        mode = allowed(
            wanted,
            answer_limit(run.appeal.municipality),
            law59=run.appeal.regime == Regime.LAW59,
            approved=approved,
        )
        if GAP in reply.text:
            mode = AnswerMode.DRAFT
        reached, why = _carried(run, reply, mode)
        said = f"{_SAID[reached]} по шаблону «{template.title}»"
        return f"{said} (дальше не ушло: {why})" if why else said


_SAID = {
    AnswerMode.DRAFT: "подготовило черновик ответа",
    AnswerMode.APPROVAL: "отправило на согласование ответ",
    AnswerMode.SEND: "отправило заявителю ответ",
}


def _carried(run: Run, reply: Reply, mode: AnswerMode) -> tuple[AnswerMode, str]:
    """How far the answer went, and what kept it from going further: a block of the checklist, no
    address. What was reached stays."""
    steps = {AnswerMode.APPROVAL: _submit, AnswerMode.SEND: _send}
    reached = AnswerMode.DRAFT
    for step in ORDER[1 : ORDER.index(mode) + 1]:
        try:
            with transaction.atomic():
                steps[step](run, reply)
        except OtklikError as error:
            return reached, error.message.rstrip(".")
        reached = step
    return reached, ""


def _submit(run: Run, reply: Reply) -> None:
    submit(access=run.access, appeal_id=run.appeal.pk)


def _send(run: Run, reply: Reply) -> None:
    while reply.status != ReplyStatus.SIGNED:
        reply = approve_reply(access=run.access, reply_id=reply.pk)
    send_reply(access=run.access, reply_id=reply.pk)


def _confirmed(run: Run) -> dict[str, bool]:
    """What a person ticks the head has checked in the mechanism's answer, to one question."""
    if run.appeal.questions.count() > 1:
        return {}
    return {slug: True for slug, _ in MANUAL}


def _approved(run: Run) -> bool:
    """Only the answer of a mechanism that the head has approved may go without a person."""
    mechanism = Mechanism.objects.filter(pk=run.rule.mechanism_id or 0).first()
    return mechanism is not None and mechanism.state == MechanismState.ON


def _template(municipality_id: int, pk: int) -> ReplyTemplate:
    found = ReplyTemplate.objects.filter(
        municipality_id=municipality_id, pk=pk, is_active=True
    ).first()
    if found is None:
        raise NotFound("Такого шаблона ответа нет.", "Выберите шаблон из списка.")
    return found

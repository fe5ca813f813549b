"""Naming the topic."""

from __future__ import annotations

from otklik.base.errors import NotFound
from otklik.casework.appeals.actions import set_topic
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.casework.classification.queries import topics_offered
from otklik.casework.deadlines.actions import set_deadlines


class SetTopic(Kind):
    slug = "topic"
    label = "поставить тему"

    def check(self, municipality_id: int, params: Params) -> None:
        if not topics_offered(municipality_id).filter(pk=params["topic"]).exists():
            raise NotFound("Такой темы нет среди предлагаемых.", "Выберите тему из списка.")

    def apply(self, run: Run, params: Params) -> str:
        if run.decided.topic:
            raise NotAppliedError("тему назвал человек")
        if run.appeal.topic_id == params["topic"]:
            raise NotAppliedError("тема уже такая")
        question = set_topic(access=run.access, appeal_id=run.appeal.pk, topic_id=params["topic"])
        run.appeal.refresh_from_db()
        set_deadlines(appeal=run.appeal)
        return f"поставило тему «{question.topic}»"

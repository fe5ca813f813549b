"""A small district with cases in every state, for tests of all rooms that count."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals import actions
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic

START = datetime(2025, 12, 22, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_REGIMES = {
    Channel.POS: Regime.POS,
    Channel.INCIDENT: Regime.INCIDENT,
    Channel.PAPER: Regime.LAW59,
    Channel.PORTAL: Regime.PORTAL,
}


@dataclass
class District:
    """Directories of one municipality and the verbs tests need."""

    town: Municipality
    bodies: list[Body]
    topics: list[Topic]
    settlements: list[Settlement]
    dice: random.Random = field(default_factory=lambda: random.Random(59))

    @property
    def access(self) -> Access:
        return Access.system(self.town.pk)

    def head_of(self, *bodies: Body) -> Access:
        """A person who sees and counts what these bodies hold, and nothing else."""
        reach = Reach(body_ids=frozenset(body.pk for body in bodies))
        rights = (Permission.VIEW_APPEALS, Permission.ANALYTICS)
        return Access(
            actor=Actor(kind="person", label="Руководитель блока"),
            municipality_id=self.town.pk,
            grants={str(right): reach for right in rights},
        )

    def outsider(self) -> Access:
        return Access(actor=Actor(kind="person", label="Гость"), municipality_id=self.town.pk)

    def register(self, at: datetime, **given: Any) -> Appeal:
        """A case with its terms; what is not given is thrown by the dice."""
        channel = given.pop("channel", None) or self.dice.choice(list(_REGIMES))
        settlement = given.pop("settlement", None) or self.dice.choice([*self.settlements, None])
        questions = tuple(
            actions.NewQuestion(text="вопрос", topic_id=self._maybe(self.topics))
            for _ in range(self.dice.choice([1, 1, 1, 2, 3]))
        )
        topic = given.pop("topic", None)
        topic_id = topic.pk if topic else questions[0].topic_id
        if topic or len(questions) == 1:
            questions = ()
        with clock.frozen(at):
            appeal = actions.register(
                access=self.access,
                new=actions.NewAppeal(
                    regime=_REGIMES[channel],
                    channel=channel,
                    text="Не горит фонарь у дома.",
                    received_at=at,
                    topic_id=topic_id,
                    questions=questions,
                    place=actions.PlaceGiven(
                        settlement_id=settlement.pk if settlement else None,
                        lat=given.pop("lat", None),
                        lon=given.pop("lon", None),
                    ),
                    fast_track=self.dice.random() < 0.2,
                ),
            )
            set_deadlines(appeal=appeal)
        return appeal

    def assign(self, appeal: Appeal, body: Body | None = None) -> None:
        for question in appeal.questions.all():
            actions.assign_executor(
                access=self.access,
                appeal_id=appeal.pk,
                body_id=(body or self.dice.choice(self.bodies)).pk,
                question_number=question.number,
                role=AssignmentRole.MAIN,
            )

    def answer(self, appeal: Appeal, at: datetime, *, score: int | None = None) -> None:
        """Draft with returns and a checklist, approve, answer, perhaps a score."""
        Reply.objects.create(
            appeal=appeal,
            status="sent",
            text="Фонарь заменён.",
            returns=self.dice.choice([0, 0, 1, 2]),
            checklist={"found": [["length", "ok", ""], ["dates", self._level(), ""]]},
            author_label="Исполнитель",
            created_at=at,
        )
        with clock.frozen(at):
            for verb in ("submit", "approve"):
                actions.move(access=self.access, appeal_id=appeal.pk, verb=verb)
            actions.mark_answered(access=self.access, appeal_id=appeal.pk)
        if score is not None:
            Appeal.objects.filter(pk=appeal.pk).update(score=score)

    def reopen(self, appeal: Appeal, at: datetime) -> None:
        with clock.frozen(at):
            actions.reopen(access=self.access, appeal_id=appeal.pk, reason="не решено")

    def live(self, count: int) -> list[Appeal]:
        """Cases over ten weeks, each as far along as the dice say."""
        made = []
        for n in range(count):
            at = START + timedelta(hours=self.dice.randrange(24 * 68), minutes=n)
            appeal = self.register(at)
            made.append(appeal)
            if self.dice.random() < 0.8:
                self.assign(appeal)
                if self.dice.random() < 0.6:
                    days = self.dice.choice([1, 5, 20, 40])
                    self.answer(
                        appeal,
                        at + timedelta(days=days),
                        score=self.dice.choice([None, 1, 3, 5]),
                    )
                    if self.dice.random() < 0.15:
                        self.reopen(appeal, at + timedelta(days=days + 2))
        return made

    def _maybe(self, rows: Sequence[Any]) -> int | None:
        row = self.dice.choice([*rows, None])
        return None if row is None else int(row.pk)

    def _level(self) -> str:
        return self.dice.choice(["ok", "warning"])


def build(slug: str = "zarechye") -> District:
    """Three bodies (one below another), four topics in two groups, three settlements."""
    town = Municipality.objects.create(
        slug=slug, name="Заречье", short_name="Заречье", region="Область", kind="district"
    )
    top = Body.objects.create(municipality=town, name="Управление ЖКХ", kind="department")
    bodies = [
        top,
        Body.objects.create(municipality=town, name="Отдел дорог", kind="department"),
        Body.objects.create(municipality=town, name="Теплосеть", kind="enterprise", parent=top),
    ]
    edition = Edition.objects.create(municipality=town, slug=f"own-{slug}", title="Перечень")
    names = [
        ("1", "Ямы", "Дороги"),
        ("2", "Снег", "Дороги"),
        ("3", "Тепло", "ЖКХ"),
        ("4", "Иное", ""),
    ]
    topics = [
        Topic.objects.create(edition=edition, code=code, name=name, group=group)
        for code, name, group in names
    ]
    settlements = [
        Settlement.objects.create(
            municipality=town,
            name=name,
            kind="village",
            population=people,
            lat=55.0 + n / 10,
            lon=36.0 + n / 10,
        )
        for n, (name, people) in enumerate([("Заречье", 2000), ("Луговое", 300), ("Бор", None)])
    ]
    return District(town=town, bodies=bodies, topics=topics, settlements=settlements)


def run_jobs(*names: str) -> int:
    """Run deferred jobs of these names in order, as the worker would; returns their number."""
    waiting = ProcrastinateJob.objects.filter(task_name__in=names, status="todo").order_by("id")
    jobs = list(waiting)
    for job in jobs:
        task: Callable[..., Any] = app.tasks[job.task_name].func
        task(**job.args)
    return len(jobs)

"""A town thrown by dice: bodies in a tree, blocks, cases with every turn a case may take."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals import actions
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.deadlines.actions import extend_deadline, install_builtin_rules, set_deadlines
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.actions import ask, rate
from otklik.directory.accounts.models import Account
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic
from tests.insight.raw import Right

NOW = datetime.fromisoformat("2026-03-02T12:00:00+03:00")
WAYS = (
    (Channel.POS, Regime.POS),
    (Channel.INCIDENT, Regime.INCIDENT),
    (Channel.PAPER, Regime.LAW59),
    (Channel.HOTLINE122, Regime.HOTLINE),
    (Channel.PORTAL, Regime.PORTAL),
)
KINDS = ("administration", "department", "institution", "enterprise", "settlement")


@dataclass
class RandomTown:
    dice: random.Random
    town: Municipality
    bodies: list[Body] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    people: list[Account] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    held: dict[int, tuple[Right, ...]] = field(default_factory=dict)

    @property
    def access(self) -> Access:
        return Access.system(self.town.pk)

    def maybe(self, chance: float) -> bool:
        return self.dice.random() < chance

    def live(self, count: int) -> None:
        """Cases over three months, each followed through some of its turns."""
        for _ in range(count):
            at = NOW - timedelta(hours=self.dice.randrange(2, 24 * 90))
            appeal = self._register(at)
            self.appeals.append(appeal)
            self._turns(appeal, at)

    def someone(self) -> tuple[Access, tuple[Right, ...], int]:
        """A person with one or two appointments of random reach, some limited to channels."""
        n = Account.objects.count()
        account = self.dice.choice(self.people)
        if self.maybe(0.7):
            account = Account.objects.create_user(f"reader{n}@x.test", f"Читатель {n}")
        rights = self.held.get(account.pk, ())
        rights += tuple(self._right(account) for _ in range(self.dice.choice([1, 1, 2])))
        self.held[account.pk] = rights
        return access_of(account, self.town.pk, NOW.date()), rights, account.pk

    def _right(self, account: Account) -> Right:
        scope = self.dice.choice(list(Scope))
        channels = sorted(self.dice.sample([str(way[0]) for way in WAYS], 2))
        right = Right(
            scope=str(scope),
            body=self.dice.choice(self.bodies).pk if scope != Scope.OWN else None,
            block=self.dice.choice(self.blocks).pk if scope == Scope.BLOCK else None,
            channels=tuple(channels) if self.maybe(0.3) else (),
        )
        role = Role.objects.create(
            municipality=self.town,
            slug=f"reader-{Role.objects.count()}",
            label="Читатель",
            channels=list(right.channels),
        )
        for permission in (Permission.ANALYTICS, Permission.VIEW_APPEALS, Permission.REPORT):
            RoleGrant.objects.create(role=role, permission=permission, scope=scope)
        Appointment.objects.create(
            account=account,
            role=role,
            body_id=right.body,
            block_id=right.block,
            since=date(2020, 1, 1),
        )
        return right

    def _register(self, at: datetime) -> Appeal:
        channel, regime = self.dice.choice(WAYS)
        village = self.dice.choice([*self.settlements, None])
        questions = tuple(
            actions.NewQuestion(text="вопрос", topic_id=self._topic())
            for _ in range(self.dice.choice([0, 0, 2, 3]))
        )
        with clock.frozen(at):
            appeal = actions.register(
                access=self.access,
                new=actions.NewAppeal(
                    regime=regime,
                    channel=channel,
                    text="Во дворе не горит фонарь.",
                    received_at=at - timedelta(hours=self.dice.choice([0, 0, 5, 40])),
                    topic_id=self._topic(),
                    questions=questions,
                    applicant=actions.NewApplicant(name="Соколова Мария", email="m@x.test"),
                    place=actions.PlaceGiven(settlement_id=village.pk if village else None),
                    fast_track=self.maybe(0.2),
                ),
            )
            set_deadlines(appeal=appeal)
        return appeal

    def _topic(self) -> int | None:
        topic = self.dice.choice([*self.topics, None])
        return topic.pk if topic else None

    def _turns(self, appeal: Appeal, at: datetime) -> None:
        """What the rules refuse in the state the case is in is left out."""
        turns: list[tuple[float, Callable[[Appeal, datetime], None]]] = [
            (0.85, self._assign),
            (0.25, self._reassign),
            (0.15, self._withdraw),
            (0.15, self._extend),
            (0.15, self._repeat),
            (0.15, self._convert),
            (0.2, self._return_draft),
            (0.6, self._answer),
            (0.4, self._score),
            (0.2, self._reopen),
            (0.1, self._assign),
            (0.3, self._answer),
        ]
        moment = at
        for chance, turn in turns:
            if not self.maybe(chance):
                continue
            moment = min(moment + timedelta(hours=self.dice.randrange(1, 24 * 12)), NOW)
            with clock.frozen(moment):
                try:
                    turn(appeal, moment)
                except OtklikError:
                    continue

    def _assign(self, appeal: Appeal, at: datetime) -> None:
        for question in appeal.questions.all():
            if self.maybe(0.15):
                continue
            role = AssignmentRole.MAIN
            for _ in range(self.dice.choice([1, 1, 2])):
                actions.assign_executor(
                    access=self.access,
                    appeal_id=appeal.pk,
                    body_id=self.dice.choice(self.bodies).pk,
                    account_id=self.dice.choice(self.people).pk if self.maybe(0.3) else None,
                    question_number=question.number,
                    role=role,
                )
                role = AssignmentRole.CO

    def _reassign(self, appeal: Appeal, at: datetime) -> None:
        actions.assign_executor(
            access=self.access, appeal_id=appeal.pk, body_id=self.dice.choice(self.bodies).pk
        )

    def _withdraw(self, appeal: Appeal, at: datetime) -> None:
        found = Assignment.objects.filter(question__appeal=appeal, withdrawn_at__isnull=True)
        one = self.dice.choice([*found.order_by("pk"), None])
        if one is not None:
            actions.withdraw_assignment(
                access=self.access, assignment_id=one.pk, reason="не по адресу"
            )

    def _extend(self, appeal: Appeal, at: datetime) -> None:
        extend_deadline(
            access=self.access,
            appeal_id=appeal.pk,
            days=self.dice.choice([5, 30]),
            reason="Нужен выезд на место",
            notice_text="Срок рассмотрения вашего обращения продлён, нужен выезд на место.",
        )

    def _repeat(self, appeal: Appeal, at: datetime) -> None:
        earlier = self.dice.choice(self.appeals)
        actions.link_repeat(access=self.access, appeal_id=appeal.pk, earlier_id=earlier.pk)

    def _convert(self, appeal: Appeal, at: datetime) -> None:
        actions.convert_regime(
            access=self.access, appeal_id=appeal.pk, regime=Regime.LAW59, reason="просит автор"
        )
        set_deadlines(appeal=Appeal.objects.get(pk=appeal.pk))

    def _return_draft(self, appeal: Appeal, at: datetime) -> None:
        """A draft that was sent back once or twice, each time with reasons."""
        reply = self._reply(appeal, at, status="returned", returns=self.dice.choice([1, 2]))
        for order in range(reply.returns):
            ApprovalStep.objects.create(
                municipality=self.town,
                subject="reply",
                subject_id=reply.pk,
                order=order + 1,
                label="Согласование",
                permission="approve",
                state="returned",
                decided_at=at,
                reasons=self.dice.sample(["no_dates", "off_point", "rude"], 1 + order),
            )

    def _reply(self, appeal: Appeal, at: datetime, **more: object) -> Reply:
        levels = [self.dice.choice(["ok", "warning"]) for _ in range(self.dice.choice([1, 3]))]
        values: dict[str, object] = {
            "text": "Фонарь заменён.",
            "author_label": "Исполнитель",
            "created_at": at,
            "checklist": {"found": [["check", level, ""] for level in levels]},
            **more,
        }
        if self.maybe(0.2):
            values["checklist"] = {}
        return Reply.objects.create(appeal=appeal, **values)

    def _answer(self, appeal: Appeal, at: datetime) -> None:
        fresh = Appeal.objects.get(pk=appeal.pk)
        if fresh.status == "assigned":
            for verb in ("submit", "approve"):
                actions.move(access=self.access, appeal_id=appeal.pk, verb=verb)
            self._reply(appeal, at, status="sent", sent_at=at)
            actions.mark_answered(access=self.access, appeal_id=appeal.pk)

    def _score(self, appeal: Appeal, at: datetime) -> None:
        last = Reply.objects.filter(appeal=appeal, status="sent").order_by("pk").last()
        if last is not None:
            survey = ask(reply_id=last.pk)
            rate(
                survey_id=survey.pk,
                score=self.dice.randrange(1, 6),
                wants_reopening=self.maybe(0.3),
            )

    def _reopen(self, appeal: Appeal, at: datetime) -> None:
        actions.reopen(access=self.access, appeal_id=appeal.pk, reason="не сделано")


def found_random_town(seed: int) -> RandomTown:
    install_builtin_rules()
    dice = random.Random(seed)
    town = Municipality.objects.create(
        slug=f"town-{seed}", name="Заречье", short_name="Заречье", region="Область", kind="district"
    )
    found = RandomTown(dice, town)
    for n in range(dice.randrange(4, 9)):
        parent = dice.choice([*found.bodies, None, None])
        body = Body.objects.create(
            municipality=town, name=f"Орган {n}", kind=dice.choice(KINDS), parent=parent
        )
        found.bodies.append(body)
    for n in range(3):
        block = Block.objects.create(municipality=town, name=f"Блок {n}")
        for body in dice.sample(found.bodies, dice.randrange(1, 4)):
            BlockMember.objects.create(block=block, body=body, membership="member")
        found.blocks.append(block)
    for n in range(4):
        found.settlements.append(
            Settlement.objects.create(
                municipality=town, name=f"Село {n}", kind="village", population=100 * n or None,
                lat=55.0 + n, lon=36.0 + n, territorial_body=dice.choice([*found.bodies, None]),
            )
        )  # fmt: skip
    edition = Edition.objects.create(municipality=town, slug=f"own-{seed}", title="Перечень")
    for n, group in enumerate(("Дороги", "Дороги", "ЖКХ", "", "Школы")):
        found.topics.append(
            Topic.objects.create(edition=edition, code=str(n), name=f"Тема {n}", group=group)
        )
    for n in range(3):
        found.people.append(Account.objects.create_user(f"p{n}-{seed}@x.test", f"Исполнитель {n}"))
    return found

"""A town whose bodies do not see one another: own cases, and those of somebody else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client

from otklik.base import clock
from otklik.casework.appeals import actions
from otklik.casework.appeals.models import Appeal, Applicant
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.calls.actions import ask_call_back
from otklik.casework.deadlines.actions import extend_deadline, install_builtin_rules
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.models import Survey
from otklik.directory.accounts.models import Account
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState, Purpose
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.tests.world import NOW, START, District, build
from otklik.records.attachments.actions import store

SAME_WORDS = "Третий день нет тепла в доме, батареи холодные, дети мёрзнут."


@dataclass(frozen=True)
class Someone:
    account: Account
    access: Access
    client: Client


@dataclass
class Town:
    """`ours` is a body with one below it, `theirs` another; each has its block."""

    district: District
    ours: Body
    theirs: Body
    own_block: Block
    dice: random.Random = field(default_factory=lambda: random.Random(6))

    @property
    def access(self) -> Access:
        return self.district.access

    def someone(self, scope: Scope) -> Someone:
        """Whoever holds every right there is, and none beyond this scope."""
        role = Role.objects.create(
            municipality=self.district.town, slug=f"all-{scope}", label=f"Все права: {scope.label}"
        )
        RoleGrant.objects.bulk_create(
            RoleGrant(role=role, permission=one, scope=scope) for one in Permission
        )
        account = Account.objects.create_user(f"{scope}@zarechye.test", "Узкова Мария Петровна")
        in_block = scope == Scope.BLOCK
        Appointment.objects.create(
            account=account,
            role=role,
            body=None if in_block else self.ours,
            block=self.own_block if in_block else None,
            since=date(2020, 1, 1),
        )
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return Someone(account, access_of(account, self.district.town.pk, NOW.date()), client)

    def fill(self, body: Body, count: int, account: Account | None = None) -> list[Appeal]:
        """Cases of one body in every state, with all that hangs on a case."""
        made = []
        for n in range(count):
            at = START + timedelta(hours=self.dice.randrange(24 * 69), minutes=n)
            with clock.frozen(at):
                appeal = self._register(at)
                if account is None:
                    self.district.assign(appeal, body)
                else:
                    self._assign_to(appeal, body, account)
            made.append(appeal)
            self._go_on(appeal, n)
        return made

    def leave_unassigned(self, count: int) -> None:
        """Cases that nobody has got yet: they are of no body at all."""
        for n in range(count):
            self._register(NOW - timedelta(hours=n + 1))

    def count_facts(self) -> None:
        with clock.frozen(NOW):
            rebuild(municipality_id=self.district.town.pk)

    def _register(self, at: object) -> Appeal:
        district = self.district
        topic = self.dice.choice(district.topics)
        village = self.dice.choice(district.settlements)
        person = actions.NewApplicant(name="Соколова Мария Ильинична", phone="+7 900 123-45-67")
        questions = (
            actions.NewQuestion(text="о тепле", topic_id=topic.pk),
            actions.NewQuestion(text="о дороге", topic_id=district.topics[0].pk),
        )
        channel, regime = self.dice.choice(
            [
                (Channel.POS, Regime.POS),
                (Channel.PAPER, Regime.LAW59),
                (Channel.HOTLINE122, Regime.HOTLINE),
            ]
        )
        appeal = actions.register(
            access=self.access,
            new=actions.NewAppeal(
                regime=regime,
                channel=channel,
                text=SAME_WORDS,
                received_at=at,  # type: ignore[arg-type]
                topic_id=topic.pk,
                questions=questions if self.dice.random() < 0.3 else (),
                applicant=person,
                place=actions.PlaceGiven(
                    settlement_id=village.pk, lat=village.lat, lon=village.lon, text="Садовая, 5"
                ),
                fast_track=self.dice.random() < 0.3,
            ),
        )
        from otklik.casework.deadlines.actions import set_deadlines

        set_deadlines(appeal=appeal)
        return appeal

    def _assign_to(self, appeal: Appeal, body: Body, account: Account) -> None:
        for question in appeal.questions.all():
            actions.assign_executor(
                access=self.access,
                appeal_id=appeal.pk,
                body_id=body.pk,
                account_id=account.pk,
                question_number=question.number,
            )

    def _go_on(self, appeal: Appeal, n: int) -> None:
        at = appeal.received_at
        store(
            municipality_id=appeal.municipality_id, file_name="фото.txt", content=b"snow",
            subject="appeal", subject_id=appeal.pk,
        )  # fmt: skip
        Applicant.objects.filter(pk=appeal.applicant_id).update(category="пенсионер")
        step = n % 5
        if step == 0:
            return
        if step in (1, 2):
            self.district.answer(appeal, min(at + timedelta(days=4 * step), NOW), score=None)
            self._survey(appeal, step)
        if step == 2:
            self.district.reopen(appeal, min(at + timedelta(days=9), NOW))
        if step == 3:
            self._draft(appeal)
        if step == 4:
            self._ring_and_carry(appeal)
            if appeal.regime == Regime.LAW59:
                with clock.frozen(at + timedelta(days=3)):
                    extend_deadline(
                        access=self.access, appeal_id=appeal.pk, days=10,
                        reason="Нужна проверка на месте", notice_text="Срок продлён на 10 дней.",
                    )  # fmt: skip

    def _survey(self, appeal: Appeal, step: int) -> None:
        reply = Reply.objects.filter(appeal=appeal).latest("pk")
        at = reply.created_at
        Reply.objects.filter(pk=reply.pk).update(sent_at=at, signed_label="Глава", number="1")
        Survey.objects.create(
            appeal=appeal, reply_id=reply.pk, token_hash=f"s{reply.pk}", asked_at=at,
            expires_at=at + timedelta(days=30), answered_at=at, score=1 + 3 * (step - 1),
            comment="Так и не сделали", wants_reopening=step == 1,
        )  # fmt: skip
        Appeal.objects.filter(pk=appeal.pk).update(score=1 + 3 * (step - 1))

    def _draft(self, appeal: Appeal) -> None:
        """A draft that was sent back and waits for approval again."""
        at = appeal.received_at + timedelta(days=1)
        reply = Reply.objects.create(
            appeal=appeal, status="on_approval", text="Отопление восстановлено.", returns=1,
            author_label="Исполнитель", created_at=at, checklist={},
        )  # fmt: skip
        for order, state in ((1, "returned"), (2, "waiting")):
            ApprovalStep.objects.create(
                municipality=appeal.municipality, subject="reply", subject_id=reply.pk,
                order=order, label="Согласование", permission="approve", state=state,
                decided_at=at if state == "returned" else None, reasons=["no_dates"],
            )  # fmt: skip
        with clock.frozen(at):
            actions.move(access=self.access, appeal_id=appeal.pk, verb="submit")

    def _ring_and_carry(self, appeal: Appeal) -> None:
        with clock.frozen(appeal.received_at + timedelta(days=1)):
            ask_call_back(access=self.access, appeal_id=appeal.pk, phone="+7 900 123-45-67")
        OutboundMessage.objects.create(
            municipality=appeal.municipality, case_id=appeal.pk, channel="pos", text="Сделано.",
            purpose=Purpose.ANSWER, state=OutboundState.TO_CARRY, send_after=appeal.received_at,
            key=f"answer:{appeal.pk}", created_at=appeal.received_at, created_label="Оператор",
            reply_to=[f"П-{appeal.pk}"], subject=appeal.number,
        )  # fmt: skip


def found_town() -> Town:
    install_builtin_rules()
    district = build()
    ours, theirs = district.bodies[0], district.bodies[1]
    blocks = []
    for name, bodies in (("ЖКХ", (ours, district.bodies[2])), ("Дороги", (theirs,))):
        block = Block.objects.create(municipality=district.town, name=name)
        for body in bodies:
            BlockMember.objects.create(block=block, body=body, membership="member")
        blocks.append(block)
    return Town(district, ours, theirs, blocks[0])


def pks(cases: Sequence[Appeal]) -> list[int]:
    return [case.pk for case in cases]

"""Each regulation walked by its own roles: one case from registration to the report.

Who does a step is read from the route of the preset. Everybody whose roles lack the step's right
tries it first and is refused; then a substitute named for the dates of absence does one step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.replies.models import Reply
from otklik.config.presets import apply_preset
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint
from otklik.directory.organisation.models import Appointment, Block, Body, Municipality
from otklik.directory.organisation.presets import load
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.actions import deliver
from otklik.exchange.channels.models import OutboundMessage
from otklik.insight.reports.models import Note
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db
FOUNDED = "Постановление от 01.03.2026 № 7"
GOOD = (
    "Здравствуйте! Бригада заделала яму на улице Садовой 5 марта 2026 года, качество работ "
    "проверено мастером участка."
)
TICKS = {"on_point": "1", "all_questions": "1", "facts_checked": "1"}


@dataclass(frozen=True)
class Plan:
    """What a preset leaves to the walk: which body answers, within which block, who reports, and
    whose step (register or send) is done by a substitute."""

    slug: str
    body: str
    reporter: str
    block: str = ""
    absent_step: str = "send"
    directs_to: str = ""
    channel: str = "paper"


PLANS = {
    plan.slug: plan
    for plan in (
        Plan("ust-kubinsky", "Отдел коммунальной инфраструктуры", "administrator"),
        Plan("pereslavl", "МБУ «Служба ЖКХ и благоустройства»", "systems-officer", "Жилищно"),
        Plan("novoduginsky", "Аппарат Администрации", "pos-officer", channel="pos"),
        Plan("tuapse", "Отдел культуры", "head", "Блок 2.", directs_to="Управление образования"),
        Plan("dedovichi", "Управление образования", "chief-specialist", "Образование"),
    )
}


@dataclass
class Person:
    """One position: an account holding one role or the roles that the preset combines."""

    account: Account
    roles: tuple[str, ...]
    client: Client = field(default_factory=Client)

    def access(self, municipality: Municipality) -> Access:
        return access_of(self.account, municipality.pk, clock.today(municipality.tz))


class Walk:
    """The centre of a preset with a person in every role, and one case on its way."""

    def __init__(self, plan: Plan) -> None:
        install_builtin_rules()
        self.plan, self.preset = plan, load(plan.slug)
        self.place = apply_preset(slug=plan.slug, actor=Actor.system("Командная строка"))
        self.people: dict[str, Person] = {}
        self.body = self.place.bodies.filter(name__startswith=plan.body).first()
        self.body = self.body or self.place.bodies.get(short_name=plan.body)
        self._seat_all()

    def _seat_all(self) -> None:
        combined = [tuple(each.roles) for each in self.preset.combinations]
        alone = [(role.slug,) for role in self.preset.roles]
        for roles in [*combined, *alone]:
            if not all(role in self.people for role in roles):
                self._seat(tuple(role for role in roles if role not in self.people))

    def _seat(self, roles: tuple[str, ...]) -> None:
        number = len(self.people)
        account = Account.objects.create_user(f"p{number}@{self.plan.slug}.test", NAMES[number])
        person = Person(account, roles)
        person.client.force_login(account)
        for slug in roles:
            self._appoint(person, slug)
            self.people[slug] = person

    def _appoint(self, person: Person, slug: str) -> None:
        role = self.place.roles.get(slug=slug)
        scopes = set(role.grants.values_list("scope", flat=True))
        block = self.block() if Scope.BLOCK in scopes else None
        appoint(
            access=Access.system(self.place.pk),
            account=person.account,
            role=role,
            body=self.body if Scope.BODY in scopes else None,
            block=block,
            since=clock.today(self.place.tz) - timedelta(days=1),
            basis=FOUNDED,
        )

    def block(self) -> Block:
        """The block of the walk; where the regulation lists none, the centre forms it itself."""
        found = self.place.blocks.filter(name__startswith=self.plan.block).first()
        if found is None:
            found = Block.objects.create(municipality=self.place, name=self.plan.block)
            found.members.create(body=self.body, membership="member")
        return found

    def doer(self, step: str) -> Person:
        """Who does a step by the regulation's own route."""
        return self.people[next(each.role for each in self.preset.route if each.step == step)]

    def refused(self, right: Permission, attempt: Callable[[Person], Any], state: Any) -> int:
        """Everybody without the right tries and nothing changes; how many tried."""
        tried = 0
        for person in {id(each): each for each in self.people.values()}.values():
            if person.access(self.place).may(right):
                continue
            before = state()
            attempt(person)
            assert state() == before, f"{person.roles} без права «{right.label}»"
            tried += 1
        return tried


NAMES = [
    f"{surname} Анна Ильинична"
    for surname in (
        "Берёзова", "Вязова", "Грушева", "Дубова", "Елова", "Жасминова", "Ивова", "Калинова",
        "Липова", "Малинова", "Ольхова", "Пихтова", "Рябинова", "Соснова", "Тополева",
    )
]  # fmt: skip


def register(
    person: Person, text: str = "На улице Садовой яма, разбили колесо", channel: str = "paper"
) -> None:
    kind = {"regime": "law59"} if channel == "paper" else {"external_number": "5-77"}
    person.client.post(
        reverse("desk:register"),
        {
            "channel": channel, **kind, "applicant_kind": "citizen",
            "name": "Иванова Мария Петровна", "postal_address": "улица Садовая, 1",
            "text": text,
            "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0, "q-MIN_NUM_FORMS": 1, "q-MAX_NUM_FORMS": 20,
            "q-0-text": text,
        },
    )  # fmt: skip


def step(person: Person, case: Appeal, verb: str, **form: Any) -> None:
    person.client.post(reverse(f"desk:{verb}", args=[case.pk]), form)


def given_to() -> list[str]:
    found = Assignment.objects.filter(withdrawn_at__isnull=True)
    return [str(each) for each in found.order_by("pk").values_list("body__name", flat=True)]


def answers() -> list[str]:
    return list(Reply.objects.order_by("pk").values_list("status", flat=True))


def substitute(walk: Walk, role: str) -> Person:
    """The one who keeps the structure names a substitute for today, on the page."""
    absent = Appointment.objects.get(
        role__slug=role, role__municipality=walk.place, substitutes__isnull=True
    )
    account = Account.objects.create_user("sub@example.test", "Ясенева Нина Ильинична")
    plain = walk.place.roles.create(slug="staff", label="Сотрудник отдела")
    appoint(
        access=Access.system(walk.place.pk), account=account, role=plain,
        since=clock.today(walk.place.tz), basis=FOUNDED,
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    person = Person(account, ("substitute",), client)
    day = clock.today(walk.place.tz).isoformat()
    url = reverse("desk:substitute", args=[absent.pk])
    form = {"account": account.pk, "since": day, "until": day}
    assert not person.access(walk.place).may(Permission.SEND)

    def name(by: Person) -> None:
        by.client.post(url, form)

    named = absent.substitutions.count
    assert walk.refused(Permission.ORGANISE, name, named)
    keeper = next(
        each for each in walk.people.values()
        if each.access(walk.place).allows(Permission.ORGANISE)
    )  # fmt: skip
    name(keeper)
    assert named() == 1
    return person


def assign(walk: Walk, case: Appeal) -> None:
    body = walk.body
    assert body is not None

    def give(person: Person, to: Body = body) -> None:
        step(person, case, "assignments", body=to.pk, role="main")

    assert walk.refused(Permission.ASSIGN, give, given_to)
    doer = walk.doer("assign")
    if walk.plan.directs_to:
        give(doer)
        assert given_to() == [], "a case of no block is not the block's to give"
        to_block = walk.place.bodies.get(name=walk.plan.directs_to)
        give(walk.people["head"], to_block)
    give(doer)
    assert given_to() == [body.name]


def draft(walk: Walk, case: Appeal) -> None:
    def write(person: Person) -> None:
        step(person, case, "reply", text=GOOD, next="submit", **TICKS)

    assert walk.refused(Permission.DRAFT, write, answers)
    write(walk.doer("draft"))
    assert answers() == ["on_approval"]


def decide(walk: Walk, case: Appeal) -> None:
    def approve(person: Person) -> None:
        step(person, case, "decision", decision="approve")

    def decided() -> list[str]:
        return [*answers(), *Reply.objects.values_list("signed_label", flat=True)]

    steps = Entry.objects.filter(name="ReplyApproved")
    for right, verb in ((Permission.APPROVE, "approve"), (Permission.SIGN, "sign")):
        before = steps.count()
        assert walk.refused(right, approve, decided)
        assert steps.count() == before
        approve(walk.doer(verb))
        assert steps.count() == before + 1
    assert answers() == ["signed"]


def send(walk: Walk, case: Appeal, person: Person) -> None:
    reply = Reply.objects.get()

    def hand_over(by: Person) -> None:
        step(by, case, "sending", reply=reply.pk, result="supported", measures_taken="1")

    def sent() -> int:
        return OutboundMessage.objects.filter(purpose="answer").count()

    assert walk.refused(Permission.SEND, hand_over, sent)
    hand_over(person)
    message = OutboundMessage.objects.get(purpose="answer")
    deliver(message.pk)

    def publish(by: Person) -> None:
        by.client.post(reverse("desk:published", args=[case.pk, message.pk]))

    def placed() -> bool:
        return OutboundMessage.objects.filter(pk=message.pk, sent_at__isnull=False).exists()

    assert walk.refused(Permission.SEND, publish, placed)
    publish(person)
    assert placed()


def report(walk: Walk) -> None:
    today = clock.today(walk.place.tz)
    form = {"since": today - timedelta(days=6), "until": today}

    def write(person: Person) -> None:
        person.client.post(reverse("desk:notes"), form)

    assert walk.refused(Permission.REPORT, write, Note.objects.count)
    write(walk.people[walk.plan.reporter])
    assert Note.objects.count() == 1


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    """Answers leave without the seconds for changing one's mind."""
    settings.UNDO_SECONDS = 0


@pytest.mark.parametrize("slug", sorted(PLANS))
def test_a_case_goes_by_the_roles_of_its_regulation(slug: str) -> None:
    walk = Walk(PLANS[slug])

    def come(person: Person) -> None:
        register(person, channel=walk.plan.channel)

    assert walk.refused(Permission.REGISTER, come, Appeal.objects.count)
    come(walk.doer("register"))
    case = Appeal.objects.get()
    assert case.number
    assign(walk, case)
    draft(walk, case)
    decide(walk, case)
    sender = next(each.role for each in walk.preset.route if each.step == "send")
    person = substitute(walk, sender)
    send(walk, case, person)
    wrote = Entry.objects.filter(actor_label__startswith="Ясенева").values_list("name", flat=True)
    assert "MessageQueued" in set(wrote), "the substitute acts under the own name"
    report(walk)

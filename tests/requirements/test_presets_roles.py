"""What single roles of the regulations do with a case, each in its own preset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import notices, take
from otklik.casework.replies.models import Reply
from otklik.casework.routing.models import RoutingRule
from otklik.casework.teamwork.models import InfoRequest
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Edition, Topic
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.notifications.models import Notice
from otklik.insight.facts.actions import rebuild
from otklik.insight.ratings.queries import SETTINGS_KEY
from otklik.records.journal.models import Entry
from tests.requirements.test_presets_walked import (
    FOUNDED,
    GOOD,
    NAMES,
    PLANS,
    TICKS,
    Person,
    Walk,
    answers,
    given_to,
    register,
    step,
)

pytestmark = pytest.mark.django_db
Walked = Callable[..., tuple[Walk, Appeal]]
OWN_SYSTEM = {"pos-officer": "pos", "im-officer": "incident"}


@pytest.fixture
def walked() -> Walked:
    """A centre of the preset with one registered case, of the system that a role answers for."""

    def make(slug: str, role: str = "") -> tuple[Walk, Appeal]:
        walk = Walk(PLANS[slug])
        channel = OWN_SYSTEM.get(role, walk.plan.channel)
        person = walk.people[role] if role in OWN_SYSTEM else walk.doer("register")
        register(person, channel=channel)
        return walk, Appeal.objects.get()

    return make


def card(person: Person, case: Appeal) -> str:
    answer = person.client.get(reverse("desk:appeal", args=[case.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.clause("ust-kubinsky:4.5.2", "ust-kubinsky:4.8")
def test_only_the_head_names_executors_until_he_delegates(walked: Walked) -> None:
    walk, case = walked("ust-kubinsky")
    assert walk.body is not None
    other = walk.place.bodies.get(name__startswith="Архивный отдел")
    expected = "Подготовить ответ и проект постановления"
    give = {"body": walk.body.pk, "role": "main", "instruction": expected}
    for slug in ("administrator", "executor", "participant"):
        if walk.people[slug] is not walk.people["head"]:
            step(walk.people[slug], case, "assignments", **give)
    assert given_to() == []
    step(walk.people["head"], case, "assignments", **give)
    step(walk.people["head"], case, "assignments", body=other.pk, role="co")
    assert given_to() == [walk.body.name, other.name]
    assert expected in card(walk.people["executor"], case)
    delegate = walk.people["administrator"]
    give["body"] = other.pk
    step(delegate, case, "assignments", **give)
    assert given_to() == [walk.body.name, other.name]
    role = walk.place.roles.get(slug="head")
    acting = walk.place.roles.create(slug="acting", label="Назначает исполнителей по поручению")
    acting.grants.create(permission="assign", scope="municipality")
    assert role.grants.filter(permission="assign").exists()
    appoint(
        access=Access.system(walk.place.pk), account=delegate.account, role=acting,
        since=clock.today(walk.place.tz), basis=FOUNDED,
    )  # fmt: skip
    step(delegate, case, "assignments", **give)
    assert given_to() == [other.name]
    story = Entry.objects.filter(case_id=case.pk, name="ExecutorAssigned")
    assert story.count() == 3, "the history of appointments stays"
    assert Assignment.objects.filter(withdrawn_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("slug", "role"),
    [
        pytest.param(
            "pereslavl", "systems-officer",
            marks=pytest.mark.clause("pereslavl:2.5.1", "pereslavl:2.5.5"),
        ),
        pytest.param("novoduginsky", "pos-officer", marks=pytest.mark.clause("novoduginsky:2.5.1")),
        pytest.param("novoduginsky", "im-officer", marks=pytest.mark.clause("novoduginsky:2.6.1")),
    ],
)  # fmt: skip
def test_a_coordinator_distributes_checks_returns_and_sends(
    walked: Walked, slug: str, role: str, settings: Any
) -> None:
    settings.UNDO_SECONDS = 0
    walk, case = walked(slug, role)
    coordinator = walk.people[role]
    assert walk.body is not None
    assert "Садовой" in card(coordinator, case), "sees what nobody has yet"
    step(coordinator, case, "assignments", body=walk.body.pk, role="main")
    assert given_to() == [walk.body.name]
    writer = walk.people["recipient"]
    draft = {"text": GOOD, "next": "submit", **TICKS}
    step(writer, case, "reply", **draft)
    assert GOOD[:40] in card(coordinator, case)
    step(coordinator, case, "decision", decision="return", remark="Назовите дату")
    assert answers() == ["returned"]
    assert "Назовите дату" in card(writer, case)
    step(writer, case, "reply", **draft)
    step(coordinator, case, "decision", decision="approve")
    step(walk.doer("sign"), case, "decision", decision="approve")
    assert answers() == ["signed"]
    step(coordinator, case, "sending", reply=Reply.objects.get().pk, result="supported")
    assert OutboundMessage.objects.filter(purpose="answer").count() == 1
    control = coordinator.client.get(reverse("desk:control"))
    assert control.status_code == 200


@pytest.mark.clause("dedovichi:15.1")
def test_a_liaison_receives_appeals_requests_and_reminders_of_the_body(walked: Walked) -> None:
    walk, case = walked("dedovichi")
    assert walk.body is not None
    liaison, coordinator = walk.people["liaison"], walk.people["coordinator"]
    step(coordinator, case, "assignments", body=walk.body.pk, role="main")
    notices.tell_executor(appeal_id=case.pk, body_id=walk.body.pk, question=1)
    due = clock.today(walk.place.tz) + timedelta(days=1)
    for kind in ("information", "reminder"):
        step(
            coordinator, case, "team_inquiry",
            kind=kind, body=walk.body.pk, text=f"Что сделано? ({kind})", due_on=due,
        )  # fmt: skip
    told = Notice.objects.filter(account=liaison.account).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["assigned", "asked", "asked"]
    page = liaison.client.get(reverse("desk:requests")).content.decode()
    assert "Что сделано? (reminder)" in page
    asked = InfoRequest.objects.earliest("pk")
    liaison.client.post(reverse("desk:request", args=[asked.pk]), {"text": "Яма огорожена"})
    assert InfoRequest.objects.get(pk=asked.pk).answer == "Яма огорожена"


@pytest.mark.clause("dedovichi:12.5")
def test_the_coordinator_keeps_blocks_and_works_with_their_responsible_persons(
    walked: Walked,
) -> None:
    walk, case = walked("dedovichi")
    coordinator, keeper = walk.people["coordinator"], walk.people["block-responsible"]
    assert walk.body is not None
    form = {
        "name": "Хозяйство", "directions": "Дороги\nВода",
        "member-TOTAL_FORMS": 1, "member-INITIAL_FORMS": 0,
        "member-0-membership": "lead", "member-0-body": walk.body.pk,
    }  # fmt: skip
    url = reverse("desk:block_new")
    assert walk.people["chief-specialist"].client.post(url, form).status_code == 403
    assert coordinator.client.post(url, form).status_code == 302
    made = walk.place.blocks.get(name="Хозяйство")
    assert made.directions == ["Дороги", "Вода"]
    step(coordinator, case, "assignments", body=walk.body.pk, role="main")
    step(coordinator, case, "team_note", text=f"@{keeper.account.full_name.split()[0]}, ваш блок")
    assert Notice.objects.get(kind="mentioned").account == keeper.account
    step(keeper, case, "team_note", text="Берём, ответ завтра")
    assert "Берём, ответ завтра" in card(coordinator, case)


SHIPPED = {
    line.split("\t")[1]
    for line in files("otklik.directory.topics")
    .joinpath("data/classifier_municipal.tsv")
    .read_text("utf-8")
    .splitlines()[1:]
}
"""Groups of topics that every centre has from the start."""


@pytest.mark.parametrize(
    ("number", "start"),
    [
        pytest.param(n, start, marks=pytest.mark.clause(f"pereslavl:2.1.4.{n}"))
        for n, start in enumerate(("Жилищно", "Социальная", "Земельные", "Торговля"), 1)
    ],
)
def test_topics_of_a_block_go_to_it_and_its_heads_see_them(number: int, start: str) -> None:
    walk = Walk(PLANS["pereslavl"])
    block = walk.place.blocks.get(name__startswith=start)
    leads = [each.body for each in block.members.all() if each.body]
    assert block.members.count() > 1, "several heads"
    heads = [_head(walk, place, body) for place, body in enumerate(leads)]
    outsider = _head(walk, 90, None, other=block.pk)
    edition = Edition.objects.create(municipality=walk.place, slug="own", title="Темы города")
    rules = RoutingRule.objects.filter(municipality=walk.place, body__in=leads)
    made = list(rules.order_by("pk").values_list("topic_group", flat=True))
    directions = len(block.directions)
    assert made[:directions] == block.directions, "the preset itself sends these topics here"
    assert set(made[directions:]) <= SHIPPED
    for place, direction in enumerate(block.directions):
        topic = Topic.objects.create(
            edition=edition,
            code=f"{number}.{place}",
            name=f"Вопрос {place}",
            group=direction.capitalize(),
        )
        before = set(Appeal.objects.values_list("pk", flat=True))
        register(walk.doer("register"), text=f"{direction}: вопрос {place}")
        case = Appeal.objects.exclude(pk__in=before).get()
        step(walk.doer("register"), case, "topic", topic=topic.pk, question=1)
        case.refresh_from_db()
        assert case.executor_body in leads
        assert all(direction in card(head, case) for head in heads)
        url = reverse("desk:appeal", args=[case.pk])
        assert outsider.client.get(url).status_code == 404


def _head(walk: Walk, number: int, body: Body | None, other: int = 0) -> Person:
    """A head of the block that a body leads, or of any block but `other`."""
    account = Account.objects.create_user(f"h{number}@p.test", f"{NAMES[0]}{number}")
    person = Person(account, ("block-head",))
    person.client.force_login(account)
    blocks = walk.place.blocks.exclude(pk=other)
    appoint(
        access=Access.system(walk.place.pk),
        account=account,
        role=walk.place.roles.get(slug="block-head"),
        block=blocks.filter(members__body=body).first() if body else blocks.last(),
        since=clock.today(walk.place.tz),
        basis=FOUNDED,
    )
    return person


@pytest.mark.clause("tuapse:app1.9")
def test_each_unit_has_a_queue_an_answering_person_and_a_place_in_the_rating() -> None:
    walk = Walk(PLANS["tuapse"])
    named = [body.name for body in walk.preset.bodies if "app1.9" in body.clauses]
    units = list(walk.place.bodies.filter(name__in=named))
    assert len(units) == len(named) == 20
    in_blocks = {bool(unit.blocks.count()) for unit in units}
    assert in_blocks == {True, False}, "a unit may belong to no block"
    system = Access.system(walk.place.pk)
    long_ago = clock.now() - timedelta(days=90)
    walk.place.settings[SETTINGS_KEY] = {"minimum": 1}
    walk.place.save()
    for number, unit in enumerate(units):
        member = _member(walk, number, unit)
        new = NewAppeal(
            text=f"Вопрос к подразделению {number}", channel=Channel.PAPER, regime=Regime.LAW59,
            received_at=long_ago,
        )  # fmt: skip
        with clock.frozen(long_ago):
            case = take(access=system, new=new)
        step(walk.people["head"], case, "assignments", body=unit.pk, role="main")
        assert set(visible_to(member.access(walk.place))) == {case}
        step(member, case, "reply", text=GOOD, next="submit", **TICKS)
        assert Reply.objects.get(appeal=case).body == unit
    rebuild(municipality_id=walk.place.pk)
    today = clock.today(walk.place.tz)
    period = {"since": str(today - timedelta(days=100)), "until": str(today)}
    rows = walk.people["head"].client.get(reverse("desk:rating"), period).context["rows"]
    rated = {row["rated"].subject_id for row in rows if row["rated"].place is not None}
    assert rated == {unit.pk for unit in units}


def _member(walk: Walk, number: int, unit: Body) -> Person:
    """The one who answers in the unit."""
    account = Account.objects.create_user(f"m{number}@t.test", f"{NAMES[0]}{number}")
    person = Person(account, ("member",))
    person.client.force_login(account)
    appoint(
        access=Access.system(walk.place.pk), account=account, body=unit, basis=FOUNDED,
        role=walk.place.roles.get(slug="member"), since=clock.today(walk.place.tz),
    )  # fmt: skip
    return person

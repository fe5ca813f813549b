"""Queues of the one who assigns: waiting, handed back, not received, passed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.routing.models import RoutingRule
from otklik.casework.teamwork.actions.telling import tell_decided, tell_handed_back
from otklik.casework.teamwork.models import Entry, HandBack, Handling, InfoRequest
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
TUESDAY = datetime.fromisoformat("2025-03-04T11:00:00+03:00")
PAGES = {
    "desk:coordination": 16,
    "desk:coordination?tab=returned": 16,
    "desk:coordination?tab=unconfirmed": 18,
    "desk:coordination?tab=urgent": 16,
    "desk:requests": 12,
    "desk:requests?tab=answered": 12,
    "desk:requests?tab=asked": 11,
    "desk:request": 12,
}


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def plumber(centre: Centre) -> Person:
    return make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)


@pytest.fixture
def case(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    return file_appeal("На Садовой течёт вода", topic_id=centre.holes.pk)


def give(centre: Centre, case: Appeal, body: Body) -> Assignment:
    return assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=body.pk)[0]


def post(person: Person, case: Appeal, verb: str, **form: object) -> str:
    answer = person.client.post(reverse(f"desk:team_{verb}", args=[case.pk]), form, follow=True)
    return str(answer.content.decode()).replace("\u00a0", " ")


def queue(person: Person, tab: str = "") -> str:
    answer = person.client.get(reverse("desk:coordination"), {"tab": tab})
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


def decide(person: Person, back: HandBack, decision: str, **form: object) -> str:
    url = reverse("desk:verdict", args=[back.pk])
    answer = person.client.post(url, {"decision": decision, **form}, follow=True)
    return str(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.clause("ust-kubinsky:4.6.v.2")
def test_waiting_for_an_executor_is_shown_and_measured(centre: Centre, case: Appeal) -> None:
    with clock.frozen(TUESDAY + timedelta(hours=3, minutes=15)):
        assert "3 ч 15 мин" in queue(centre.head)
        give(centre, case, centre.roads)
        after = queue(centre.head)
    assert case.number not in after
    assert "исполнителя ждали: 1 обращение; обычно 3 ч 15 мин" in after


def test_queues_are_for_those_who_assign(centre: Centre) -> None:
    url = reverse("desk:coordination")
    assert centre.executor.client.get(url).status_code == 403
    assert (
        "Взаимодействие" not in centre.executor.client.get(reverse("desk:today")).content.decode()
    )


@pytest.mark.clause("ust-kubinsky:4.6.v.3")
def test_receipt_is_confirmed_by_the_executor_and_missed_receipts_are_shown(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    made = give(centre, case, centre.roads)
    with clock.frozen(TUESDAY + timedelta(days=1)):
        assert case.number not in queue(centre.head, "unconfirmed"), "a working day is given"
    with clock.frozen(TUESDAY + timedelta(days=2)):
        assert case.number in queue(centre.head, "unconfirmed")
        post(plumber, case, "receipt", assignment=made.pk)
        post(centre.operator, case, "receipt", assignment=made.pk)
        assert not Handling.objects.filter(received_at__isnull=False).exists()
        said = post(centre.executor, case, "receipt", assignment=made.pk)
        assert "принято в работу" in said
        assert case.number not in queue(centre.head, "unconfirmed")
        assert "уже подтверждено" in post(centre.executor, case, "receipt", assignment=made.pk)
    kept = Handling.objects.get()
    assert kept.received_at == TUESDAY + timedelta(days=2)
    assert kept.received_label == centre.executor.access.actor.label


@pytest.mark.clause("ust-kubinsky:4.9.a")
def test_what_is_outside_competence_goes_back_with_a_proposed_executor(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    made = give(centre, case, centre.roads)
    assert "причина возврата" in post(centre.executor, case, "handback", assignment=made.pk)
    post(
        centre.executor, case, "handback",
        assignment=made.pk, reason="Течёт водопровод", body=centre.water.pk,
    )  # fmt: skip
    back = HandBack.objects.get()
    tell_handed_back(hand_back_id=back.pk)
    assert Notice.objects.get(kind="handed_back").account == centre.head.account
    shown = queue(centre.head, "returned")
    assert "Течёт водопровод" in shown
    assert "Предлагает: Водоканал" in shown
    case.refresh_from_db()
    assert case.executor_body == centre.roads, "in force until it is decided"
    assert centre.executor.client.post(
        reverse("desk:verdict", args=[back.pk]), {"decision": "accept"}
    ).status_code == 403  # fmt: skip
    decide(centre.head, back, "accept", body=centre.water.pk)
    case.refresh_from_db()
    assert case.executor_body == centre.water
    tell_decided(hand_back_id=back.pk)
    assert Notice.objects.filter(account=centre.executor.account, kind="handed_back").exists()
    assert "решение уже принято" in decide(centre.head, back, "decline", reason="Нет")


@pytest.mark.clause("tuapse:3.4.2")
def test_a_dispute_of_competence_is_settled_by_the_head_with_a_reason(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    made = give(centre, case, centre.roads)
    post(
        centre.executor, case, "handback",
        assignment=made.pk, reason="Не наше", body=centre.water.pk,
    )  # fmt: skip
    first = HandBack.objects.get()
    assert "причина отказа" in decide(centre.head, first, "decline")
    decide(centre.head, first, "decline", reason="Дорога ваша")
    post(
        centre.executor, case, "handback",
        assignment=made.pk, reason="Труба Водоканала", body=centre.water.pk,
    )  # fmt: skip
    second = HandBack.objects.latest("pk")
    assert second.disputed
    assert "спор о компетенции" in queue(centre.head, "returned")
    assert "решают с обоснованием" in decide(centre.head, second, "accept", body=centre.water.pk)
    why = "Труба на балансе Водоканала"
    decide(centre.head, second, "accept", body=centre.water.pk, reason=why)
    second.refresh_from_db()
    assert (second.state, second.given_to) == ("settled", centre.water)
    taken = Assignment.objects.get(body=centre.water, withdrawn_at__isnull=True)
    said = post(plumber, case, "handback", assignment=taken.pk, reason="И не наша")
    assert "решён руководителем" in said
    assert why in said


@pytest.mark.clause("ust-kubinsky:2.2.3")
def test_urgent_case_is_passed_at_once_by_the_rule_of_its_topic_and_reaction_is_measured(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    refused = post(centre.operator, case, "urgent", body=centre.water.pk)
    assert "по правилу маршрутизации" in refused
    RoutingRule.objects.create(
        municipality=centre.municipality, name="Ямы — дорожникам", topic=centre.holes,
        body=centre.roads, order=1, is_active=True, automatic=False,
    )  # fmt: skip
    assert "по правилу" in post(centre.operator, case, "urgent", body=centre.water.pk)
    assert not Assignment.objects.exists()
    post(centre.operator, case, "urgent", instruction="Оградить провал")
    made = Assignment.objects.get()
    assert (made.body, made.instruction) == (centre.roads, "Оградить провал")
    with clock.frozen(TUESDAY + timedelta(minutes=25)):
        assert "нет реакции ждёт 25 мин" in " ".join(
            queue(centre.head, "urgent").replace("</span>", "").split()
        )
    with clock.frozen(TUESDAY + timedelta(minutes=40)):
        post(centre.executor, case, "receipt", assignment=made.pk)
    with clock.frozen(TUESDAY + timedelta(hours=5)):
        post(centre.executor, case, "note", text="Оградили")
        assert "через 40 мин" in queue(centre.head, "urgent")
    assert Handling.objects.get().reaction == "received"


def test_executors_may_not_pass_urgently(centre: Centre, case: Appeal) -> None:
    give(centre, case, centre.roads)
    before = Assignment.objects.count()
    post(centre.executor, case, "urgent", body=centre.water.pk)
    assert Assignment.objects.count() == before
    assert not Handling.objects.exists()


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    rights = dict.fromkeys(Permission, Scope.MUNICIPALITY)
    everyone = make_person(centre.municipality, "Всемогущая Вера", rights, centre.roads)
    crowd(centre, file_appeal, range(3))
    asked = InfoRequest.objects.filter(state="asked").earliest("pk")
    pages = {name: address(name, asked) for name in PAGES}
    with clock.frozen(TUESDAY + timedelta(days=7)):
        few, short = counts_of(everyone.client, pages), sizes_of(everyone.client, pages)
        crowd(centre, file_appeal, range(3, 30))
        Assignment.objects.update(assigned_at=TUESDAY)
        many = counts_of(everyone.client, pages)
        assert grown(few, many) == {}
        assert over(many, PAGES) == {}
        assert set(PAGES) - {"desk:request"} == longer(short, sizes_of(everyone.client, pages))


# Counted in test_block_head.
INVITING = {
    "desk:invitations", "desk:invitation_answer", "desk:invitation_cancel", "desk:invitation_file",
}  # fmt: skip


def test_every_page_of_the_screen_is_counted() -> None:
    counted = {name.partition("?")[0] for name in PAGES}
    assert set(views_of("otklik.web.desk.teamwork")) == (
        counted | {"desk:verdict", "desk:my_block", "desk:deputy_ending", *INVITING}
    )


def address(name: str, asked: InfoRequest) -> str:
    view, mark, query = name.partition("?")
    own = {"pk": asked.pk} if view == "desk:request" else None
    return reverse(view, kwargs=own) + mark + query


def crowd(centre: Centre, file: FileAppeal, names: range) -> None:
    """One more row in every queue for each number."""
    for n in names:
        body = Body.objects.create(
            municipality=centre.municipality, name=f"Служба {n}", kind="institution"
        )
        file(f"Без исполнителя {n}")
        back, urgent, late = (file(f"Яма {n} {turn}") for turn in range(3))
        HandBack.objects.create(
            municipality=centre.municipality, assignment=give(centre, back, body), reason="Не наше",
            author_label="Ямкин", created_at=clock.now(), state="waiting", proposed=centre.water,
        )  # fmt: skip
        Handling.objects.create(
            assignment=give(centre, urgent, body), urgent_at=clock.now(), urgent_label="Оператор"
        )
        give(centre, late, body)
        for state in ("asked", "answered"):
            InfoRequest.objects.create(
                municipality=centre.municipality, appeal=late, kind="information",
                body=centre.roads,
                text=f"Сколько ям {n}?", asker_label="Оператор", asked_at=clock.now(),
                due_at=clock.now() + timedelta(days=1), state=state, answered_at=clock.now(),
            )  # fmt: skip
        Entry.objects.create(
            appeal=late, kind="note", text=f"Запись {n}", happened_at=clock.now(),
            author_label="Ямкин", created_at=clock.now(),
        )  # fmt: skip

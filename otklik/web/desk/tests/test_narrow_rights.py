"""A wide view with a narrow right: what the right does not cover is neither done nor told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.automation.actions import apply_rules
from otklik.casework.automation.models import AutoRule, Firing
from otklik.casework.automation.rules import Leaf, condition_of, store
from otklik.casework.automation.vocabulary import Fact, Mode
from otklik.casework.control.actions import tell_of_terms
from otklik.casework.control.models import EscalationStep, Quiet
from otklik.casework.deadlines.actions.executors import set_executor_term
from otklik.casework.deadlines.models import ExecutorTerm
from otklik.casework.problems.actions import open_problem
from otklik.casework.problems.models import AnswerRow, Spike
from otklik.casework.quality.actions import NewFault, mark_fault, settle
from otklik.casework.teamwork.actions import accept_hand_back, decline_hand_back, hand_back
from otklik.directory.organisation.models import Appointment, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import channel_states
from otklik.exchange.channels.vocabulary import Disposition, InboundKind
from otklik.exchange.notifications.actions import tell_holders
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.facts.actions import rebuild
from otklik.web.desk.tests.conftest import Centre, Person, make_person

pytestmark = pytest.mark.django_db
FileAppeal = Callable[..., Appeal]
MONDAY = datetime.fromisoformat("2025-03-03T11:00:00+03:00")
NARROW = (
    Permission.CLASSIFY, Permission.ASSIGN, Permission.CONTROL, Permission.QUALITY,
    Permission.DRAFT,
)  # fmt: skip
WIDE = (Permission.VIEW_APPEALS, Permission.EXTEND)


def limited(centre: Centre, *rights: Permission, wide: tuple[Permission, ...] = WIDE) -> Person:
    """`rights` in ПОС only, `wide` in every channel."""
    everywhere = Scope.MUNICIPALITY
    made = make_person(centre.municipality, "Головин Пётр", dict.fromkeys(rights, everywhere))
    Role.objects.filter(label="Головин Пётр").update(channels=["pos"])
    seer = Role.objects.create(municipality=centre.municipality, slug="seer", label="Наблюдатель")
    RoleGrant.objects.bulk_create(
        RoleGrant(role=seer, permission=one, scope=everywhere) for one in wide
    )
    Appointment.objects.create(account=made.account, role=seer, since=date(2020, 1, 1))
    access = access_of(made.account, centre.municipality.pk, clock.today())
    return Person(made.account, access, made.client)


def case_of(
    centre: Centre, file_appeal: FileAppeal, channel: Channel, regime: Regime
) -> tuple[Appeal, Assignment]:
    made = file_appeal("На Садовой яма", channel=channel, regime=regime)
    assign_executor(access=centre.head.access, appeal_id=made.pk, body_id=centre.roads.pk)
    made.refresh_from_db()
    return made, Assignment.objects.get(question__appeal=made)


@pytest.fixture
def foreign(centre: Centre, file_appeal: FileAppeal) -> tuple[Appeal, Assignment]:
    return case_of(centre, file_appeal, Channel.INCIDENT, Regime.INCIDENT)


@pytest.fixture
def own(centre: Centre, file_appeal: FileAppeal) -> tuple[Appeal, Assignment]:
    return case_of(centre, file_appeal, Channel.POS, Regime.POS)


def fired(centre: Centre, case: Appeal) -> Firing:
    rule = AutoRule.objects.create(
        municipality=centre.municipality, name="Ямы", condition={}, acts=[], saved_at=clock.now()
    )
    return Firing.objects.create(
        rule=rule, version=1, appeal=case, fired_at=clock.now(), why=[], done=[], skipped=[]
    )


def test_only_whom_the_right_covers_says_that_a_rule_erred(
    centre: Centre, foreign: tuple[Appeal, Assignment], own: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, *NARROW)
    for (case, _), counts in ((foreign, False), (own, True)):
        firing = fired(centre, case)
        card = person.client.get(f"/desk/appeals/{case.pk}/").content.decode()
        assert ("Правило ошиблось" in card) is counts
        person.client.post(f"/desk/automation/firings/{firing.pk}/error/", {"note": "не то"})
        firing.refresh_from_db()
        assert (firing.wrong_at is not None) is counts


def test_a_return_is_decided_by_whom_the_right_to_assign_covers(
    centre: Centre, foreign: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, *NARROW)
    returned = hand_back(
        access=centre.executor.access, assignment_id=foreign[1].pk, reason="Не наша дорога"
    )
    with pytest.raises((Forbidden, NotFound)):
        accept_hand_back(access=person.access, hand_back_id=returned.pk, body_id=centre.water.pk)
    with pytest.raises((Forbidden, NotFound)):
        decline_hand_back(access=person.access, hand_back_id=returned.pk, reason="Ваша дорога")


def test_whoever_names_executors_in_one_channel_is_no_head_in_another(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    with clock.frozen(MONDAY):
        person = limited(centre, *NARROW)
        for channel, regime, setter in (
            (Channel.POS, Regime.POS, "head"),
            (Channel.INCIDENT, Regime.INCIDENT, "administrator"),
        ):
            _, part = case_of(centre, file_appeal, channel, regime)
            set_executor_term(access=person.access, assignment_id=part.pk, due_on=MONDAY.date())
            assert ExecutorTerm.objects.get(assignment=part).setter == setter


def test_a_finding_is_settled_by_whom_the_right_covers(
    centre: Centre, foreign: tuple[Appeal, Assignment], own: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, Permission.QUALITY, wide=(*WIDE, Permission.CONTROL))
    system = Access.system(centre.municipality.pk)
    found = [
        mark_fault(
            access=system, appeal_id=case.pk, new=NewFault(kind="spelling", essence="«зделано»")
        )
        for case, _ in (own, foreign)
    ]
    settle(access=person.access, finding_id=found[0].pk, state="mended")
    with pytest.raises(Forbidden):
        settle(access=person.access, finding_id=found[1].pk, state="mended")


def test_whoever_controls_one_channel_hears_of_its_terms_and_of_no_other(
    centre: Centre, foreign: tuple[Appeal, Assignment], own: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, Permission.CONTROL, wide=())
    place = centre.municipality
    morning = MONDAY - timedelta(hours=1)
    Appeal.objects.filter(pk__in=[foreign[0].pk, own[0].pk]).update(due_at=morning)
    Quiet.objects.get_or_create(municipality=place)
    EscalationStep.objects.filter(municipality=place).delete()
    EscalationStep.objects.create(
        municipality=place, side="after", amount=0, unit="hours", addressee="control"
    )
    tell_of_terms(municipality_id=place.pk, now=MONDAY)
    told = Notice.objects.filter(account=person.account)
    assert set(told.filter(case_id__isnull=False).values_list("case_id", flat=True)) == {own[0].pk}
    digest = told.filter(case_id__isnull=True).get()
    assert "срок ответа пропущен — 1\u00a0обращение" in digest.text


def test_a_notice_of_many_cases_goes_to_whoever_answers_for_all_of_them(
    centre: Centre, own: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, Permission.SEND, Permission.CLASSIFY, wide=())
    place = centre.municipality.pk
    for key, channel in (("mine", "pos"), ("strange", "incident"), ("several", None)):
        tell_holders(
            municipality_id=place, permission=Permission.SEND, kind=NoticeKind.NOT_DELIVERED,
            text="Не доставлено", url="/desk/", key=key, channel=channel,
        )  # fmt: skip
    told = Notice.objects.filter(kind=NoticeKind.NOT_DELIVERED)
    heard = told.filter(account=person.account).values_list("key", flat=True)
    assert list(heard) == ["mine"]
    assert told.filter(account=centre.operator.account).count() == 3


def test_the_state_of_channels_is_told_of_those_one_controls(centre: Centre) -> None:
    for kind in ("pos", "email"):
        ChannelAccount.objects.create(municipality=centre.municipality, kind=kind, title=kind)
    person = limited(centre, Permission.CONTROL, wide=())
    shown = channel_states(person.access, clock.now())
    assert [one.account.kind for one in shown] == ["pos"]
    assert len(channel_states(centre.head.access, clock.now())) == 2


def test_a_problem_of_several_channels_tells_each_of_his_own_cases(
    centre: Centre, foreign: tuple[Appeal, Assignment], own: tuple[Appeal, Assignment]
) -> None:
    person = limited(centre, Permission.VIEW_APPEALS, Permission.DRAFT, wide=())
    seer = Access.system(centre.municipality.pk)
    problem = open_problem(access=seer, appeal_ids=[foreign[0].pk, own[0].pk])
    Spike.objects.create(
        municipality=centre.municipality, topic=centre.holes, day=clock.today(), count=9, usual=1,
        noticed_at=clock.now(),
        settlement=Settlement.objects.create(
            municipality=centre.municipality, name="Берёзовка", kind="village"
        ),
    )  # fmt: skip
    card = f"/desk/problems/{problem.pk}/"
    for url in (card, "/desk/problems/?state=confirmed", f"/desk/appeals/{own[0].pk}/"):
        page = person.client.get(url).content.decode()
        assert problem.title in page
        assert f"/desk/appeals/{foreign[0].pk}/" not in page
        assert "2\u00a0обращения" not in page
    listed = person.client.get("/desk/problems/?state=confirmed")
    assert [one.cases_count for one, _ in listed.context["rows"]] == [1]
    assert listed.context["spikes"] == []
    person.client.post(
        f"{card}answer/",
        {"key": "k", "text": "Яму заделали 3 марта 2025 года.", "checked": "1"},
    )
    assert [row.appeal_id for row in AnswerRow.objects.all()] == [own[0].pk]
    problem.refresh_from_db()
    assert problem.cases_count == 2


def test_a_rule_that_joins_takes_the_lock_of_problems_before_that_of_the_case(
    centre: Centre, own: tuple[Appeal, Assignment], foreign: tuple[Appeal, Assignment]
) -> None:
    seer = Access.system(centre.municipality.pk)
    problem = open_problem(access=seer, appeal_ids=[foreign[0].pk])
    leaf = Leaf(Fact.WORDS, ("яма",))
    AutoRule.objects.create(
        municipality=centre.municipality, name="Ямы", saved_at=clock.now(), state="on",
        condition=store(condition_of(Mode.ALL, (leaf,), ())),
        acts=[{"kind": "problem", "problem": problem.pk}],
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert apply_rules(appeal_id=own[0].pk)
    locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    assert "problems_problemoptions" in locks[0]
    assert problem.cases.filter(appeal=own[0], state="joined").exists()


def test_lists_and_the_queue_name_nobody_to_whom_persons_are_not_shown(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    said = "Позвоните мне: 8 900 123-45-67, во дворе яма"
    case = file_appeal(said)
    open_problem(access=Access.system(centre.municipality.pk), appeal_ids=[case.pk])
    account = ChannelAccount.objects.create(
        municipality=centre.municipality, kind="email", title="Почта"
    )
    letter, _ = accept_message(
        account=account, text=said, external_id="<1@mail.test>", kind=InboundKind.LETTER,
        raw=b"1", received_at=clock.now(), sender="ivanova@mail.test",
        disposition=Disposition.UNREADABLE,
    )  # fmt: skip
    rights = (
        Permission.VIEW_APPEALS, Permission.REGISTER, Permission.CLASSIFY, Permission.CONTROL,
        Permission.ANALYTICS,
    )  # fmt: skip
    rebuild(municipality_id=centre.municipality.pk)
    unnamed = make_person(
        centre.municipality, "Безымянный Иван", dict.fromkeys(rights, Scope.MUNICIPALITY)
    )
    problem = case.problem_cases.get().problem_id
    for url in (
        "/desk/appeals/", "/desk/inbox/", f"/desk/inbox/message/{letter.pk}/",
        f"/desk/problems/{problem}/", f"/desk/problems/joining/?case={case.pk}",
        "/desk/formalising/?tab=rest", "/desk/control/", reverse("desk:questions"),
        f"/desk/appeals/{case.pk}/",
    ):  # fmt: skip
        assert "123-45-67" not in unnamed.client.get(url).content.decode(), url
    assert "123-45-67" in centre.operator.client.get("/desk/appeals/").content.decode()
    assert "123-45-67" in centre.operator.client.get("/desk/inbox/").content.decode()


def test_work_is_given_by_the_day_of_the_centre(
    centre: Centre, own: tuple[Appeal, Assignment]
) -> None:
    place = centre.municipality
    type(place).objects.filter(pk=place.pk).update(time_zone="Asia/Vladivostok")
    evening_in_moscow = datetime.fromisoformat("2025-03-03T20:00:00+03:00")
    given = {"account": centre.head.account.pk, "case": own[0].pk, "due_on": "2025-03-03"}
    with clock.frozen(evening_in_moscow):
        said = centre.operator.client.post("/desk/formalising/giving/", given, follow=True)
    assert "Этот день уже прошёл" in said.content.decode()


def test_a_number_beyond_every_case_is_nobody(
    centre: Centre, own: tuple[Appeal, Assignment]
) -> None:
    seer = Access.system(centre.municipality.pk)
    problem = open_problem(access=seer, appeal_ids=[own[0].pk])
    much = "9" * 30
    client, card = centre.operator.client, f"/desk/problems/{problem.pk}/"
    for url in (f"/desk/problems/joining/?case={much}", f"{card}?after={much}"):
        assert client.get(url).status_code == 200
    for step, given in (
        ("cases", {"case": much, "verb": "out"}), ("merging", {"other": much}),
        ("description", {"body": much, "title": "Яма"}),
    ):  # fmt: skip
        assert client.post(f"{card}{step}/", given).status_code == 302
    aside = {"thing": f"message-{much}", "reason": "реклама"}
    assert client.post("/desk/inbox/", aside).status_code == 200

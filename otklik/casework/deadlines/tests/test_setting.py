"""Terms begin to run by the law, by the channel and by the municipality's own rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.appeals.actions import (
    assign_executor,
    convert_regime,
    mark_answered,
    move,
    reopen,
)
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Priority, Regime
from otklik.casework.deadlines.actions import (
    install_builtin_rules,
    recount_deadlines,
    retire_rule,
    save_rule,
    set_deadlines,
    set_deadlines_many,
)
from otklik.casework.deadlines.models import Deadline, DeadlineRule
from otklik.casework.deadlines.queries import deadlines_of, planner_for, rules_of, unverified_rules
from otklik.casework.deadlines.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, DeadlineState, Unit
from otklik.directory.calendars.actions import override_day
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Edition, Topic
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db


def day_of(appeal: Appeal) -> date:
    assert appeal.due_at is not None
    return appeal.due_at.astimezone(appeal.municipality.tz).date()


def term(appeal: Appeal, kind: DeadlineKind = DeadlineKind.ANSWER) -> Deadline:
    return Deadline.objects.get(appeal=appeal, kind=kind)


@pytest.mark.clause("ust-kubinsky:4.10.a")
def test_an_appeal_runs_by_the_law(make_appeal: MakeAppeal) -> None:
    received = MONDAY - timedelta(days=1)
    appeal = make_appeal(received_at=received)
    found = {row.kind: row for row in deadlines_of(appeal.pk)}
    zone = appeal.municipality.tz
    days = {kind: row.legal_due_at.astimezone(zone).date() for kind, row in found.items()}
    assert days == {
        DeadlineKind.REGISTRATION: date(2026, 2, 4),
        DeadlineKind.FORWARDING: date(2026, 2, 9),
        DeadlineKind.ANSWER: date(2026, 3, 4),
    }
    assert found[DeadlineKind.REGISTRATION].state == DeadlineState.MET
    assert found[DeadlineKind.ANSWER].explanation["sentence"].replace("\u00a0", " ") == (
        "30 календарных дней со дня регистрации 02.02.2026 (ст. 12 ч. 1 № 59-ФЗ)"
        " истекают 04.03.2026."
    )
    assert Appeal.objects.get(pk=appeal.pk).due_at == found[DeadlineKind.ANSWER].due_at


@pytest.mark.clause("ust-kubinsky:4.10.a")
def test_the_calendar_the_centre_keeps_moves_the_end(
    make_appeal: MakeAppeal, system: Access
) -> None:
    override_day(
        access=system, day=date(2026, 3, 4), kind=DayKind.HOLIDAY, reason="Закон области № 5"
    )
    appeal = make_appeal()
    assert day_of(appeal) == date(2026, 3, 3)
    assert "предшествующий рабочий день 03.03.2026" in term(appeal).explanation["sentence"]


def test_channels_have_their_defaults(make_appeal: MakeAppeal) -> None:
    assert day_of(make_appeal(Regime.POS, Channel.POS)) == date(2026, 3, 4)
    assert day_of(make_appeal(Regime.POS, Channel.POS, fast_track=True)) == date(2026, 2, 12)
    zone_hours = [
        make_appeal(Regime.INCIDENT, Channel.INCIDENT, priority=priority).due_at
        for priority in (Priority.NORMAL, Priority.HIGH)
    ]
    moscow = [moment.astimezone(clock.DEFAULT_ZONE) for moment in zone_hours if moment]
    assert [f"{moment:%d.%m %H:%M}" for moment in moscow] == ["03.02 11:00", "02.02 15:00"]
    for regime in (Regime.HOTLINE, Regime.SOCIAL, Regime.MAIL, Regime.PORTAL, Regime.OTHER):
        assert make_appeal(regime, Channel.OTHER).due_at is not None


def test_values_no_act_confirms_ask_to_be_checked(
    make_appeal: MakeAppeal, town: Municipality
) -> None:
    appeal = make_appeal(Regime.INCIDENT, Channel.INCIDENT)
    assert "сверьте с действующей редакцией" in term(appeal).explanation["sentence"]
    assert unverified_rules(town.pk) == rules_of(town.pk).filter(verify=True).count() > 0


@pytest.mark.clause("ust-kubinsky:4.10.b.1")
@pytest.mark.clause("ust-kubinsky:4.10.b.2")
@pytest.mark.clause("ust-kubinsky:4.10.b.3")
@pytest.mark.clause("ust-kubinsky:4.10.b.4")
@pytest.mark.clause("tuapse:2.2.3")
@pytest.mark.parametrize(
    ("regime", "channel", "unit", "amount", "due"),
    [
        (Regime.POS, Channel.POS, Unit.WORKING_DAYS, 5, "09.02 23:59"),
        (Regime.INCIDENT, Channel.INCIDENT, Unit.WORKING_HOURS, 3, "02.02 13:00"),
        (Regime.HOTLINE, Channel.HOTLINE122, Unit.WORKING_HOURS, 8, "03.02 10:00"),
        (Regime.SOCIAL, Channel.VK, Unit.WORKING_HOURS, 2, "02.02 12:00"),
        (Regime.SOCIAL, Channel.OK, Unit.CALENDAR_DAYS, 2, "04.02 23:59"),
    ],
)
def test_the_municipality_sets_terms_of_its_own_by_channel(
    make_appeal: MakeAppeal,
    system: Access,
    regime: Regime,
    channel: Channel,
    unit: Unit,
    amount: int,
    due: str,
) -> None:
    save_rule(
        access=system,
        slug="own",
        title="Свой срок",
        kind=DeadlineKind.ANSWER,
        regime=regime,
        channel=channel,
        unit=unit,
        amount=amount,
        counted_from=CountedFrom.RECEIPT,
        article="распоряжение № 7",
    )
    appeal = make_appeal(regime, channel)
    assert appeal.due_at is not None
    assert f"{appeal.due_at.astimezone(clock.DEFAULT_ZONE):%d.%m %H:%M}" == due
    assert "распоряжение № 7" in term(appeal).explanation["sentence"]


@pytest.mark.clause("ust-kubinsky:4.10.b.1")
def test_a_rule_of_a_topic_governs_what_lies_below_it(
    make_appeal: MakeAppeal, system: Access
) -> None:
    edition = Edition.objects.create(slug="own", title="Свой перечень")
    above = Topic.objects.create(edition=edition, code="1", name="Дороги")
    below = Topic.objects.create(edition=edition, code="1.1", name="Ямы", parent=above)
    other = Topic.objects.create(edition=edition, code="2", name="Свет")
    save_rule(
        access=system,
        slug="roads",
        title="Дороги",
        kind=DeadlineKind.ANSWER,
        regime=Regime.POS,
        topic_id=above.pk,
        unit=Unit.CALENDAR_DAYS,
        amount=8,
        counted_from=CountedFrom.RECEIPT,
    )
    assert day_of(make_appeal(Regime.POS, Channel.POS, topic_id=below.pk)) == date(2026, 2, 10)
    assert day_of(make_appeal(Regime.POS, Channel.POS, topic_id=other.pk)) == date(2026, 3, 4)


@pytest.mark.clause("novoduginsky:1.1.10")
def test_a_fast_track_lasts_thirty_days_at_most(make_appeal: MakeAppeal, system: Access) -> None:
    given = {
        "access": system,
        "slug": "fast",
        "title": "Ускоренное решение",
        "kind": DeadlineKind.ANSWER,
        "fast_track": True,
        "unit": Unit.CALENDAR_DAYS,
        "counted_from": CountedFrom.RECEIPT,
    }
    with pytest.raises(Refused, match="не может быть дольше 30"):
        save_rule(**given, amount=31)  # type: ignore[arg-type]
    edition = Edition.objects.create(slug="own", title="Свой перечень")
    heat = Topic.objects.create(edition=edition, code="1", name="Отопление", theme="housing")
    save_rule(**given, topic_id=heat.pk, amount=12)  # type: ignore[arg-type]
    for regime, channel in ((Regime.LAW59, Channel.PAPER), (Regime.PORTAL, Channel.PORTAL)):
        fast = make_appeal(regime, channel, fast_track=True, topic_id=heat.pk)
        assert day_of(fast) == date(2026, 2, 13)
        assert day_of(make_appeal(regime, channel, fast_track=True)) == date(2026, 3, 4)


def test_rules_are_set_by_right_and_retired(
    make_appeal: MakeAppeal, system: Access, outsider: Access
) -> None:
    given = {
        "slug": "own",
        "title": "Свой срок",
        "kind": DeadlineKind.ANSWER,
        "regime": Regime.PORTAL,
        "unit": Unit.CALENDAR_DAYS,
        "counted_from": CountedFrom.RECEIPT,
    }
    with pytest.raises(Forbidden):
        save_rule(access=outsider, amount=1, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="нулевым"):
        save_rule(access=system, amount=0, **given)  # type: ignore[arg-type]
    save_rule(access=system, amount=1, **given)  # type: ignore[arg-type]
    with clock.frozen(MONDAY):
        retire_rule(access=system, slug="own")
    later = make_appeal(Regime.PORTAL, Channel.PORTAL, at=MONDAY + timedelta(days=1))
    assert day_of(later) == date(2026, 3, 5)
    with pytest.raises(NotFound):
        retire_rule(access=system, slug="никакое")


def test_a_changed_rule_does_not_rewrite_a_term_set_before(
    make_appeal: MakeAppeal, system: Access
) -> None:
    appeal = make_appeal(Regime.PORTAL, Channel.PORTAL)
    before = term(appeal)
    save_rule(
        access=system,
        slug="own",
        title="Свой срок",
        kind=DeadlineKind.ANSWER,
        regime=Regime.PORTAL,
        unit=Unit.CALENDAR_DAYS,
        amount=1,
        counted_from=CountedFrom.RECEIPT,
    )
    assert term(appeal).due_at == before.due_at
    assert term(appeal).rule == before.rule


def test_setting_again_changes_nothing(make_appeal: MakeAppeal) -> None:
    appeal = make_appeal()
    before = list(Deadline.objects.order_by("pk").values())
    entries = Entry.objects.count()
    set_deadlines(appeal=Appeal.objects.get(pk=appeal.pk))
    assert list(Deadline.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == entries


def test_a_message_turned_into_an_appeal_runs_by_the_law(
    make_appeal: MakeAppeal, system: Access
) -> None:
    appeal = make_appeal(Regime.INCIDENT, Channel.INCIDENT)
    convert_regime(
        access=system, appeal_id=appeal.pk, regime=Regime.LAW59, reason="просит письменный ответ"
    )
    recount_deadlines(appeal_id=appeal.pk)
    appeal.refresh_from_db()
    assert day_of(appeal) == date(2026, 3, 4)
    assert Deadline.objects.filter(appeal=appeal, kind=DeadlineKind.FORWARDING).exists()


def test_a_reopened_case_runs_anew(make_appeal: MakeAppeal, system: Access, roads: Body) -> None:
    appeal = make_appeal()
    assign_executor(access=system, appeal_id=appeal.pk, body_id=roads.pk)
    for verb in ("submit", "approve"):
        move(access=system, appeal_id=appeal.pk, verb=verb)
    with clock.frozen(MONDAY + timedelta(days=9)):
        mark_answered(access=system, appeal_id=appeal.pk)
        recount_deadlines(appeal_id=appeal.pk)
    assert term(appeal).state == DeadlineState.MET
    assert term(appeal, DeadlineKind.FORWARDING).state == DeadlineState.CANCELLED
    with clock.frozen(MONDAY + timedelta(days=15)):
        reopen(access=system, appeal_id=appeal.pk, reason="ответ не по существу")
        recount_deadlines(appeal_id=appeal.pk)
    again = term(appeal)
    assert (again.state, again.met_at) == (DeadlineState.RUNNING, None)
    assert again.legal_due_at.date() == date(2026, 3, 19)
    with clock.frozen(MONDAY + timedelta(days=20)):
        recount_deadlines(appeal_id=appeal.pk)
    assert term(appeal).due_at == again.due_at


def test_many_at_once_are_the_same_as_one_by_one(
    make_appeal: MakeAppeal, town: Municipality
) -> None:
    regimes = [Regime.LAW59, Regime.POS, Regime.INCIDENT, Regime.SOCIAL]
    for n in range(12):
        make_appeal(regimes[n % 4], Channel.OTHER, at=MONDAY + timedelta(hours=7 * n))
    names = ("appeal_id", "kind", "due_at", "legal_due_at", "state", "explanation", "rule")
    single = list(Deadline.objects.order_by("appeal_id", "kind").values(*names))
    dates = dict(Appeal.objects.values_list("pk", "due_at"))
    Deadline.objects.all().delete()
    Appeal.objects.update(due_at=None)
    count = set_deadlines_many(appeals=Appeal.objects.order_by("pk"))
    assert count == len(single)
    assert list(Deadline.objects.order_by("appeal_id", "kind").values(*names)) == single
    assert dict(Appeal.objects.values_list("pk", "due_at")) == dates


def test_many_cost_no_more_queries_than_a_few(make_appeal: MakeAppeal) -> None:
    counts = []
    for size in (3, 30):
        for n in range(size):
            make_appeal(at=MONDAY + timedelta(days=n))
        Deadline.objects.all().delete()
        appeals = list(Appeal.objects.all())
        planner = planner_for(appeals[0].municipality_id)
        with CaptureQueriesContext(connection) as captured:
            set_deadlines_many(appeals=appeals, planner=planner)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_built_in_rules_are_refreshed_not_repeated() -> None:
    before = DeadlineRule.objects.filter(municipality=None).count()
    DeadlineRule.objects.filter(slug="law59-answer").update(amount=99)
    assert install_builtin_rules() == before
    assert DeadlineRule.objects.get(slug="law59-answer", municipality=None).amount == 30


def test_the_journal_tells_the_term(make_appeal: MakeAppeal) -> None:
    appeal = make_appeal()
    told = Entry.objects.filter(case_id=appeal.pk, name="DeadlineSet").values_list("sentence")
    assert [sentence.replace("\u00a0", " ") for (sentence,) in told] == [
        (
            "Установлен срок (ответ): 30 календарных дней со дня регистрации 02.02.2026"
            " (ст. 12 ч. 1 № 59-ФЗ) истекают 04.03.2026."
        )
    ]

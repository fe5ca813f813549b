"""The arithmetic of terms agrees with a slow walk day by day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.deadlines.rules import Extension, Pause, Rule, due
from otklik.casework.deadlines.vocabulary import (
    CountedFrom,
    DeadlineKind,
    EndShift,
    Unit,
)
from otklik.directory.calendars.rules import (
    MOSCOW,
    ProductionCalendar,
    federal_days,
    transfers_known_until,
)

RUSSIA = ProductionCalendar(federal_days(), known_until=transfers_known_until())
LAW = Rule(
    slug="law59-answer",
    kind=DeadlineKind.ANSWER,
    unit=Unit.CALENDAR_DAYS,
    amount=30,
    counted_from=CountedFrom.REGISTRATION,
    article="ст. 12 ч. 1 № 59-ФЗ",
)
STARTS = st.datetimes(datetime(2015, 1, 10), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=MOSCOW)
)
RULES = st.builds(
    Rule,
    slug=st.just("any"),
    kind=st.just(DeadlineKind.ANSWER),
    unit=st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]),
    amount=st.integers(1, 40),
    counted_from=st.sampled_from(CountedFrom),
    end_shift=st.sampled_from(EndShift),
)
PAUSES = st.lists(st.tuples(st.integers(-3, 50), st.integers(0, 12)), max_size=3)


def at(day: int, month: int, year: int = 2026, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=MOSCOW)


def counts(rule: Rule, day: date, stopped: set[date]) -> bool:
    if day in stopped:
        return False
    return rule.unit == Unit.CALENDAR_DAYS or RUSSIA.is_working(day)


@given(STARTS, RULES, PAUSES, st.integers(0, 30))
def test_terms_in_days_agree_with_a_walk(
    start: datetime, rule: Rule, breaks: list[tuple[int, int]], longer: int
) -> None:
    pauses = [
        Pause(
            since=start.date() + timedelta(days=after),
            until=start.date() + timedelta(days=after + length),
        )
        for after, length in breaks
    ]
    stopped = {
        pause.since + timedelta(days=n)
        for pause in pauses
        for n in range((pause.until - pause.since).days + 1)
    }
    day, left = start.date(), rule.amount
    while left:
        day += timedelta(days=1)
        left -= counts(rule, day, stopped)
    day += timedelta(days=longer)
    extension = Extension(days=longer) if longer else None
    computed = due(rule, start, RUSSIA, pauses, extension)
    assert computed.legal_due_at.date() == day
    step = {EndShift.PRECEDING: -1, EndShift.NEXT: 1, EndShift.AS_IS: 0}[rule.end_shift]
    moved = day
    while step and not RUSSIA.is_working(moved):
        moved += timedelta(days=step)
    assert computed.due_at.date() == (moved if moved >= start.date() else day)
    assert f"{day:%d.%m.%Y}" in computed.sentence


@given(STARTS, st.integers(1, 40), st.integers(1, 40))
def test_a_longer_term_never_ends_earlier(start: datetime, first: int, second: int) -> None:
    short, long = sorted((first, second))
    rules = [
        Rule(
            slug="any",
            kind=DeadlineKind.ANSWER,
            unit=Unit.WORKING_HOURS,
            amount=amount,
            counted_from=CountedFrom.RECEIPT,
        )
        for amount in (short, long)
    ]
    assert due(rules[0], start, RUSSIA).due_at <= due(rules[1], start, RUSSIA).due_at


def test_thirty_days_of_the_law_in_words() -> None:
    computed = due(LAW, at(2, 2), RUSSIA)
    assert computed.due_at == datetime(2026, 3, 4, 23, 59, 59, tzinfo=MOSCOW)
    assert computed.sentence.replace("\u00a0", " ") == (
        "30 календарных дней со дня регистрации 02.02.2026 (ст. 12 ч. 1 № 59-ФЗ)"
        " истекают 04.03.2026."
    )


def test_an_end_on_a_day_off_moves_back_and_says_so() -> None:
    computed = due(LAW, at(6, 2), RUSSIA)
    assert computed.legal_due_at.date() == date(2026, 3, 8)
    assert computed.due_at.date() == date(2026, 3, 6)
    assert computed.sentence.replace("\u00a0", " ").endswith(
        "истекают 08.03.2026; это нерабочий день,"
        " срок перенесён на предшествующий рабочий день 06.03.2026."
    )
    assert [step.name for step in computed.steps] == ["start", "term", "shift"]


@pytest.mark.parametrize(
    ("shift", "day"),
    [
        (EndShift.PRECEDING, date(2026, 3, 6)),
        (EndShift.NEXT, date(2026, 3, 10)),
        (EndShift.AS_IS, date(2026, 3, 8)),
    ],
)
def test_the_end_moves_as_the_municipality_chose(shift: EndShift, day: date) -> None:
    rule = Rule(**{**LAW.__dict__, "end_shift": shift})
    assert due(rule, at(6, 2), RUSSIA).due_at.date() == day


def test_a_short_term_over_the_holidays_does_not_end_before_it_began() -> None:
    rule = Rule(**{**LAW.__dict__, "amount": 3})
    computed = due(rule, at(2, 1), RUSSIA)
    assert computed.due_at == computed.legal_due_at


def test_extension_and_pause_are_told() -> None:
    pause = Pause(since=date(2026, 2, 10), until=date(2026, 2, 11), reason="ждём уточнения")
    extension = Extension(days=30, reason="запрошены документы")
    computed = due(LAW, at(2, 2), RUSSIA, [pause], extension)
    assert computed.legal_due_at.date() == date(2026, 4, 5)
    text = computed.sentence.replace("\u00a0", " ")
    assert "приостановлен с 10.02.2026 по 11.02.2026: ждём уточнения" in text
    assert "с учётом продления на 30 календарных дней" in text
    assert [step.name for step in computed.steps] == [
        "start", "term", "pause", "extension", "shift",
    ]  # fmt: skip


def test_hours_are_told_to_the_minute() -> None:
    rule = Rule(
        slug="incident-answer",
        kind=DeadlineKind.ANSWER,
        unit=Unit.WORKING_HOURS,
        amount=9,
        counted_from=CountedFrom.RECEIPT,
        verify=True,
    )
    computed = due(rule, at(2, 2, hour=17), RUSSIA)
    assert computed.due_at == datetime(2026, 2, 3, 18, 0, tzinfo=MOSCOW)
    text = computed.sentence.replace("\u00a0", " ")
    assert text.startswith("9 рабочих часов с момента поступления 02.02.2026 в 17:00 истекают")
    assert text.endswith("сверьте с действующей редакцией.")


def test_unpublished_transfers_are_named() -> None:
    computed = due(LAW, at(1, 6, year=2029), RUSSIA)
    assert any("ещё не опубликован" in step.text for step in computed.steps)


@given(RULES)
def test_a_snapshot_gives_the_rule_back(rule: Rule) -> None:
    assert Rule.restored(rule.snapshot()) == rule

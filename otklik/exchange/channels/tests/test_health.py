"""An empty channel is told from a broken one, and each fault names its mend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.config.doctor import examine
from otklik.config.doctor.check import State
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.rules.health import Signs, health_of
from otklik.exchange.channels.rules.pacing import LONGEST_PAUSE, pause_of, slot
from otklik.exchange.channels.rules.splitting import split
from otklik.exchange.channels.rules.visits import SELDOM, SOONEST, next_interval
from otklik.exchange.channels.vocabulary import ChannelKind, Condition

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signs", "condition"),
    [
        (Signs(enabled=False, problem="ключ отозван"), Condition.OFF),
        (Signs(enabled=True), Condition.NEW),
        (Signs(enabled=True, fed_by_hand=True), Condition.EMPTY),
        (Signs(enabled=True, checked_at=NOON), Condition.EMPTY),
        (Signs(enabled=True, checked_at=NOON, problem="нет сети"), Condition.BROKEN),
        (
            Signs(
                enabled=True,
                checked_at=NOON,
                problem="нет сети",
                closed_until=NOON + timedelta(minutes=5),
            ),
            Condition.PAUSED,
        ),
        (
            Signs(enabled=True, checked_at=NOON, lacking=[("отвечать", "Откройте ключ.")]),
            Condition.LIMITED,
        ),
        (Signs(enabled=True, checked_at=NOON, unread_events=2), Condition.LIMITED),
        (
            Signs(enabled=True, checked_at=NOON, recent=60, last_at=NOON - timedelta(days=4)),
            Condition.SILENT,
        ),
        (
            Signs(enabled=True, checked_at=NOON, recent=2, last_at=NOON - timedelta(days=20)),
            Condition.WORKS,
        ),
    ],
)
def test_each_state_has_its_words(signs: Signs, condition: Condition) -> None:
    health = health_of(signs, NOON)
    assert health.condition == condition
    assert health.sentence.endswith(".") or health.sentence == signs.problem
    wrong = condition in (Condition.BROKEN, Condition.LIMITED, Condition.SILENT, Condition.NEW)
    assert bool(health.mends) == wrong


def test_the_examination_names_each_channel_with_its_mend(head: Access) -> None:
    account = actions.set_up_account(
        access=head, kind=ChannelKind.PAPER, title="Бумажные письма", settings={}
    )
    ChannelAccount.objects.filter(pk=account.pk).update(
        checked_at=NOON,
        last_error="Ключ больше не действует.",
        failures=4,
        findings=[{"right": "читать", "problem": "нет", "mend": "Выпустите новый ключ."}],
    )
    (told,) = [each for each in examine() if "Бумажные письма" in each.text]
    assert told.state is State.BAD
    assert "Ключ больше не действует." in told.text
    assert told.mend == "Выпустите новый ключ."


@given(st.integers(0, 100_000), st.booleans())
def test_visits_are_frequent_while_people_write_and_seldom_at_rest(
    before: int, found_new: bool
) -> None:
    after = next_interval(before, found_new=found_new)
    assert SOONEST <= after <= SELDOM
    assert after == SOONEST if found_new else after >= min(before, SELDOM)


@given(st.integers(1, 200), st.integers(1, 30), st.floats(0.2, 50))
def test_no_token_is_used_faster_than_allowed(calls: int, burst: int, rate: float) -> None:
    ready, moments = NOON, []
    for _ in range(calls):
        wait, ready = slot(ready, NOON, rate=rate, burst=burst)
        moments.append(wait.total_seconds())
    assert moments == sorted(moments)
    assert all(each == 0 for each in moments[:burst])
    for number, moment in enumerate(moments[burst:], start=1):
        assert moment == pytest.approx(number / rate, abs=0.001)


@given(st.integers(0, 100))
def test_a_failing_service_is_left_alone_longer_and_longer(failures: int) -> None:
    assert pause_of(failures) <= pause_of(failures + 1) <= LONGEST_PAUSE


WORDS = st.lists(st.text(alphabet="абвг.!? \n", min_size=1, max_size=60), max_size=60)


@given(WORDS, st.integers(20, 400))
def test_parts_fit_and_lose_no_letter(words: list[str], limit: int) -> None:
    text = " ".join(words)
    parts = split(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    whole = [part.rsplit(" (", 1)[0] for part in parts] if len(parts) > 1 else parts
    assert "".join("".join(whole).split()) == "".join(text.split())


def test_a_cut_falls_at_the_end_of_a_sentence() -> None:
    text = "Мост починят. " * 10
    parts = split(text.strip(), 80)
    assert all(part.rsplit(" (", 1)[0].endswith(".") for part in parts)

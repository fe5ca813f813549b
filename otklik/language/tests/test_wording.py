"""Agreement, dates, lists and typography in Russian."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language import wording
from otklik.language.wording import NBSP

APPEALS = ("обращение", "обращения", "обращений")
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 обращений"),
        (1, "1 обращение"),
        (2, "2 обращения"),
        (5, "5 обращений"),
        (11, "11 обращений"),
        (21, "21 обращение"),
        (112, "112 обращений"),
        (1252, "1 252 обращения"),
        (1000000, "1 000 000 обращений"),
    ],
)
def test_a_count_agrees_with_its_noun(value: int, words: str) -> None:
    assert plain(wording.counted(value, APPEALS)) == words
    assert " " not in wording.counted(value, APPEALS)


@given(st.integers(0, 10**9))
def test_agreement_depends_on_the_last_two_digits(value: int) -> None:
    assert wording.plural(value, APPEALS) == wording.plural(value % 100, APPEALS)
    assert wording.plural(value, APPEALS) in APPEALS


@given(st.integers(-(10**12), 10**12))
def test_a_number_reads_back(value: int) -> None:
    text = wording.number(value).replace(NBSP, "").replace(wording.MINUS, "-")
    assert int(text) == value


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (214, 191, "на 12 % больше, чем неделей ранее (191)"),
        (191, 214, "на 11 % меньше, чем неделей ранее (214)"),
        (8, 5, "на 3 больше, чем неделей ранее (5)"),
        (5, 5, "столько же, сколько неделей ранее"),
        (7, 0, "неделей ранее не было ни одного"),
        (0, 7, "неделей ранее было 7"),
        (0, 0, ""),
        (50, 10, "в 5 раз больше, чем неделей ранее (10)"),
        (20, 40, "в 2 раза меньше, чем неделей ранее (40)"),
        (115, 50, "в 2,3 раза больше, чем неделей ранее (50)"),
        (1210, 10, "в 121 раз больше, чем неделей ранее (10)"),
        (1001, 1000, "почти столько же, сколько неделей ранее (1 000)"),
        (25, 20, "на 25 % больше, чем неделей ранее (20)"),
    ],
)
def test_change_in_words(now: int, before: int, words: str) -> None:
    assert plain(wording.compared(now, before, ago="неделей ранее")) == words


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_change_never_says_the_wrong_side(now: int, before: int) -> None:
    said = wording.compared(now, before, ago="неделей ранее")
    assert ("больше" in said) <= (now > before > 0)
    assert ("меньше" in said) <= (0 < now < before)
    assert said or now == before == 0


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ((2026, 11, 9), (2026, 11, 15), "с 9 по 15 ноября 2026 года"),
        ((2026, 11, 2), (2026, 11, 8), "со 2 по 8 ноября 2026 года"),
        ((2026, 10, 26), (2026, 11, 1), "с 26 октября по 1 ноября 2026 года"),
        ((2025, 12, 29), (2026, 1, 4), "с 29 декабря 2025 года по 4 января 2026 года"),
        ((2026, 5, 1), (2026, 5, 1), "1 мая 2026 года"),
    ],
)
def test_period_in_words(since: tuple[int, ...], until: tuple[int, ...], words: str) -> None:
    assert plain(wording.period_words(date(*since), date(*until))) == words


@given(DAYS, st.integers(0, 400))
def test_a_period_names_its_last_day_and_year(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    words = plain(wording.period_words(since, until))
    assert words.endswith(plain(wording.date_words(until)))
    assert str(since.day) in words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ((2026, 11, 9), (2026, 11, 15), "неделей ранее"),
        ((2026, 11, 9), (2026, 11, 9), "днём ранее"),
        ((2026, 2, 1), (2026, 2, 28), "месяцем ранее"),
        ((2026, 1, 1), (2026, 12, 31), "годом ранее"),
        ((2026, 3, 3), (2026, 3, 23), "за 21 день до этого"),
    ],
)
def test_the_period_before_has_a_name(
    since: tuple[int, ...], until: tuple[int, ...], words: str
) -> None:
    assert plain(wording.earlier_words(date(*since), date(*until))) == words


def test_lists_and_shares() -> None:
    assert wording.join_list([]) == ""
    assert wording.join_list(["дороги"]) == "дороги"
    assert plain(wording.join_list(["дороги", "тепло", "", "свет"])) == "дороги, тепло и свет"
    assert plain(wording.percent(0.125)) == "13 %"
    assert plain(wording.percent(0.3333, 1)) == "33,3 %"
    assert wording.signed(-3) == "−3"
    assert wording.signed(3) == "+3"
    assert wording.sentence("готово") == "Готово."


TEXTS = st.text(alphabet=st.sampled_from('абвгие-— "«»()12,.%№'), max_size=60)


@given(TEXTS)
def test_typography_is_done_once(text: str) -> None:
    once = wording.typo(text)
    assert wording.typo(once) == once


@given(TEXTS)
def test_typography_keeps_words(text: str) -> None:
    kept = re.compile(r"[а-яё0-9,.%№]")
    assert kept.findall(wording.typo(text)) == kept.findall(text)


def test_typography() -> None:
    done = wording.typo('Тема "Ямы на дорогах" - рост в 2 раза')
    assert done == (f"Тема «Ямы на{NBSP}дорогах»{NBSP}— рост в{NBSP}2{NBSP}раза")

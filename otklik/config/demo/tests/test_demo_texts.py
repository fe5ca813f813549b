"""The demo's appeals read as if people wrote them, and are the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import islice

import pytest

from otklik.casework.appeals.vocabulary import Channel, Kind, Regime, Result, Status
from otklik.config.demo.generator import generate
from otklik.config.demo.model import DemoAppeal
from otklik.config.demo.people import surname
from otklik.config.demo.russian import aged, street_in
from otklik.config.demo.topics import load_topics
from otklik.config.demo.world import load_world

UNTIL = date(2026, 11, 20)


@pytest.fixture(scope="module")
def appeals() -> list[DemoAppeal]:
    return list(generate(11, UNTIL, target=5000))


def test_same_seed_gives_the_same_appeals(appeals: list[DemoAppeal]) -> None:
    assert list(islice(generate(11, UNTIL, target=5000), 400)) == appeals[:400]
    assert list(islice(generate(12, UNTIL, target=5000), 50)) != appeals[:50]


def test_counts_and_order(appeals: list[DemoAppeal]) -> None:
    assert len(appeals) == 5000
    assert [a.order for a in appeals] == list(range(1, 5001))
    moments = [a.received_at for a in appeals]
    assert moments == sorted(moments)
    assert moments[0].date() >= UNTIL - timedelta(days=366)
    assert moments[-1].date() == UNTIL
    assert len({a.external_number for a in appeals if a.external_number}) == sum(
        bool(a.external_number) for a in appeals
    )


def test_small_target_is_met_exactly() -> None:
    assert len(list(generate(1, UNTIL, months=2, target=137))) == 137


def test_texts_differ(appeals: list[DemoAppeal]) -> None:
    own = [a.text for a in appeals if a.duplicate_of is None]
    assert len(set(own)) == len(own)
    assert len({re.sub(r"\d", "", text) for text in own}) >= 0.95 * len(own)


def test_planned_shares(appeals: list[DemoAppeal]) -> None:
    total = len(appeals)
    assert 0.06 < sum(len(a.questions) > 1 for a in appeals) / total < 0.1
    assert 0.02 < sum(a.repeat_of is not None for a in appeals) / total < 0.05
    assert 0.01 < sum(a.thanks for a in appeals) / total < 0.03
    assert 0.3 < sum(a.score is not None for a in appeals) / total < 0.4
    assert 0.015 < sum(a.reopened_at is not None for a in appeals) / total < 0.05
    assert 0.02 < sum(a.answered_at is None for a in appeals) / total < 0.1
    channels = Counter(a.channel for a in appeals)
    assert channels["pos"] > channels["portal"] > channels["reception"] > 0


def test_words_are_those_of_the_product(appeals: list[DemoAppeal]) -> None:
    assert {a.channel for a in appeals} <= set(Channel.values)
    assert {a.regime for a in appeals} == {*Regime.values} - {"other"}
    assert {a.status for a in appeals} <= set(Status.values)
    assert {a.kind for a in appeals} <= set(Kind.values)
    assert {q.result for a in appeals for q in a.questions} <= {"", *Result.values}


def test_moments_follow_one_another(appeals: list[DemoAppeal]) -> None:
    for a in appeals:
        chain = [a.received_at, a.registered_at, a.questions[0].assigned_at]
        chain += [draft.at for draft in a.drafts]
        chain += [a.answered_at, a.scored_at, a.reopened_at, a.second_answered_at]
        known = [moment for moment in chain if moment]
        assert known == sorted(known), a
        assert all(moment.tzinfo and moment.date() <= UNTIL for moment in known)
        assert (a.answered_at is None) == (a.answer == "")
        if a.answered_at:
            assert all(q.answered_at and q.result and q.answer for q in a.questions)


def test_repeats_point_back_to_the_same_person(appeals: list[DemoAppeal]) -> None:
    by_order = {a.order: a for a in appeals}
    for a in appeals:
        earlier = by_order.get(a.repeat_of or a.duplicate_of or 0)
        if earlier:
            assert earlier.order < a.order
            assert earlier.applicant == a.applicant
            assert earlier.questions[0].topic == a.questions[0].topic


def test_some_work_is_open_overdue_and_late(appeals: list[DemoAppeal]) -> None:
    statuses = Counter(a.status for a in appeals)
    assert statuses["assigned"] > 50
    assert statuses["on_approval"] > 5
    last = appeals[-1].received_at
    assert sum(not a.answered_at and a.usual_end < last for a in appeals) >= 5
    late = [a for a in appeals if a.answered_at and a.answered_at > a.usual_end]
    assert 0.03 < len(late) / len(appeals) < 0.2


def test_one_body_is_slow_and_one_exemplary(appeals: list[DemoAppeal]) -> None:
    def late_share(body: str) -> float:
        done = [a for a in appeals if a.questions[0].body == body and a.answered_at]
        return sum(a.answered_at > a.usual_end for a in done if a.answered_at) / len(done)

    assert late_share("roads") > 3 * late_share("blago")


def test_flood_and_boiler_stand_out(appeals: list[DemoAppeal]) -> None:
    flood = [a for a in appeals if a.questions[0].topic == "flood"]
    assert {a.place.settlement for a in flood} == {"nikolsky-yar", "zaluzhye"}
    assert {a.received_at.month for a in flood if not a.repeat_of} == {4}
    heat = Counter(a.received_at.date() for a in appeals if a.questions[0].topic == "heat")
    assert {day for day, _ in heat.most_common(3)} == {date(2026, 1, d) for d in (19, 20, 21)}


def _texts(appeals: list[DemoAppeal]) -> list[str]:
    texts = [t for a in appeals for t in (a.text, a.answer, a.comment, a.second_answer)]
    return [t for t in texts if t] + [d.text + d.remark for a in appeals for d in a.drafts]


def test_nothing_of_the_machine_shows(appeals: list[DemoAppeal]) -> None:
    for text in _texts(appeals):
        assert not re.search(r"None|nan|\{|\}|<|>|\[|\]|  | ,| \.| \?|\|", text), text
        assert text.count("«") == text.count("»"), text
        assert not re.search(r"\., |,\.", text), text
        assert not re.search(r"[a-z]{3}", text), text


def test_answers_are_tidy(appeals: list[DemoAppeal]) -> None:
    for a in appeals:
        for sentence in re.split(r"(?<=[.!?])\s", a.answer):
            assert not sentence or sentence[0].isupper() or sentence[0] in "«0123456789", a.answer
        assert not a.answer or a.answer[-1] in ".!" or a.answer[-1].isdigit()


def test_phones_and_mails_belong_to_nobody(appeals: list[DemoAppeal]) -> None:
    for a in appeals:
        assert not a.applicant.phone or re.fullmatch(r"\+7 900 000-\d\d-\d\d", a.applicant.phone)
        assert not a.applicant.email or a.applicant.email.endswith(".example")
        for text in (a.text, a.answer):
            for phone in re.findall(r"(?:\+7|\b8)[ (-]*\d{3}[\d )-]{7,}", text):
                assert phone.startswith("+7 900 000-")


def test_gender_agrees(appeals: list[DemoAppeal]) -> None:
    for a in appeals:
        person = a.applicant
        if person.middle:
            assert person.female == person.middle.endswith("на")
        assert person.female == person.last.endswith(("а", "ая"))
        his = re.search(r"\b(обращался|благодарен|вынужден|дозвонился) ", a.text.lower())
        hers = re.search(r"\b(обращалась|благодарна|вынуждена) ", a.text.lower())
        assert (hers if not person.female else his) is None, a.text
        assert not re.search(r"Уважаемый \w+ \w+на!" if person.female else r"Уважаемая", a.answer)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("улица", "Лесная", "на улице Лесной"),
        ("улица", "Мира", "на улице Мира"),
        ("улица", "Дальняя", "на улице Дальней"),
        ("переулок", "Речной", "в переулке Речном"),
        ("проезд", "Заводской", "в проезде Заводском"),
        ("площадь", "Советская", "на площади Советской"),
        ("проспект", "Химиков", "на проспекте Химиков"),
    ],
)
def test_streets_are_inflected(kind: str, name: str, said: str) -> None:
    assert street_in(kind, name) == said


def test_surnames_and_years() -> None:
    assert surname("Каменский", True) == "Каменская"
    assert surname("Белов", True) == "Белова"
    assert [aged(n) for n in (71, 82, 75, 11)] == [
        "71 год", "82 года", "75 лет", "11 лет",
    ]  # fmt: skip


def test_every_topic_can_be_told_and_answered() -> None:
    world, topics = load_world(), load_topics()
    assert len(topics) >= 55
    bodies = {b.slug for b in world.bodies} | {"office"}
    for topic in topics.values():
        assert {topic.body, topic.village_body} <= bodies
        assert len(topic.months) == 12
        assert all((topic.problem, topic.ask, topic.short, topic.done, topic.plan))


def test_some_signed_answers_wait_on_the_way(appeals: list[DemoAppeal]) -> None:
    stopped = [a for a in appeals if a.trouble]
    assert {a.trouble for a in stopped} == {"signed", "to_carry", "failed", "unconfirmed"}
    assert len(stopped) < 0.01 * len(appeals)
    for a in stopped:
        assert a.status == "approved"
        assert a.answered_at is None
        assert a.tried_at is not None
        assert not any(q.answered_at for q in a.questions)
        assert not a.drafts[-1].remark

"""Decisions of people make the suggestions better, wrong ones in a heap do not, and the page of
accuracy tells both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product

import pytest

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.actions import choose_topic, file_alone, learn
from otklik.casework.classification.models import Correction, TopicModelVersion
from otklik.casework.classification.queries import suggest_topics, suggestions_of
from otklik.casework.classification.queries.accuracy import by_month, filed_alone
from otklik.casework.classification.queries.lessons import held_back, lessons
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person

PAGE = "/desk/settings/topics/accuracy/"
OCTOBER = datetime(2026, 10, 5, 9, tzinfo=UTC)
SAID = {
    "Содержание улично-дорожной сети": (
        "Разбили подвеску, асфальт провалился {}",
        "Колея такая, что машина садится на брюхо {}",
        "Засыпьте выбоины щебнем {}",
    ),
    "Коммунальная инфраструктура": (
        "Батареи ледяные вторую неделю {}",
        "Из крана бежит ржавая жижа {}",
        "Горячей нет с понедельника {}",
    ),
    "Обращение с отходами": (
        "Баки переполнены, крысы бегают {}",
        "Мусоровоз не приезжал с праздников {}",
        "Вонь от свалки за гаражами {}",
    ),
    "Наружное освещение": (
        "Фонари не горят, идём на ощупь {}",
        "Лампа на столбе мигает всю ночь {}",
        "Темень, дети боятся ходить {}",
    ),
}
PLACES = [
    f"{where} {house}"
    for where, house in product(
        ("на Садовой", "по Речной", "у дома на Лесной", "во дворе по Мира", "на Заречной"),
        range(1, 31),
    )
]


@dataclass(frozen=True)
class Office:
    """Files cases and says their topics as its people would."""

    access: Access
    topics: dict[str, Topic]
    file: Callable[..., Appeal]

    def decide(self, number: int, wrong: bool = False, skip: int = 0) -> None:
        names = list(self.topics)
        sayings = [(name, said) for name, several in SAID.items() for said in several]
        pairs = zip(cycle(sayings), islice(cycle(PLACES), skip, None), strict=False)
        for (name, said), place in islice(pairs, number):
            appeal = self.file(said.format(place))
            chosen = names[(names.index(name) + 1) % len(names)] if wrong else name
            choose_topic(access=self.access, appeal_id=appeal.pk, topic_id=self.topics[chosen].pk)


@pytest.fixture
def office(centre: Centre, file_appeal: Callable[..., Appeal]) -> Office:
    Topic.objects.filter(edition__municipality=centre.municipality).update(in_use=False)
    topics = {
        name: Topic.objects.create(edition=centre.holes.edition, code=f"9{i}", name=name)
        for i, name in enumerate(SAID)
    }
    return Office(centre.operator.access, topics, file_appeal)


def first_of(texts: Sequence[str], place: int) -> list[str]:
    found = suggest_topics(place, texts, k=1)
    return [row[0].label if row else "" for row in found]


def test_three_hundred_decisions_make_the_page_better_and_a_heap_of_wrong_ones_does_not(
    centre: Centre, setter: Person, office: Office
) -> None:
    place = centre.municipality.pk
    with clock.frozen(OCTOBER):
        assert learn(access=Access.system(place)).card["cold_start"] is True
        office.decide(300)
    with clock.frozen(OCTOBER + timedelta(days=20)):
        better = learn(access=Access.system(place))
    assert better.is_current
    assert better.foreseen > better.foreseen_before

    with clock.frozen(OCTOBER + timedelta(days=30)):
        office.decide(60, skip=77)
        before, after = by_month(place, OCTOBER - timedelta(days=1))
        assert after.share.share > before.share.share + 0.3
        said = setter.client.get(PAGE).content.decode()
        assert f"{better.foreseen} из {better.held_back}, прежняя {better.foreseen_before}" in said

    with clock.frozen(OCTOBER + timedelta(days=32)):
        office.decide(300, wrong=True, skip=11)
    with clock.frozen(OCTOBER + timedelta(days=33)):
        poisoned = learn(access=Access.system(place))
        assert not poisoned.is_current
        assert "расходятся с прежними" in poisoned.verdict
        assert poisoned.verdict in setter.client.get(PAGE).content.decode()
    lights = str(office.topics["Наружное освещение"].pk)
    assert first_of(["Фонари не горят во дворе по Мира 99"], place) == [lights]
    assert Entry.objects.filter(name="ModelKept").count() == 1


def test_held_back_decisions_are_never_learned_from(centre: Centre, office: Office) -> None:
    learn(access=Access.system(centre.municipality.pk))
    office.decide(40)
    place = centre.municipality.pk
    taught = {text for text, _ in lessons(place, 1000, clock.now())}
    kept = {one.text for one in held_back(place)}
    assert kept
    assert not taught & kept
    assert len(taught) + len(kept) == 40


def test_what_was_filed_alone_teaches_only_after_a_person_has_looked(
    centre: Centre, office: Office
) -> None:
    place = centre.municipality.pk
    learn(access=Access.system(place))
    appeal = office.file("Содержание улично-дорожной сети хромает")
    while appeal.pk % 5 == 0:
        appeal = office.file("Содержание улично-дорожной сети хромает")
    first = suggestions_of(appeal)[0]
    file_alone(access=Access.system(place), appeal_id=appeal.pk, first=first)
    assert lessons(place, 10, clock.now()) == []
    assert filed_alone(place).filed == 1
    other = next(t for t in office.topics.values() if t.pk != first.topic_id)
    choose_topic(access=office.access, appeal_id=appeal.pk, topic_id=other.pk)
    assert [topic for _, topic in lessons(place, 10, clock.now())] == [other.pk]
    assert filed_alone(place).mended == 1


def test_a_decision_is_kept_with_what_was_suggested(centre: Centre, office: Office) -> None:
    learn(access=Access.system(centre.municipality.pk))
    appeal = office.file("Наружное освещение и отходы")
    found = list(suggestions_of(appeal))
    choose_topic(access=office.access, appeal_id=appeal.pk, topic_id=found[1].topic_id)
    kept = Correction.objects.get()
    assert (kept.rank, kept.confidence) == (2, found[0].confidence)
    assert kept.chosen_by == centre.operator.account


def test_an_earlier_model_is_put_back_by_hand(
    centre: Centre, setter: Person, office: Office
) -> None:
    place = centre.municipality.pk
    former = learn(access=Access.system(place))
    learn(access=Access.system(place))
    TopicModelVersion.objects.filter(pk=former.pk).update(is_current=False)
    setter.client.post(f"{PAGE}{former.pk}/promotion/")
    assert TopicModelVersion.objects.get(is_current=True) == former
    assert Entry.objects.filter(sentence__contains="Включена администратором").count() == 1


def test_without_decisions_the_page_says_what_to_do(centre: Centre, setter: Person) -> None:
    assert "Решений пока нет" in setter.client.get(PAGE).content.decode()
    assert centre.operator.client.get(PAGE).status_code == 403


def test_the_page_asks_the_same_however_many_decisions_there_are(
    centre: Centre,
    setter: Person,
    office: Office,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    learn(access=Access.system(centre.municipality.pk))
    for _ in range(2):
        office.decide(15)
        with django_assert_max_num_queries(16):
            assert setter.client.get(PAGE).status_code == 200

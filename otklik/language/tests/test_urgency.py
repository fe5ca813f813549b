"""What asks for haste or care is noticed with its words; calm texts stay calm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.urgency import MOST_WORDS, Alarm, alarms


def raised(text: str) -> set[Alarm]:
    return {item.alarm for item in alarms(text)}


@pytest.mark.parametrize(
    ("text", "alarm", "words"),
    [
        ("У подъезда оборванный провод искрит", Alarm.LIFE, "оборванный провод"),
        ("Открыт люк, провалится ребёнок", Alarm.LIFE, "открыт люк"),
        ("Пахнет газом во втором подъезде", Alarm.LIFE, "пахнет газом"),
        ("Яма создаёт угрозу для жизни людей", Alarm.LIFE, "угрозу для жизни"),
        ("Собаки покусали прохожего", Alarm.LIFE, "собаки покусали"),
        ("На детской площадке сломаны качели", Alarm.CHILDREN, "детской площадке"),
        ("Третий день нет горячей воды", Alarm.OUTAGE, "нет горячей воды"),
        ("Весь посёлок без света", Alarm.OUTAGE, "без света"),
        ("Батареи еле тёплые, холодные батареи в спальне", Alarm.OUTAGE, "холодные батареи"),
        ("Прорвало трубу у магазина", Alarm.OUTAGE, "прорвало трубу"),
        ("Мастер вымогает деньги за справку", Alarm.CORRUPTION, "вымогает"),
        ("Деньги на дорогу украли", Alarm.CORRUPTION, "деньги на дорогу украли"),
    ],
)
def test_words_that_raised_an_alarm_are_given(text: str, alarm: Alarm, words: str) -> None:
    assert words in {word for item in alarms(text) if item.alarm is alarm for word in item.words}


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо за новую остановку, очень удобно",
        "Ветка не угрожает жизни прохожих",
        "Угрозы жизни нет, но ямку лучше засыпать",
        "Когда откроют бассейн? Вода там тёплая, свет яркий",
        "Хулиганы сломали скамейку, требуем починить её до осени",
        "Разберитесь с потреблением, счёт за рубль",
        "Блямба на столбе, бляшки и бляхи, мандарины, скипидар и команда",
        "",
    ],
)
def test_calm_texts_raise_nothing(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize(
    "text", ["какого хуя не чистят", "заебали ямы", "полный п***ц", "бля, опять темно"]
)
def test_obscenity_is_noticed_also_behind_asterisks(text: str) -> None:
    assert Alarm.OBSCENITY in raised(text)


def test_a_phrase_does_not_run_over_a_comma_or_a_sentence() -> None:
    assert raised("Нет, вода есть") == set()
    assert raised("Света тут нет. Воды хватает") == {Alarm.OUTAGE}
    assert raised("Прошу отключить. Газ есть") == set()


def test_titles_are_russian_and_words_are_few() -> None:
    found = alarms(
        "Дети, детей, детям, детьми, ребёнок, ребёнку, малыши и школьники ходят в темноте"
    )
    assert [item.alarm.words for item in found] == ["дети"]
    assert len(found[0].words) == MOST_WORDS


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for item in alarms(text):
        assert item.words

"""What asks for haste or care is noticed with its words; calm texts stay calm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.gold import alarms as gold
from otklik.language.urgency import MOST_WORDS, Alarm, advice, alarms


def raised(text: str) -> set[Alarm]:
    return {item.alarm for item in alarms(text)}


@pytest.mark.parametrize(
    ("text", "alarm", "words"),
    [
        ("У подъезда оборванный провод искрит", Alarm.WIRE, "оборванный провод"),
        ("Открыт люк, провалится ребёнок", Alarm.HATCH, "открыт люк"),
        ("Пахнет газом во втором подъезде", Alarm.GAS, "пахнет газом"),
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


def test_the_alarms_of_the_gold_messages_are_noticed_and_calm_ones_stay_calm() -> None:
    told = gold.read()
    assert len(told) >= 150
    assert sum(not one.raises for one in told) >= 50
    reached = gold.score(told)
    assert reached.precision >= 0.9
    assert reached.recall >= 0.9
    assert {alarm: pair for alarm, pair in reached.by_alarm.items() if min(pair) < 0.8} == {}


def test_alarms_of_messages_written_after_the_lexicon_are_noticed_too() -> None:
    told = gold.read(gold.HELD_OUT)
    reached = gold.score(told)
    assert len(told) >= 50
    assert reached.precision >= 0.9
    assert reached.recall >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Света не было, но через час дали",
        "Воду не отключали",
        "Отключения не было",
        "В прошлом году упало дерево",
        "Пожар потушили",
        "Не хочу больше жить на пятом этаже",
    ],
)
def test_what_is_denied_mended_or_long_past_raises_nothing(text: str) -> None:
    assert alarms(text) == []


def test_what_came_back_is_raised_all_the_same() -> None:
    assert raised("Воды нет, дали на час и опять отключили") == {Alarm.OUTAGE}
    assert raised("В прошлом году прорвало трубу, и снова прорвало") == {Alarm.OUTAGE}
    assert raised("Света нет, так и не включили") == {Alarm.OUTAGE}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Иди нaxyй", "нaxyй"),
        ("Тут п и з д е ц", "п и з д е ц"),
        ("ни х*я не видно", "х*я"),
        ("Б.Л.Я, темно", "Б.Л.Я"),
        ("zaebali ямами", "zaebali"),
    ],
)
def test_obscenity_is_seen_through_other_letters_and_its_place_is_told(
    text: str, word: str
) -> None:
    (found,) = alarms(text)
    assert found.alarm is Alarm.OBSCENITY
    assert [text[start:end] for start, end in found.spans] == [word]


def test_spans_point_at_the_words_in_the_message() -> None:
    text = "Добрый день!\nУ школы искрит провод. Пахнет газом."
    for item in alarms(text):
        for word, (start, end) in zip(item.words, item.spans, strict=True):
            assert text[start:end].casefold() == word


def test_advice_gives_reasons_and_leaves_the_decision_to_people() -> None:
    found = advice(alarms("Пахнет газом, дети спят, полный пиздец"))
    assert found.high
    assert found.reasons == ("запах или утечка газа: «пахнет газом»",)
    assert any("104" in step for step in found.steps)
    assert any("статья 11" in step for step in found.steps)
    assert not advice(alarms("На детской площадке сломаны качели")).high
    assert advice([]) == advice(alarms("Спасибо за остановку"))


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for item in alarms(text):
        assert item.words

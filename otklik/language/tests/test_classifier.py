"""Topics are learned from a few dozen written examples; models travel as bytes that cannot run."""

from __future__ import annotations

import io
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.language.classifier import TopicModel, apart, dump, from_descriptions, load, train

WHEN = "2026-11-21T08:00:00+00:00"
_PLACES = (
    "у школы",
    "на Садовой",
    "во дворе",
    "возле магазина",
    "у дома 5",
    "на въезде",
    "в центре",
)
_SAID = {
    "дороги": (
        "Яма на дороге {}",
        "Разбит асфальт {}",
        "Колея на дороге {}",
        "Засыпьте ямы {}",
    ),
    "свет": (
        "Не горит фонарь {}",
        "Темно без фонарей {}",
        "Фонарь мигает {}",
        "Свет не включают {}",
    ),
    "мусор": (
        "Не вывозят мусор {}",
        "Контейнеры полны {}",
        "Свалка отходов {}",
        "Полны мусорные баки {}",
    ),
    "вода": (
        "Нет горячей воды {}",
        "Течёт водопровод {}",
        "Слабый напор воды {}",
        "Прорвало трубу {}",
    ),
}
TEXTS = [said.format(where) for sayings in _SAID.values() for said in sayings for where in _PLACES]
LABELS = [label for label, sayings in _SAID.items() for _ in sayings for _ in _PLACES]


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return train(TEXTS, LABELS, when=WHEN)


@pytest.mark.parametrize(
    ("text", "label", "reason"),
    [
        ("Огромная яма напротив аптеки", "дороги", "яма"),
        ("Вечером темно, фонари не горят", "свет", "темно"),
        ("Переполненные контейнеры, мусор лежит неделю", "мусор", "контейнеры"),
        ("Опять нет горячей воды", "вода", "воды"),
    ],
)
def test_new_words_about_a_known_topic_are_understood(
    model: TopicModel, text: str, label: str, reason: str
) -> None:
    first = model.suggest(text)[0]
    assert first.label == label
    assert any(reason in words for words in first.reasons), first.reasons


def test_suggestions_come_surest_first_and_as_many_as_asked(model: TopicModel) -> None:
    found = model.suggest("Яма и мусор у дома", k=4)
    assert [s.confidence for s in found] == sorted((s.confidence for s in found), reverse=True)
    assert {s.label for s in found} == set(_SAID)
    assert len(model.suggest("Яма", k=2)) == 2


def test_reasons_are_words_of_the_text_itself(model: TopicModel) -> None:
    text = "Нет горячей воды, в трубах пусто"
    for suggestion in model.suggest(text):
        assert all(words in text.casefold() for words in suggestion.reasons)


def test_the_card_says_what_the_model_is_made_of(model: TopicModel) -> None:
    assert model.card["when"] == WHEN
    assert (model.card["texts"], model.card["classes"]) == (len(TEXTS), 4)
    assert model.card["checked_on"] == len(TEXTS)
    assert 0.8 < model.card["accuracy"] <= model.card["top3"] <= 1


def test_a_model_comes_back_from_bytes_as_it_was(model: TopicModel) -> None:
    again = load(dump(model))
    assert again.card == model.card
    for mine, stored in zip(model.suggest_many(TEXTS), again.suggest_many(TEXTS), strict=True):
        assert mine[0].label == stored[0].label
        assert mine[0].confidence == pytest.approx(stored[0].confidence, abs=0.01)


def test_many_texts_are_learned_from_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "HERE_AT_MOST", 10)
    made = apart.train_apart(TEXTS, LABELS, when=WHEN, described={"собаки": "Бродячие собаки"})
    assert made.suggest("Огромная яма напротив аптеки")[0].label == "дороги"
    assert made.suggest("бродячая собака")[0].label == "собаки"
    with pytest.raises(RuntimeError, match="no words"):
        apart.train_apart(["!!!"] * 20, ["1"] * 20, when=WHEN)


def test_bytes_that_are_no_model_are_refused() -> None:
    harmful = io.BytesIO()
    np.savez(harmful, head=np.array([{"run": 1}], dtype=object))
    for artefact in (
        b"",
        b"no",
        pickle.dumps({"labels": []}),
        harmful.getvalue(),
        dump_without_head(),
    ):
        with pytest.raises(ValueError, match=r"model|pickle"):
            load(artefact)


def dump_without_head() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, idf=np.zeros(1))
    return buffer.getvalue()


def test_one_class_single_texts_and_empty_texts_are_survived() -> None:
    alone = train(["Яма на дороге"], ["дороги"], when=WHEN)
    assert alone.suggest("яма")[0].label == "дороги"
    singles = train(["Яма на дороге", "Нет воды", "", "Темно"], ["1", "2", "3", ""], when=WHEN)
    assert singles.suggest("нет воды")[0].label == "2"
    assert singles.suggest("") == []
    assert singles.suggest("!!! 😡") == []


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ValueError, match="no labelled"):
        train(["", " "], ["1", "2"], when=WHEN)
    with pytest.raises(ValueError, match="no words"):
        train(["!!!"], ["1"], when=WHEN)
    with pytest.raises(ValueError, match="no descriptions"):
        from_descriptions({"1": " "}, when=WHEN)


def test_descriptions_start_a_model_without_history() -> None:
    cold = from_descriptions(
        {"1": "Ямы и асфальт на дорогах", "2": "Уличное освещение, фонари", "3": "Вывоз мусора"},
        when=WHEN,
    )
    assert cold.suggest("Не горит фонарь")[0].label == "2"
    assert cold.suggest("мусор не вывозят")[0].label == "3"
    assert cold.card["cold_start"] is True
    assert load(dump(cold)).suggest("асфальт")[0].label == "1"


def test_a_topic_without_a_single_text_is_suggested_by_its_description() -> None:
    made = train(TEXTS, LABELS, when=WHEN, described={"собаки": "Бродячие собаки, отлов животных"})
    assert made.suggest("Стая бродячих собак")[0].label == "собаки"
    assert made.card["texts"] == len(TEXTS)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_texts_are_survived(model: TopicModel, texts: list[str]) -> None:
    found = model.suggest_many(texts)
    assert len(found) == len(texts)
    assert all(0 <= s.confidence <= 1 for suggestions in found for s in suggestions)

"""The checklist line by line, places of templates, and the words of the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.replies.rules.covering import unanswered
from otklik.casework.replies.rules.placeholders import VARIABLES, fill, has_places, refusal
from otklik.casework.replies.rules.quality import Draft, blocks, check, reasons_of
from otklik.casework.replies.rules.sheet import (
    enclosure_lines,
    greeting_line,
    initials_first,
    paragraphs_of,
)
from otklik.casework.replies.vocabulary import ReturnReason
from otklik.language.names import dative_name

GOOD = (
    "Яму у дома 5 по улице Садовой бригада заделала 5 марта 2026 года, качество проверил мастер "
    "участка. Водоотвод выполним до 1 июня 2026 года. Спасибо, что сообщили."
)
TICKED = {"on_point": True, "all_questions": True, "facts_checked": True}


def level(slug: str, text: str = GOOD, **more: object) -> str:
    values: dict[str, object] = {
        "confirmed": TICKED, "questions": ("Яма на дороге",), "files": 1, **more,
    }  # fmt: skip
    found = check(Draft(text=text, **values))  # type: ignore[arg-type]
    return next(item.level for item in found if item.slug == slug)


def test_a_good_answer_passes_every_line() -> None:
    found = check(Draft(text=GOOD, confirmed=TICKED, questions=("Яма",), files=1, public=True))
    assert {item.level for item in found} == {"ok"}
    assert reasons_of(found) == []


@pytest.mark.parametrize(
    ("slug", "worst", "text"),
    [
        ("length", "block", "Сделаем."),
        ("gaps", "block", f"{GOOD} Ответственный: … ."),
        ("gaps", "block", f"{GOOD} Тел. {{{{телефон}}}}."),
        ("dates", "warning", "Яма заделана, качество проверено мастером участка, спасибо вам."),
        ("measures", "warning", f"{GOOD} Бордюр установим."),
        ("law", "warning", "Ст. 8 № 59-ФЗ. Ст. 10 № 131-ФЗ. Согласно № 210-ФЗ отказано."),
        ("plain", "warning", f"{GOOD} Данный вопрос решён в установленном порядке."),
        ("tone", "block", f"{GOOD} Вы сами виноваты."),
        ("caps", "warning", f"{GOOD} РАБОТЫ БУДУТ ВЫПОЛНЕНЫ ПОЗЖЕ."),
    ],
)
def test_each_line_sees_its_fault(slug: str, worst: str, text: str) -> None:
    assert level(slug) == "ok"
    assert level(slug, text) == worst


def test_what_depends_on_the_case() -> None:
    assert level("proof", files=0) == "warning"
    assert level("personal", personal=("телефон",)) == "warning"
    assert level("personal", personal=("телефон",), public=True) == "block", "everybody reads it"
    assert level("social", GOOD * 10, public=True) == "warning"
    assert level("social", GOOD * 40, public=True, channel="telegram") == "block"
    assert level("social", GOOD * 10, public=True, social_length=5000) == "ok", "the centre's own"
    unticked = check(Draft(text=GOOD, confirmed={}, questions=("Яма",)))
    assert {item.slug for item in blocks(unticked)} == set(TICKED)


def test_every_suggested_reason_is_one_of_the_list() -> None:
    bad = "СМОТРИТЕ ЗАКОН СОВСЕМ ДРУГОЙ: вы сами виноваты, на предмет, № 1-ФЗ № 2-ФЗ № 3-ФЗ"
    found = check(
        Draft(text=bad, confirmed={}, questions=("Яма", "Свет"), personal=("телефон",), public=True)
    )
    reasons = reasons_of(found)
    assert set(reasons) <= set(ReturnReason.values)
    assert {"off_point", "not_all", "no_dates", "no_proof", "heavy", "rude"} <= set(reasons)


def test_questions_are_looked_for_one_by_one() -> None:
    asked = ("Не горит фонарь у школы", "Яма на Садовой", "")
    assert unanswered("Фонарь починили", asked) == [2]
    assert unanswered("1. Починили. 2) Заделали", asked) == [2], "a number begins a line"
    assert unanswered("1. Починили.\n2. Заделали.", asked) == []
    assert unanswered("По первому вопросу: починили. По второму вопросу: заделали.", asked) == []
    assert unanswered("Ничего общего", ("Один вопрос",)) == []


@given(st.text(alphabet="абв {}…\n", max_size=60), st.sampled_from(sorted(VARIABLES)))
def test_filling_leaves_no_known_place(text: str, name: str) -> None:
    filled = fill(f"{text}\n{{{{{name}}}}}", {name: "значение"})
    assert f"{{{{{name}}}}}" not in filled
    assert filled.endswith("значение") or has_places(text)


def test_both_spellings_of_a_place_and_a_refusal() -> None:
    assert fill("{{номер}} и { Номер }", {"номер": "С-1/26"}) == "С-1/26 и С-1/26"
    assert fill("{{срок}}", {}) == "…"
    assert refusal("{{номер}} {{имя}}") is None
    said = refusal("{{фамилия}} {дом}")
    assert said is not None
    assert said[0] == "Таких мест для подстановки нет: {фамилия}, {дом}."


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        ("Иванова Мария Петровна", "Ивановой М. П."),
        ("Белов Пётр Ильич", "Белову П. И."),
        ("Садовская Анна Ильинична", "Садовской А. И."),
        ("ТСЖ «Садовая, 5»", "ТСЖ «Садовая, 5»"),
        ("", ""),
    ],
)
def test_the_addressee_stands_in_the_dative(name: str, dative: str) -> None:
    assert dative_name(name).replace("\u00a0", " ") == dative


def test_the_words_around_the_answer() -> None:
    assert initials_first("Белов Пётр Ильич").replace("\u00a0", " ") == "П. И. Белов"
    assert greeting_line("Пётр Ильич", GOOD) == "Уважаемый Пётр Ильич!"
    assert greeting_line("Мария Петровна", "Здравствуйте! Яма…") == "", "the text greets by itself"
    assert greeting_line("Алекс Ли", GOOD) == "Здравствуйте, Алекс Ли!"
    assert paragraphs_of("Раз.\n\n  Два \t три.\n") == ("Раз.", "Два три.")
    assert enclosure_lines(["акт.pdf"]) == ("«акт.pdf» в электронном виде.",)
    assert enclosure_lines(["а", "б"])[1].startswith("2. ")

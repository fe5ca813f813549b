"""The words of the note: right for any numbers, and silent where there is nothing to say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.insight.papers.rules import Document, Table
from otklik.insight.reports.rules import (
    Counts,
    Group,
    Line,
    Place,
    RatedBody,
    RatingTable,
    Returns,
    Scores,
    Spot,
    WeeklyNote,
    compose,
    fold,
    lines,
)
from otklik.insight.reports.rules.findings import grown

NOTE = WeeklyNote(
    municipality="Заречный округ",
    region="Область",
    centre="МЦУ Заречного округа",
    addressee="Главе Заречного округа",
    signer="Руководитель МЦУ",
    since=date(2026, 11, 9),
    until=date(2026, 11, 15),
    before_since=date(2026, 11, 2),
    before_until=date(2026, 11, 8),
    at=datetime(2026, 11, 15, 21, tzinfo=UTC),
    due_until=date(2026, 11, 22),
    whole=True,
)
TOPICS: dict[str | int | None, str] = {1: "Ямы", 2: "Снег", 3: "Тепло"}
BODIES: dict[str | int | None, str] = {1: "Теплосеть", 2: "Дорожная служба"}


def group(topic: int | None = 1, body: int | None = 1, law59: bool = False, **given: int) -> Group:
    return Group(
        channel="pos" if not law59 else "paper",
        law59=law59,
        body=body,
        topic=topic,
        settlement=None,
        counts=Counts(**given),
    )


def noted(*groups: Group, **more: object) -> WeeklyNote:
    places = [
        Place(key=None, label="Место не указано", counts=counts)
        for counts in fold(groups, lambda g: g.settlement).values()
    ]
    return replace(
        NOTE,
        groups=groups,
        channels=lines(groups, lambda g: g.channel, {"pos": "ПОС", "paper": "Письмо"}, "—"),
        topics=lines(groups, lambda g: g.topic, TOPICS, "Тема не определена"),
        bodies=lines(groups, lambda g: g.body, BODIES, "Исполнитель не назначен"),
        places=places,
        **more,  # type: ignore[arg-type]
    )


def written(note: WeeklyNote) -> Document:
    return compose(note, number="1/2026", dated=date(2026, 11, 16))


def text_of(note: WeeklyNote) -> str:
    found = "\n".join(section.text for section in written(note).sections)
    return found.replace("\u00a0", " ")


def test_the_first_sentence() -> None:
    said = text_of(noted(group(law59=True, received=214, before=191, in_work=300, overdue=21)))
    assert "Поступило 214 обращений — на 12 % больше, чем неделей ранее (191)." in said
    assert "На конец периода в работе 300 обращений, просрочено 21." in said
    assert "Все — обращения по Федеральному закону № 59-ФЗ." in said


def test_messages_are_not_called_appeals() -> None:
    said = text_of(noted(group(received=1252, in_work=1252)))
    assert "Поступило 1 252 сообщения; неделей ранее сообщений не поступало" in said
    assert "обращени" not in said


def test_both_kinds_are_told_apart() -> None:
    said = text_of(noted(group(received=74), group(law59=True, received=12, before=83)))
    assert "Из поступивших по Федеральному закону № 59-ФЗ — 12, остальные 74 — сообщения." in said


def test_growth_is_told_as_risk_and_advice_with_its_body() -> None:
    note = noted(group(received=34, before=11), group(topic=2, body=2, received=10, before=10))
    assert [one.topic for one in grown(note)] == ["Ямы"]
    said = text_of(note)
    assert "Рост по теме «Ямы»: поступило 34, неделей ранее — 11; исполнитель — Теплосеть." in said
    assert "Теплосеть: выяснить и устранить причину роста сообщений по теме «Ямы»" in said


def test_nothing_grew_when_there_is_nothing_to_compare() -> None:
    note = noted(group(received=34))
    assert grown(note) == []
    tables = [b for s in written(note).sections for b in s.blocks if isinstance(b, Table)]
    assert not any("Изменение" in str(table.columns) for table in tables)


def test_overdue_cluster_and_terms_at_hand() -> None:
    said = text_of(
        noted(
            group(received=5, before=4, answered=4, in_work=30, overdue=12, due_soon=11),
            group(body=None, received=1, in_work=1),
        )
    )
    assert "Скопление просроченных сообщений: Теплосеть — 12 из 30 в работе." in said
    assert "Теплосеть: ответить на 12 просроченных сообщений" in said
    assert "ответы на 11 сообщений, срок которых истекает до 22 ноября включительно" in said
    assert "по 11 сообщениям, за этот период дано 4 ответа" in said
    assert "назначить исполнителя по 1 сообщению, которое ещё никому не поручено" in said


def test_errors_grades_and_crowds() -> None:
    said = text_of(
        noted(
            group(received=21, before=20, answered=9, answered_before=9, late=1, repeated=2),
            returns=Returns(count=4, before=9, reasons=(("не названы сроки", 3), ("иное", 1))),
            scores=Scores(given=6, total=15, low=4, wants_back=1),
            spots=(Spot(place="Заречье, улица Лесная", topic="Ямы", count=7),),
        )
    )
    assert "На доработку возвращено 4 проекта ответов — на 5 меньше" in said
    assert "С нарушением срока дан 1 ответ из 9; просроченных сообщений в работе нет." in said
    assert "по причине «не названы сроки» (3 из 4)" in said
    assert "Получено 6 оценок ответов, средняя — 2,5 из 5; оценок 1 и 2 — 4." in said
    assert "Вернуться к вопросу после ответа попросил 1 заявитель." in said
    assert "Поступило 2 повторных сообщения (10 % поступивших)." in said
    assert "Массовые жалобы в одном месте: Заречье, улица Лесная — 7 сообщений" in said


def test_the_rating_names_small_samples_apart() -> None:
    table = RatingTable(
        since=date(2026, 10, 19),
        until=date(2026, 11, 15),
        minimum=5,
        formula="Итог = …",
        parts=("количество", "скорость"),
        rows=(
            RatedBody(place=1, name="Теплосеть", sample=9, total=81.25, parts=(70.0, 90.0)),
            RatedBody(place=None, name="Дорожная служба", sample=2, total=50.0, parts=(1.0, 2.0)),
        ),
    )
    note = noted(group(received=3, before=3), rating=table)
    assert "Без места, так как вопросов меньше 5: Дорожная служба." in text_of(note)
    ranked = [
        b for s in written(note).sections for b in s.blocks if b.caption == "Рейтинг исполнителей"
    ]
    assert isinstance(ranked[0], Table)
    assert ranked[0].rows == (("1", "Теплосеть", "9", "70", "90", "81,2"),)
    assert any(line.startswith("Рейтинг. Итог") for line in written(note).method)


SMALL = st.integers(0, 40)
GROUPS = st.lists(
    st.builds(
        lambda topic, body, law59, numbers: group(
            topic,
            body,
            law59,
            received=numbers[0],
            before=numbers[1],
            answered=numbers[2],
            answered_before=numbers[3],
            late=min(numbers[4], numbers[2]),
            in_work=numbers[5],
            overdue=min(numbers[6], numbers[5]),
            due_soon=min(numbers[7], numbers[5]),
            repeated=min(numbers[4], numbers[0]),
        ),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, 1, 2]),
        st.booleans(),
        st.lists(SMALL, min_size=8, max_size=8),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(GROUPS, st.integers(0, 12), st.integers(0, 12))
def test_any_numbers_make_a_whole_note(groups: list[Group], grades: int, low: int) -> None:
    scores = Scores(given=grades, total=3 * grades, low=min(low, grades))
    document = written(noted(*groups, scores=scores))
    assert document.sections
    for place, section in enumerate(document.sections, start=1):
        assert section.lines or section.blocks, section.key
        assert section.title.startswith(f"{place}.\u00a0")
        for line in section.lines:
            assert line.endswith("."), line
            assert not re.search(r"  |None|nan|\( |\.\.|—\s*[.;]", line), line
            assert line[0].isupper(), line
        for block in section.blocks:
            if isinstance(block, Table):
                assert block.rows
                assert all(len(row) == len(block.columns) for row in block.rows)
                assert abs(sum(column.width for column in block.columns) - 1) < 0.02
    assert Document.model_validate(document.model_dump(mode="json")) == document


def test_words_of_people_replace_only_words() -> None:
    document = written(noted(group(received=34, before=11)))
    edited = document.edited({"summary": "Своё.\n\n  Второе. ", "flow": ""})
    assert edited.sections[0].lines == ("Своё.", "Второе.")
    assert edited.sections[1].lines == ()
    assert edited.sections[1].blocks == document.sections[1].blocks


def test_a_line_not_set_comes_last() -> None:
    found = lines(
        [group(topic=None, received=9), group(topic=2, received=1)],
        lambda one: one.topic,
        TOPICS,
        "тема не определена",
    )
    assert [line.label for line in found] == ["Снег", "Тема не определена"]
    assert isinstance(found[0], Line)

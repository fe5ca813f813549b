"""The words and tables of the monthly summary by sections of the classifier. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.monthly import Bands, Monthly, Outcome, Row, Who
from otklik.language.wording import (
    compared,
    counted,
    join_list,
    number,
    plural,
    share_words,
)

APPEALS = ("обращение и сообщение", "обращения и сообщения", "обращений и сообщений")
QUESTIONS = ("вопрос", "вопроса", "вопросов")
TOPICS = ("вопрос классификатора", "вопроса классификатора", "вопросов классификатора")
PLACES = ("населённый пункт", "населённых пункта", "населённых пунктов")
SHOWN = 25
NAMED = 3
RESULTS: tuple[tuple[str, str], ...] = (
    ("Поддер\u00adжано", "supported"),
    ("Разъяс\u00adнено", "explained"),
    ("Отка\u00adзано", "refused"),
    ("Перена\u00adправлено", "transferred"),
    ("Без ответа", "left"),
    ("В рабо\u00adте", "in_work"),
)
METHOD = (
    (
        "Обращения и сообщения считаются по одному разу, вопросы в них — каждый; период — по дню"
        " поступления, сроки ответа — по дню ответа."
    ),
    (
        "Результат — на конец последнего дня периода. «Отказано» — вопрос не поддержан;"
        " «Перенаправлено» — по компетенции; «Без ответа» — оставлено без ответа по закону или"
        " прекращено по заявлению автора."
    ),
    (
        "Срок ответа — календарные дни от регистрации до ответа; нарушение срока считается по"
        " сроку, который назначен обращению, с учётом продления."
    ),
    (
        "Поступившие из вышестоящих органов отдельно не показаны: система не хранит, кем"
        " переслано обращение."
    ),
)


def sections(found: Monthly, *, ago: str) -> list[Section | None]:
    return [
        _summary(found, ago),
        _outcomes("channels", "По каналам", "Канал", found.channels, found),
        _by_section(found),
        _by_topic(found),
        _by_place(found),
        _terms(found),
    ]


def sheets(found: Monthly) -> list[Sheet]:
    """Everything the paper shows, without shortening."""
    return [
        _sheet("Каналы", "Канал", found.channels),
        _sheet("Разделы", "Раздел", found.sections),
        _sheet("Вопросы", "Вопрос", found.topics, section=True),
        _sheet("Территории", "Населённый пункт", found.places),
        Sheet(
            name="Сроки",
            columns=(
                ("Канал", 34), ("До 15 дней", 12), ("16–30 дней", 12), ("Свыше 30", 12),
                ("Всего", 12), ("Позже срока", 12), ("Доля позже срока", 14),
            ),
            rows=[
                (name, one.to_15, one.to_30, one.longer, one.total, one.late, "")
                for name, one in found.bands
            ],
            sums=(1, 2, 3, 4, 5),
            shares={6: (5, 4)},
        ),
    ]  # fmt: skip


def _summary(found: Monthly, ago: str) -> Section:
    who = found.who
    lines = [_came(who, ago), _of_them(who), _results(found.total), _answers(found.answers)]
    return Section(
        key="summary",
        title="Итоги",
        lines=tuple(line for line in lines if line),
        blocks=(_who_table(who),),
    )


def _came(who: Who, ago: str) -> str:
    words = f"Поступило {counted(who.appeals, APPEALS)}"
    if who.before:
        words += f" — {compared(who.appeals, who.before, ago=ago)}"
    if who.questions == who.appeals:
        return f"{words}; в каждом по одному вопросу."
    return f"{words}; в них {counted(who.questions, QUESTIONS)}."


def _of_them(who: Who) -> str:
    parts = []
    if who.law59 and who.law59 != who.appeals:
        rest = who.appeals - who.law59
        parts.append(
            f"по Федеральному закону № 59-ФЗ — {number(who.law59)}, сообщений — {number(rest)}"
        )
    elif who.law59:
        parts.append("все — обращения по Федеральному закону № 59-ФЗ")
    parts += [
        f"{name} — {number(count)}"
        for name, count in (
            ("повторных", who.repeated),
            ("многократных", who.multiple),
            ("коллективных", who.collective),
            ("от организаций", who.organisations),
            ("без имени", who.anonymous),
        )
        if count
    ]
    return f"Из них {'; '.join(parts)}." if parts else ""


def _results(total: Outcome) -> str:
    done = [
        f"{name} — {number(count)}"
        for name, count in (
            ("поддержано", total.supported),
            ("разъяснено", total.explained),
            ("отказано", total.refused),
            ("перенаправлено", total.transferred),
            ("оставлено без ответа", total.left),
            ("ответ дан, результат не указан", total.unsaid),
        )
        if count
    ]
    if not done:
        return ""
    words = f"По поступившим вопросам: {', '.join(done)}"
    return f"{words}; в работе — {number(total.in_work)}." if total.in_work else f"{words}."


def _answers(bands: Bands) -> str:
    if not bands.total:
        return ""
    verb = plural(bands.total, ("дан", "дано", "дано"))
    words = f"За период {verb} {counted(bands.total, ('ответ', 'ответа', 'ответов'))}: "
    parts = [
        f"{name} — {share_words(count, bands.total)}"
        for name, count in (
            ("в срок до 15 дней", bands.to_15),
            ("от 16 до 30 дней", bands.to_30),
            ("свыше 30 дней", bands.longer),
        )
        if count
    ]
    late = "все в установленный срок"
    if bands.late:
        late = f"с нарушением установленного срока — {number(bands.late)}"
    return f"{words}{', '.join(parts)}; {late}."


def _who_table(who: Who) -> Table:
    rows = [
        ("Обращений и сообщений", who.appeals),
        ("вопросов в них", who.questions),
        ("обращений по 59-ФЗ", who.law59),
        ("сообщений", who.appeals - who.law59),
        ("повторных", who.repeated),
        ("многократных", who.multiple),
        ("коллективных", who.collective),
        ("от организаций", who.organisations),
        ("без имени", who.anonymous),
        ("отвечено к концу периода", who.answered),
        ("перенаправлено по компетенции", who.forwarded),
    ]
    return Table(
        caption="Поступило",
        columns=(
            Column(title="Показатель", width=0.7),
            Column(title="Число", width=0.15, right=True),
            Column(title="Доля", width=0.15, right=True),
        ),
        rows=tuple(
            (
                name if not place else f"\u00a0\u00a0\u00a0{name}",
                number(count),
                share_words(count, who.appeals) if place > 1 and who.appeals else "",
            )
            for place, (name, count) in enumerate(rows)
        ),
    )


def _by_section(found: Monthly) -> Section | None:
    known = [row for row in found.sections if row.outcome.questions]
    if not known:
        return None
    top = join_list(
        f"«{row.label}» ({share_words(row.outcome.questions, found.total.questions)})"
        for row in [row for row in known if row.label != "Без раздела"][:NAMED]
    )
    line = f"Больше всего вопросов в разделах: {top}." if len(known) > 1 else ""
    return _outcomes("sections", "По разделам", "Раздел", known, found, line)


def _by_topic(found: Monthly) -> Section | None:
    if len(found.topics) <= 1:
        return None
    shown, rest = found.topics[:SHOWN], found.topics[SHOWN:]
    rows = [*shown, *_rest(rest, TOPICS)]
    return _outcomes("topics", "По вопросам классификатора", "Вопрос", rows, found)


def _by_place(found: Monthly) -> Section | None:
    if len(found.places) <= 1:
        return None
    rows = [*found.places[:SHOWN], *_rest(found.places[SHOWN:], PLACES)]
    return _outcomes("places", "По населённым пунктам", "Населённый пункт", rows, found)


def _rest(rows: Sequence[Row], forms: tuple[str, str, str]) -> list[Row]:
    if not rows:
        return []
    together = sum((row.outcome for row in rows), Outcome())
    return [Row(label=f"Ещё {counted(len(rows), forms)}", outcome=together)]


def _outcomes(
    key: str, title: str, first: str, rows: Sequence[Row], found: Monthly, line: str = ""
) -> Section | None:
    used = [row for row in rows if row.outcome.questions]
    if not used:
        return None
    table = _table(f"{title}: поступило и результат", first, used, found.total)
    return Section(key=key, title=title, lines=(line,) if line else (), blocks=(table,))


def _table(caption: str, first: str, rows: Sequence[Row], total: Outcome) -> Table:
    results = [(name, key) for name, key in RESULTS if getattr(total, key)]
    if total.unsaid:
        results.insert(3, ("Не ука\u00adзан", "unsaid"))
    cells = [("Обра\u00adщений", "appeals"), ("Вопро\u00adсов", "questions"), *results]
    width = round(0.7 / len(cells), 4)
    every = [*((row.label, row.outcome) for row in rows), ("Всего", total)]
    return Table(
        caption=caption,
        columns=(
            Column(title=first, width=0.3),
            *(Column(title=name, width=width, right=True) for name, _ in cells),
        ),
        rows=tuple(
            (label, *(number(getattr(outcome, key)) for _, key in cells))
            for label, outcome in every
        ),
        total=True,
    )


def _terms(found: Monthly) -> Section | None:
    if not found.answers.total:
        return None
    cells: tuple[tuple[str, Callable[[Bands], int]], ...] = (
        ("До 15 дней", lambda one: one.to_15),
        ("16–30 дней", lambda one: one.to_30),
        ("Свыше 30 дней", lambda one: one.longer),
        ("Всего", lambda one: one.total),
        ("Позже срока", lambda one: one.late),
    )
    rows = [*found.bands, ("Всего", found.answers)]
    table = Table(
        caption="Ответы периода по времени рассмотрения",
        columns=(
            Column(title="Канал", width=0.35),
            *(Column(title=name, width=0.13, right=True) for name, _ in cells),
        ),
        rows=tuple((name, *(number(cell(one)) for _, cell in cells)) for name, one in rows),
        total=True,
    )
    return Section(key="terms", title="Сроки рассмотрения", blocks=(table,))


def _sheet(name: str, first: str, rows: Sequence[Row], *, section: bool = False) -> Sheet:
    keys = ("appeals", "questions", "supported", "explained", "refused", "unsaid", "transferred",
            "left", "in_work")  # fmt: skip
    titles = ("Обращений", "Вопросов", "Поддержано", "Разъяснено", "Отказано",
              "Результат не указан", "Перенаправлено", "Без ответа", "В работе")  # fmt: skip
    lead = [("Раздел", 40), (first, 60)] if section else [(first, 44)]
    return Sheet(
        name=name,
        columns=(*lead, *((title, 14) for title in titles)),
        rows=[
            (
                *((row.section,) if section else ()),
                row.label,
                *(getattr(row.outcome, key) for key in keys),
            )
            for row in rows
        ],
        sums=tuple(range(len(lead), len(lead) + len(keys))),
    )

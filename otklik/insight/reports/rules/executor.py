"""The monthly report of an executor: numbers and words (ust-kubinsky:4.9.e). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.indicators import FEWEST_SCORES, explained
from otklik.language.wording import NBSP, compared, counted, number, percent, plural, sentence

CASES = ("обращение и сообщение", "обращения и сообщения", "обращений и сообщений")
METHOD = (
    *explained("received", "answered", "late", "in-work", "overdue", "term-bands", "score"),
    "Учтены обращения и сообщения, по которым орган — ответственный исполнитель.",
)


@dataclass(frozen=True, kw_only=True)
class TopicLine:
    name: str
    received: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Late:
    number: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Work:
    """`days` and `score` are means; `said`: (field, words) of the body's own report."""

    received: int
    before: int
    answered: int
    late: int
    in_work: int
    overdue: int
    repeated: int
    reopened: int
    returned: int
    to_15: int
    to_30: int
    longer: int
    scores: int
    days: float | None = None
    score: float | None = None
    topics: Sequence[TopicLine] = ()
    late_cases: Sequence[Late] = ()
    said: Sequence[tuple[str, str]] = ()

    @property
    def empty(self) -> bool:
        return not (self.received or self.answered or self.in_work)


def sections(work: Work, *, ago: str) -> list[Section | None]:
    return [
        Section(key="summary", title="Итоги", lines=_summary(work, ago), blocks=(_table(work),)),
        _topics(work),
        _late(work),
        _own(work),
        Section(
            key="causes",
            title="Причины нарушений и принятые меры",
            prompt="Почему сроки нарушены и что сделано, чтобы этого не повторилось.",
        ),
    ]


def sheets(work: Work) -> list[Sheet]:
    return [
        Sheet(name="Итоги", columns=(("Показатель", 50), ("Число", 12)), rows=_figures(work)),
        Sheet(
            name="Темы",
            columns=(("Тема", 60), ("Поступило", 12), ("Дано ответов", 14)),
            rows=[(one.name, one.received, one.answered) for one in work.topics],
            sums=(1, 2),
        ),
        Sheet(
            name="Просрочено",
            columns=(("Обращение", 26), ("Срок", 14)),
            rows=[(one.number, f"{one.due_on:%d.%m.%Y}") for one in work.late_cases],
        ),
    ]


def _summary(work: Work, ago: str) -> tuple[str, ...]:
    lines = []
    if work.received:
        change = compared(work.received, work.before, ago=ago) if work.before else ""
        tail = f" — {change}" if change else ""
        lines.append(f"Поступило {counted(work.received, CASES)}{tail}.")
    if work.answered:
        lines.append(_answers(work))
    state = f"просрочено {number(work.overdue)}" if work.overdue else "просроченных нет"
    if work.in_work:
        lines.append(f"На конец периода в работе {counted(work.in_work, CASES)}, {state}.")
    if work.returned:
        drafts = counted(work.returned, ("проект ответа", "проекта ответов", "проектов ответов"))
        lines.append(f"Из отправленных ответов на доработку возвращалось: {drafts}.")
    if work.scores >= FEWEST_SCORES and work.score is not None:
        grades = counted(work.scores, ("оценке", "оценкам", "оценкам"))
        lines.append(f"Средняя оценка жителей — {number(work.score, 1)} из 5 по {grades}.")
    return tuple(lines)


def _answers(work: Work) -> str:
    verb = plural(work.answered, ("Дан", "Дано", "Дано"))
    words = f"{verb} {counted(work.answered, ('ответ', 'ответа', 'ответов'))}"
    kept = percent((work.answered - work.late) / work.answered)
    words += (
        f", в срок — {kept}" if work.late else ", все в срок" if work.answered > 1 else ", в срок"
    )
    if work.days is None:
        return f"{words}."
    return f"{words}; в среднем за {number(work.days, 1)}{NBSP}дня."


def _figures(work: Work) -> list[tuple[str, int]]:
    return [
        ("Поступило", work.received),
        ("Дано ответов", work.answered),
        ("из них за срок до 15 дней", work.to_15),
        ("от 16 до 30 дней", work.to_30),
        ("свыше 30 дней", work.longer),
        ("с нарушением установленного срока", work.late),
        ("В работе на конец периода", work.in_work),
        ("из них просрочено", work.overdue),
        ("Поступило повторно", work.repeated),
        ("Возобновлено по просьбе заявителя", work.reopened),
    ]


def _table(work: Work) -> Table:
    return Table(
        caption="Основные показатели",
        columns=(
            Column(title="Показатель", width=0.75),
            Column(title="Число", width=0.25, right=True),
        ),
        rows=tuple(
            (name if name[0].isupper() else f"{NBSP * 4}{name}", number(count))
            for name, count in _figures(work)
        ),
    )


def _topics(work: Work) -> Section | None:
    if not work.topics:
        return None
    table = Table(
        caption="Темы по числу поступивших",
        columns=(
            Column(title="Тема", width=0.6),
            Column(title="Поступило", width=0.2, right=True),
            Column(title="Дано ответов", width=0.2, right=True),
        ),
        rows=tuple((one.name, number(one.received), number(one.answered)) for one in work.topics),
    )
    return Section(key="topics", title="Темы", blocks=(table,))


def _late(work: Work) -> Section | None:
    if not work.late_cases:
        return None
    table = Table(
        caption="Просроченные на конец периода",
        columns=(Column(title="Обращение", width=0.6), Column(title="Срок истёк", width=0.4)),
        rows=tuple((one.number, f"{one.due_on:%d.%m.%Y}") for one in work.late_cases),
    )
    return Section(key="late", title="Просрочено", blocks=(table,))


def _own(work: Work) -> Section | None:
    if not work.said:
        return None
    return Section(
        key="own",
        title="Сведения исполнителя",
        lines=tuple(sentence(f"{label}: {words}") for label, words in work.said),
    )

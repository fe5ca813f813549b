"""How people judge the answers: numbers, words, tables. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from otklik.insight.papers.rules import Column, Picture, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.indicators import FEWEST_SCORES, explained
from otklik.language.wording import counted, join_list, number, plural, share_words

GRADES = ("оценка", "оценки", "оценок")
FEW = "мало данных"
ROWS = 20
LOW = 3.5
METHOD = tuple(explained("score"))


@dataclass(frozen=True, kw_only=True)
class Grades:
    """`stars`: how many of each grade from 1 to 5; `total` is their sum."""

    stars: tuple[int, ...] = (0, 0, 0, 0, 0)
    total: int = 0

    @property
    def given(self) -> int:
        return sum(self.stars)

    @property
    def low(self) -> int:
        return self.stars[0] + self.stars[1]

    @property
    def mean(self) -> float | None:
        """None where there are too few."""
        return self.total / self.given if self.given >= FEWEST_SCORES else None

    def __add__(self, other: Grades) -> Grades:
        both = zip(self.stars, other.stars, strict=True)
        return Grades(stars=tuple(a + b for a, b in both), total=self.total + other.total)


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """Each side adds up to the same grades."""

    bodies: Sequence[tuple[str, Grades]] = ()
    topics: Sequence[tuple[str, Grades]] = ()
    channels: Sequence[tuple[str, Grades]] = ()
    before: Grades = field(default_factory=Grades)
    wants_back: int = 0

    @property
    def whole(self) -> Grades:
        return sum((grades for _, grades in self.channels), Grades())


def sections(found: Satisfaction, *, ago: str) -> list[Section | None]:
    return [
        _summary(found, ago),
        _side("bodies", "По исполнителям", "Исполнитель", found.bodies),
        _side("topics", "По темам", "Тема", found.topics),
        _side("channels", "По каналам", "Канал", found.channels),
        Section(
            key="measures",
            title="Принятые меры",
            prompt="Что сделано по низким оценкам: с кем связались, что исправили.",
        ),
    ]


def sheets(found: Satisfaction) -> list[Sheet]:
    sides = (
        ("Исполнители", "Исполнитель", found.bodies),
        ("Темы", "Тема", found.topics),
        ("Каналы", "Канал", found.channels),
    )
    return [
        Sheet(
            name=name,
            columns=(
                (first, 50), *((f"Оценок {star}", 11) for star in range(1, 6)), ("Всего", 11),
                ("Сумма", 11), ("Низких (1 и 2)", 14), ("Доля низких", 12),
            ),
            rows=[
                (label, *one.stars, one.given, one.total, one.low, "") for label, one in rows
            ],
            sums=tuple(range(1, 9)),
            shares={9: (8, 6)},
        )
        for name, first, rows in sides
    ]  # fmt: skip


def _summary(found: Satisfaction, ago: str) -> Section:
    whole = found.whole
    verb = plural(whole.given, ("Получена", "Получены", "Получено"))
    lines = [f"{verb} {counted(whole.given, GRADES)} ответов{_mean(found, ago)}."]
    if whole.low:
        share = share_words(whole.low, whole.given)
        lines.append(f"Низких оценок (1 и 2) — {number(whole.low)}, это {share} всех.")
    if found.wants_back:
        people = counted(found.wants_back, ("заявитель", "заявителя", "заявителей"))
        asked = plural(found.wants_back, ("попросил", "попросили", "попросили"))
        lines.append(f"Вернуться к вопросу после ответа {asked} {people}.")
    lines += _worst(found)
    return Section(key="summary", title="Итоги", lines=tuple(lines), blocks=(_picture(whole),))


def _mean(found: Satisfaction, ago: str) -> str:
    mean, before = found.whole.mean, found.before.mean
    if mean is None:
        return "; судить по средней рано"
    words = f"; средняя — {number(mean, 1)} из 5"
    return f"{words} ({ago} — {number(before, 1)})" if before is not None else words


def _worst(found: Satisfaction) -> list[str]:
    """Bodies and topics with a mean that is told and low."""
    said = []
    for what, rows in (("исполнителей", found.bodies), ("тем", found.topics)):
        low = [(label, one.mean) for label, one in rows if one.mean is not None and one.mean < LOW]
        low.sort(key=lambda row: (row[1], row[0]))
        names = join_list(f"{label} ({number(mean, 1)})" for label, mean in low[:3])
        if names:
            said.append(f"Ниже других оценены ответы {what}: {names}.")
    return said


def _picture(whole: Grades) -> Picture:
    names = [f"Оценка {star}" for star in range(5, 0, -1)]
    counts = list(reversed(whole.stars))
    told = ", ".join(f"{name.lower()} — {count}" for name, count in zip(names, counts, strict=True))
    return Picture(
        draw="bars",
        caption="Сколько каких оценок",
        alt=f"Полосы по оценкам: {told}.",
        data={"names": names, "now": counts, "before": []},
    )


def _side(key: str, title: str, first: str, rows: Sequence[tuple[str, Grades]]) -> Section | None:
    if len(rows) < 2:
        return None
    shown = list(rows[:ROWS])
    if len(rows) > ROWS:
        rest = sum((one for _, one in rows[ROWS:]), Grades())
        shown.append((f"Остальные ({number(len(rows) - ROWS)})", rest))
    table = Table(
        caption=f"Оценки {title[:1].lower()}{title[1:]}",
        columns=(
            Column(title=first, width=0.46),
            Column(title="Оценок", width=0.14, right=True),
            Column(title="Низких", width=0.14, right=True),
            Column(title="Средняя", width=0.26, right=True),
        ),
        rows=tuple(
            (
                label,
                number(one.given),
                number(one.low),
                FEW if one.mean is None else number(one.mean, 1),
            )
            for label, one in shown
        ),
    )
    return Section(key=key, title=title, blocks=(table,))

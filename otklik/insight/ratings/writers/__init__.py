"""A rating as a paper of the centre: DOCX, PDF and a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from otklik.directory.organisation.models import Municipality
from otklik.insight.papers.rules import Column, Document, Section, Table
from otklik.insight.papers.writers import write_docx, write_pdf
from otklik.insight.papers.writers.xlsx import Sheet, Value, write_xlsx
from otklik.insight.ratings.formulas.tally import Rated, Settings
from otklik.insight.ratings.queries import Kept, Rating
from otklik.insight.ratings.vocabulary import PartName, Subject, System
from otklik.language.wording import capital, date_words, number, period_figures, period_words

QUESTIONS = "Вопросов"
NARROW = {PartName.SATISFACTION: "Оценки", PartName.COMPLETENESS: "Полнота"}
"""Shorter heads where the page is narrow."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What all three files are written from."""

    place: Municipality
    subject: Subject
    system: System
    since: date
    until: date
    rows: Sequence[Rated]
    parts: Sequence[PartName]
    settings: Settings
    formula: str
    notes: Sequence[str] = ()
    signer: str = ""
    dated: str = ""

    @property
    def title(self) -> str:
        return f"Рейтинг: {self.subject.label.lower()}"

    @property
    def file_name(self) -> str:
        return f"Рейтинг {period_figures(self.since, self.until)}".replace("\u00a0", " ")


def live_paper(found: Rating, place: Municipality) -> Paper:
    """The rating as counted now."""
    since, until = found.filter.since, found.filter.until
    assert since is not None
    assert until is not None
    notes = ["Считано по данным на час составления; не снимок и может измениться."]
    if not found.whole:
        notes.append("Считано по обращениям, доступным составителю; места — среди них.")
    return Paper(
        place=place, subject=found.subject, system=found.system, since=since, until=until,
        rows=found.rows, parts=found.parts, settings=found.settings, formula=found.formula,
        notes=notes,
    )  # fmt: skip


def snapshot_paper(kept: Kept, place: Municipality) -> Paper:
    """The rating as kept, with who made and who published it."""
    found = kept.snapshot
    made = f"Снимок составлен {date_words(found.made_at.astimezone(place.tz).date())}"
    notes = [f"{made} ({found.made_label}), редакция {found.edition}."]
    if found.published_at is not None:
        day = date_words(found.published_at.astimezone(place.tz).date())
        notes.append(f"Опубликован {day} ({found.published_label}).")
    else:
        notes.append("Предварительный: участникам не показан.")
    return Paper(
        place=place, subject=Subject(found.subject), system=System(found.system),
        since=found.since, until=found.until, rows=kept.rows, parts=kept.parts,
        settings=kept.settings, formula=kept.formula, notes=notes, signer=found.published_label,
    )  # fmt: skip


def written(paper: Paper, ending: str, *, made_at: datetime) -> bytes:
    """The file of this ending: docx, pdf or xlsx."""
    if ending == "xlsx":
        return write_xlsx(_sheets(paper))
    document = _document(paper, made_at)
    if ending == "docx":
        return write_docx(document, [], made_at=made_at)
    return write_pdf(document, [], made_at=made_at)


def _document(paper: Paper, made_at: datetime) -> Document:
    place = paper.place
    sections = [
        Section(
            key=f"group-{place_in}",
            title=name or ("Места" if len(groups) == 1 else "Без группы"),
            blocks=(_table(paper, rows, name),),
        )
        for groups in [_groups(paper.rows)]
        for place_in, (name, rows) in enumerate(groups.items(), start=1)
    ]
    sections.append(
        Section(
            key="figures",
            title="Откуда взялись баллы",
            lines=tuple(
                f"{row.name}. {' '.join(one.text for one in row.parts if one.name in paper.parts)}"
                for row in paper.rows
                if row.sample
            ),
        )
    )
    return Document(
        title=paper.title,
        about=paper.system.label,
        organisation=place.name,
        centre=place.centre_name,
        addressee="",
        period=period_words(paper.since, paper.until),
        number="",
        dated=date_words(made_at.astimezone(place.tz).date()),
        signer=paper.signer,
        sections=tuple(sections),
        method=(*paper.notes, *paper.formula.split("\n")),
    )


def _groups(rows: Sequence[Rated]) -> dict[str, list[Rated]]:
    found: dict[str, list[Rated]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found


def _table(paper: Paper, rows: Sequence[Rated], group: str) -> Table:
    titles = [QUESTIONS, *(NARROW.get(one, capital(one.label)) for one in paper.parts), "Итог"]
    width = round(0.66 / len(titles), 4)
    columns = (
        Column(title="Место", width=0.08, right=True),
        Column(title="Участник", width=0.26),
        *(Column(title=title, width=width, right=True) for title in titles),
    )
    cells = tuple(
        (
            str(row.place or "—"),
            row.name,
            number(row.sample),
            *(
                number(one.value) if row.sample else "—"
                for one in row.parts
                if one.name in paper.parts
            ),
            number(row.total, 1) if row.place else "мало данных",
        )
        for row in rows
    )
    return Table(caption=group or "Рейтинг", columns=columns, rows=cells)


def _sheets(paper: Paper) -> list[Sheet]:
    heads = [("Группа", 22), ("Место", 8), ("Участник", 42), (QUESTIONS, 12)]
    for part in paper.parts:
        share = number(100 * paper.settings.weight(part), 1)
        heads.append((f"{capital(part.label)}, вес {share} %", 16))
    heads += [("Итог", 10), ("Погрешность ±", 14), ("Надёжность", 22)]
    return [
        Sheet(name="Рейтинг", columns=heads, rows=[_line(paper, row) for row in paper.rows]),
        Sheet(name="Показатели", columns=_FIGURES, rows=_figures(paper)),
        Sheet(
            name="Формула",
            columns=[("Как посчитано", 110)],
            rows=[[line] for line in (*paper.notes, *paper.formula.split("\n"))],
        ),
    ]


_FIGURES = [("Участник", 42), ("Часть", 18), ("Показатель", 30), ("Учтено", 10), ("Из", 10),
            ("Значение", 12)]  # fmt: skip


def _line(paper: Paper, row: Rated) -> list[Value]:
    parts = [round(one.value, 1) for one in row.parts if one.name in paper.parts]
    margin: Value = "" if row.margin is None else round(row.margin, 1)
    total: Value = round(row.total, 1) if row.place else ""
    place: Value = row.place or ""
    return [row.group, place, row.name, row.sample, *parts, total, margin, row.confidence.label]


def _figures(paper: Paper) -> list[list[Value]]:
    return [
        [row.name, part.name.label, one.title, round(one.count, 2), one.of, round(one.value, 1)]
        for row in paper.rows
        for part in row.parts
        if part.name in paper.parts
        for one in part.figures
    ]

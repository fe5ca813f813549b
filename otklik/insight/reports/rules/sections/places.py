"""Where the cases are: by settlement, also per 1,000 residents, and on a map."""

from __future__ import annotations

from typing import Any

from otklik.insight.cuts.rules import compares as enough_before
from otklik.insight.heatmap.rules import per_thousand
from otklik.insight.papers.rules import Column, Picture, Section, Table
from otklik.insight.reports.rules.figures import Place, WeeklyNote
from otklik.insight.reports.rules.findings import change, compares
from otklik.insight.reports.rules.nouns import Noun, noun_of
from otklik.insight.reports.rules.tables import DASH, MOST_ROWS
from otklik.language.wording import counted, join_list, number, share_words, signed

PLACES = ("населённый пункт", "населённых пункта", "населённых пунктов")
FEWEST_PICTURED = 2
FEW = 3
"""Fewer cases of a place make no rate per 1,000 residents worth naming."""


def section(note: WeeklyNote) -> Section | None:
    known = [place for place in note.places if place.key is not None and place.counts.received]
    if not known:
        return None
    noun = noun_of(note)
    # Pictures before tables: a table fills the rest of the page and goes on over the next.
    blocks: list[Table | Picture] = [*_map(note, noun), _table(note, known)]
    lines = [_grown(note), _densest(known), _unknown(note, noun, known)]
    return Section(
        key="places",
        title="Территории",
        lines=tuple(line for line in lines if line),
        blocks=tuple(blocks),
    )


def _grown(note: WeeklyNote) -> str:
    if not enough_before(note.total.before):
        return ""
    marked = [place for place in note.places if change(place).marked][:3]
    names = join_list(
        f"{place.label} (с {number(place.counts.before)} до {number(place.counts.received)})"
        for place in marked
    )
    return f"Заметно больше стали писать отсюда: {names}." if marked else ""


def _densest(known: list[Place]) -> str:
    """The place with most cases per 1,000 residents, when several can be compared."""
    rated = [
        (per_thousand(place.counts.received, place.population) or 0, place)
        for place in known
        if place.population and place.counts.received >= FEW
    ]
    if len(rated) < 2:
        return ""
    rate, place = max(rated, key=lambda pair: (pair[0], pair[1].label))
    words = number(rate, 1)
    return (
        f"Среди населённых пунктов, откуда поступило не меньше трёх, больше всего на 1000"
        f" жителей — {place.label} ({words})."
    )


def _unknown(note: WeeklyNote, noun: Noun, known: list[Place]) -> str:
    lost = note.total.received - sum(place.counts.received for place in known)
    if not lost:
        return ""
    share = share_words(lost, note.total.received)
    return f"Населённый пункт не указан в {noun.after_in(lost)} ({share})."


def _table(note: WeeklyNote, known: list[Place]) -> Table:
    both, rates = compares(note), any(place.population for place in known)
    shown = known if len(known) <= MOST_ROWS + 1 else known[:MOST_ROWS]
    rows = [_row(place.label, [place], both, rates) for place in shown]
    rest = known[len(shown) :]
    if rest:
        rows.append(_row(f"Ещё {counted(len(rest), PLACES)}", rest, both, rates))
    titles = ["Поступило", *(["Изменение"] if both else [])]
    titles += ["На 1000 жителей"] if rates else []
    titles += ["В работе", "Просрочено"]
    width = round(0.66 / len(titles), 4)
    columns = [Column(title="Населённый пункт", width=0.34)]
    columns += [Column(title=title, width=width, right=True) for title in titles]
    return Table(
        caption="Населённые пункты по числу поступивших",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _row(label: str, places: list[Place], both: bool, rates: bool) -> tuple[str, ...]:
    received = sum(place.counts.received for place in places)
    before = sum(place.counts.before for place in places)
    cells = [number(received)]
    cells += [signed(received - before)] if both else []
    if rates:
        people = sum(place.population or 0 for place in places)
        whole = all(place.population for place in places)
        rate = per_thousand(received, people) if whole else None
        cells.append(DASH if rate is None else number(rate, 1))
    standing = [sum(getattr(p.counts, name) for p in places) for name in ("in_work", "overdue")]
    return (label, *cells, *(number(value) for value in standing))


def _map(note: WeeklyNote, noun: Noun) -> list[Picture]:
    drawn = [place for place in note.places if place.boundary or place.lat is not None]
    counted_here = [place for place in drawn if place.key is not None and place.counts.received]
    if len(counted_here) < FEWEST_PICTURED:
        return []
    told = ", ".join(f"{place.label} — {place.counts.received}" for place in counted_here[:20])
    return [
        Picture(
            draw="map",
            caption=f"Поступило {noun.many} по населённым пунктам",
            alt=f"Карта с числом {noun.many}: {told}.",
            data={"places": [_drawn(place) for place in drawn]},
        )
    ]


def _drawn(place: Place) -> dict[str, Any]:
    return {
        "label": place.label,
        "count": place.counts.received,
        "lat": place.lat,
        "lon": place.lon,
        "boundary": place.boundary,
    }

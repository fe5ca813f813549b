"""Files of a printed cut. Writers load slowly: each is imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from otklik.base.errors import NotFound, Refused
from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import MAPPED
from otklik.insight.cuts.vocabulary import Picture, SupplyForm

TYPES = {
    SupplyForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SupplyForm.CSV: "text/csv; charset=utf-8",
    SupplyForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SupplyForm.PDF: "application/pdf",
    SupplyForm.PNG: "image/png",
    SupplyForm.GEOJSON: "application/geo+json",
}
MOST_LINES = 1500
"""Lines of a document people read: more of them belong in a table."""


def form_named(ending: str) -> SupplyForm:
    if ending not in SupplyForm.values:
        raise NotFound("Такого вида файла нет.", "Есть XLSX, CSV, DOCX, PDF, PNG и GeoJSON.")
    return SupplyForm(ending)


def write(
    table: Printed,
    form: SupplyForm,
    *,
    made_at: datetime,
    organisation: str = "",
    centre: str = "",
    picture: Picture = Picture.BARS,
    places: Mapping[str, Any] | None = None,
) -> bytes:
    """The file of a printed cut; `made_at` is local, `places` are geometries by key of a row.

    Raises Refused where this kind of file cannot hold the table.
    """
    if form == SupplyForm.CSV:
        from otklik.insight.cuts.writers.csv import write_csv

        return write_csv(table)
    if form == SupplyForm.XLSX:
        from otklik.insight.cuts.writers.xlsx import write_xlsx

        return write_xlsx(table)
    if form == SupplyForm.PNG:
        from otklik.insight.cuts.writers.png import write_png

        return write_png(table, picture)
    if form == SupplyForm.GEOJSON:
        from otklik.insight.cuts.writers.geojson import write_geojson

        if table.side not in MAPPED:
            raise Refused(
                "Слой карты есть только у разреза по населённым пунктам.",
                "Выберите в строках «населённый пункт».",
            )
        return write_geojson(table, places or {}, made_at)
    return _paper(table, form, made_at, organisation, centre)


def _paper(
    table: Printed, form: SupplyForm, made_at: datetime, organisation: str, centre: str
) -> bytes:
    from otklik.insight.cuts.writers.paper import document_of
    from otklik.insight.papers.writers import write_docx, write_pdf

    if len(table.rows) > MOST_LINES:
        raise Refused(
            "В таблице слишком много строк для документа.", "Скачайте XLSX или сузьте отбор."
        )
    document = document_of(table, made_at, organisation, centre)
    writer = write_docx if form == SupplyForm.DOCX else write_pdf
    return writer(document, [], made_at=made_at)

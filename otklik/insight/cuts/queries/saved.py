"""Saved cuts of a person, and a cut as a file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from otklik.base.errors import NotFound
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.models import SavedCut
from otklik.insight.cuts.rules import Cut, Request
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure


def saved_cuts(access: Access) -> Sequence[SavedCut]:
    """One's own cuts by name."""
    access = access.require_any(Permission.ANALYTICS)
    return list(
        SavedCut.objects.filter(
            municipality_id=access.municipality_id, account_id=access.account_id
        )
    )


def saved_request(access: Access, cut_id: int) -> tuple[Request, Measure]:
    """What a saved cut asks for; NotFound for another's."""
    access = access.require_any(Permission.ANALYTICS)
    saved = SavedCut.objects.filter(
        pk=cut_id, municipality_id=access.municipality_id, account_id=access.account_id
    ).first()
    if saved is None:
        raise NotFound("Такого сохранённого разреза у вас нет.", "Обновите список.")
    request = Request(
        rows=Dimension(saved.rows),
        columns=Dimension(saved.columns) if saved.columns else None,
        filter=AppealFilter.parse(saved.filter),
        counted=Counted(saved.counted),
    )
    return request, Measure(saved.measure)


def as_xlsx(found: Cut, measure: Measure) -> bytes:
    """The table of a cut as a workbook; text stays text, whatever sign it begins with."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Разрез")
        bold = book.add_format({"bold": True})
        whole, mean = book.add_format({"num_format": "0"}), book.add_format({"num_format": "0.0"})
        table = found.table(measure)
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value, bold if not number else None)
                elif value is not None:
                    shape = mean if isinstance(value, float) else whole
                    sheet.write_number(number, column, value, shape)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 45)
    return file.getvalue()

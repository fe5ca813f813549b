"""The report on errors and missed terms as a file."""

from __future__ import annotations

from datetime import date

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.reports.queries.errors import error_figures
from otklik.insight.reports.rules.error_document import error_document
from otklik.insight.reports.rules.error_sheets import error_sheets

ENDINGS = ("docx", "pdf", "xlsx")


def error_file(*, access: Access, since: date, until: date, ending: str) -> bytes:
    """DOCX and PDF of the same words, or XLSX with a link on every row (dedovichi:13.8).

    Raises Forbidden without the right, Refused for a period the wrong way, NotFound for a kind of
    file there is not.
    """
    if ending not in ENDINGS:
        raise NotFound("Такого вида файла нет.", "Есть DOCX, PDF и XLSX.")
    figures = error_figures(access, since, until)
    # Writers take a second to load: only those who write wait for them.
    if ending == "xlsx":
        from otklik.insight.papers.writers.xlsx import write_xlsx

        return write_xlsx(error_sheets(figures))
    from otklik.insight.papers.writers import write_docx, write_pdf

    now = clock.now()
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    document = error_document(figures, dated=now.astimezone(zone).date())
    write = write_docx if ending == "docx" else write_pdf
    return write(document, [], made_at=now)

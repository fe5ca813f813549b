"""Files of the note: DOCX and PDF from one document, with the same pictures."""

from otklik.insight.papers.writers.docx import write_docx
from otklik.insight.papers.writers.pdf import write_pdf
from otklik.insight.papers.writers.pictures import draw_all

__all__ = ["draw_all", "write_docx", "write_pdf"]

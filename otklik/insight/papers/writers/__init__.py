"""Files of a paper: DOCX and PDF from one document, with the same pictures."""

from otklik.insight.papers.writers.docx import write_docx
from otklik.insight.papers.writers.pair import write_pair
from otklik.insight.papers.writers.pdf import starts_of, write_pdf
from otklik.insight.papers.writers.pictures import draw_all

__all__ = ["draw_all", "starts_of", "write_docx", "write_pair", "write_pdf"]

"""The letter of an answer as files; both are written from the same `Letter`."""

from otklik.casework.replies.writers.docx import letter_docx
from otklik.casework.replies.writers.pdf import letter_pdf

__all__ = ["letter_docx", "letter_pdf"]

"""The printed list of a day."""

from otklik.casework.reception.writers.pdf import day_pdf

__all__ = ["day_pdf"]

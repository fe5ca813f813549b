"""The words of the note: every section from the numbers, empty ones left out. Pure."""

from otklik.insight.reports.rules.sections.composing import compose

__all__ = ["compose"]

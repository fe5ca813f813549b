"""Reading growth."""

from otklik.insight.growth.queries.report import growth_report

__all__ = ["growth_report"]

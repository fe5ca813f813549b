"""Pure parts of the facts: what every number means."""

from otklik.insight.facts.rules.indicators import DateBasis, Indicator

__all__ = ["DateBasis", "Indicator"]

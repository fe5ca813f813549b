"""Pure rules of assessments."""

from otklik.insight.assessments.rules.severity import (
    CRITERIA,
    DEFAULT,
    Criterion,
    Problem,
    Ranked,
    rank,
    weights_from,
)

__all__ = ["CRITERIA", "DEFAULT", "Criterion", "Problem", "Ranked", "rank", "weights_from"]

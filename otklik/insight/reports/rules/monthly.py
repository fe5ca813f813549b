"""The numbers of the monthly summary by the sections of the classifier. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Cases and questions received in the period, and what had come of the questions by its end.

    The six outcomes and `in_work` add up to `questions`.
    """

    appeals: int = 0
    questions: int = 0
    supported: int = 0
    explained: int = 0
    refused: int = 0
    unsaid: int = 0
    transferred: int = 0
    left: int = 0
    in_work: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            **{
                one.name: getattr(self, one.name) + getattr(other, one.name)
                for one in fields(Outcome)
            }
        )


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Answers given in the period, by days from registration to the answer."""

    to_15: int = 0
    to_30: int = 0
    longer: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        return self.to_15 + self.to_30 + self.longer

    def __add__(self, other: Bands) -> Bands:
        return Bands(
            **{
                one.name: getattr(self, one.name) + getattr(other, one.name)
                for one in fields(Bands)
            }
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """`section` is set for a question of the classifier."""

    label: str
    outcome: Outcome
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Who:
    """Cases received in the period: under which law, from whom, which time."""

    appeals: int = 0
    questions: int = 0
    law59: int = 0
    repeated: int = 0
    multiple: int = 0
    collective: int = 0
    organisations: int = 0
    anonymous: int = 0
    answered: int = 0
    forwarded: int = 0
    before: int = 0
    questions_before: int = 0


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """`bands`: by the word of the channel."""

    who: Who
    channels: Sequence[Row] = ()
    places: Sequence[Row] = ()
    sections: Sequence[Row] = ()
    topics: Sequence[Row] = ()
    bands: Sequence[tuple[str, Bands]] = field(default_factory=tuple)

    @property
    def total(self) -> Outcome:
        return sum((row.outcome for row in self.sections), Outcome())

    @property
    def answers(self) -> Bands:
        return sum((bands for _, bands in self.bands), Bands())

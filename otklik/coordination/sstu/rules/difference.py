"""What has changed since the last package of the same month; cutting a package into files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from otklik.coordination.sstu.rules.form import AppealRecord, dump

Items = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Difference:
    """Numbers of cases."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def items_of(records: Sequence[AppealRecord]) -> dict[str, dict[str, str]]:
    """By number of the case: the states of its questions and the sum of everything said of it."""
    return {
        record.number: {
            "states": ", ".join(str(one.status) for one in record.questions),
            "sum": hashlib.sha256(dump([record])).hexdigest(),
        }
        for record in records
    }


def difference(before: Items, after: Items) -> Difference:
    both = before.keys() & after.keys()
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(one for one in both if before[one]["sum"] != after[one]["sum"])),
    )


def parts_of(records: Sequence[AppealRecord], limit: int) -> Iterator[list[AppealRecord]]:
    """Runs of records whose files stay under `limit` bytes; a record is never cut."""
    part: list[AppealRecord] = []
    size = 0
    for record in records:
        weight = len(dump([record]))
        if part and size + weight > limit:
            yield part
            part, size = [], 0
        part.append(record)
        size += weight
    if part:
        yield part

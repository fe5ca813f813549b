"""Whose reach covers whose: numbers counted with one right are shown only to an equal or wider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.directory.organisation.rules import Reach


def kept(reach: Reach) -> dict[str, Any]:
    """A reach as it is stored beside frozen numbers."""
    return {
        "everywhere": reach.everywhere,
        "bodies": sorted(reach.body_ids),
        "own": reach.own,
        "channels": {name: kept(inner) for name, inner in sorted(reach.by_channel.items())},
    }


def covers(reach: Reach, author: Mapping[str, Any], *, same_person: bool) -> bool:
    """Whether a reader sees everything the author could count.

    `author` is as `kept` gives it. What the author counted as his own work is covered only for
    himself, or by a reach over everything.
    """
    if reach.everywhere:
        return True
    if author["everywhere"] or not set(author["bodies"]) <= reach.body_ids:
        return False
    if author["own"] and not (same_person and reach.own):
        return False
    return all(
        covers(reach.at(name), inner, same_person=same_person)
        for name, inner in author["channels"].items()
    )

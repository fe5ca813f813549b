"""Which reactions wake on which event. Rooms declare theirs in `reactions.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from otklik.base.events import Event

EventT = TypeVar("EventT", bound=Event)
Reaction = Callable[..., None]

_reactions: dict[type[Event], list[Reaction]] = defaultdict(list)


def on(
    event_type: type[EventT],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Subscribe a function `(event, *, municipality_id) -> None` that only defers a job."""

    def subscribe(reaction: Callable[..., None]) -> Callable[..., None]:
        if reaction not in _reactions[event_type]:
            _reactions[event_type].append(reaction)
        return reaction

    return subscribe


def wake(event: Event, **context: Any) -> None:
    """Call every reaction to the event, in the writer's transaction."""
    for reaction in _reactions.get(type(event), ()):
        reaction(event, **context)


def table() -> list[tuple[str, str]]:
    """Pairs of event and reaction, for people who want to see who listens to whom."""
    return sorted(
        (event.__name__, f"{reaction.__module__}.{reaction.__name__}")
        for event, reactions in _reactions.items()
        for reaction in reactions
    )

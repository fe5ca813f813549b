"""What a peer at our own door can do, and what goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection

from tests.channels.story import Story

T = TypeVar("T")


class Step(StrEnum):
    """Parts of the story that not every door has."""

    PHOTO = "a photo comes with the words"
    EDIT = "the words are corrected afterwards"
    ORDER = "an older state comes after a newer one"
    COUNTERS = "counters of the post are read"
    BY_ITSELF = "the answer is there without anybody's hand"


class Unreached(Exception):
    """The one who sends does not know whether it has come."""


@dataclass
class Line:
    """The way to our door: `down` keeps a request back, `lost` loses the answer to it."""

    trouble: str = ""

    def pass_on(self, request: Callable[[], T]) -> T:
        trouble, self.trouble = self.trouble, ""
        if trouble == "down":
            raise Unreached
        answer = request()
        if trouble == "lost":
            raise Unreached
        return answer


@dataclass(frozen=True)
class Told:
    """How our door answered to nonsense."""

    status: int
    text: str


class Door(Protocol):
    """A citizen or a system at our door; `lacks` says why a step is not there."""

    kind: str
    polled: ClassVar[bool]
    lacks: ClassVar[Mapping[Step, str]]
    line: Line

    def settings(self) -> dict[str, Any]: ...
    def secret(self) -> dict[str, str]: ...
    def write(self, text: str, *photos: bytes) -> None: ...
    def insist(self) -> None: ...
    def correct(self, text: str) -> None: ...
    def older(self) -> None: ...
    def nonsense(self) -> Iterator[Told]: ...
    def carry(self, story: Story) -> None: ...
    def answers(self) -> list[str]: ...
    def stand(self, story: Story) -> None: ...
    def deliver(self) -> None: ...
    def close(self) -> None: ...


@dataclass
class Sending:
    """Remembers the last request, to send the very same one again."""

    polled: ClassVar[bool] = False
    line: Line = field(default_factory=Line)
    last: Callable[[], Any] | None = None

    def send(self, request: Callable[[], T]) -> T:
        self.last = request
        return self.line.pass_on(request)

    def deliver(self) -> None:
        """A request is answered while it stands at the door."""

    def close(self) -> None:
        """Whoever keeps a connection open ends it here."""

    def insist(self) -> None:
        assert self.last is not None
        self.line.pass_on(self.last)


@contextmanager
def breaking(table: str, event: str = "INSERT") -> Iterator[None]:
    """Every transaction that comes to this table dies there, in whatever process or thread."""
    _run(
        "CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'killed in the middle'; END $$"
    )
    _run(f"CREATE TRIGGER dies BEFORE {event} ON {table} EXECUTE FUNCTION dies()")
    try:
        yield
    finally:
        _run(f"DROP TRIGGER dies ON {table}")
        _run("DROP FUNCTION dies()")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

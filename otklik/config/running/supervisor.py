"""Keeps child processes alive and ends them in order. Knows nothing of what they do."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from otklik.config.running import bonds

_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_CALM_SECONDS = 60.0


@dataclass
class Child:
    """A process to keep: `grace` seconds are what it gets to finish when asked to end."""

    name: str
    command: Sequence[str]
    grace: float = 20.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    delay: float = field(default=_FIRST_DELAY)

    def start(self, now: float) -> None:
        # A session of its own: Ctrl+C reaches the supervisor alone, which keeps the order.
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | {bonds.PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = now

    def note_end(self, now: float) -> int | None:
        """The exit code if it has just ended; plans the next start, later after each crash."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self.process = None
        if now - self.started > _CALM_SECONDS:
            self.delay = _FIRST_DELAY
        self.due = now + self.delay
        self.delay = min(self.delay * 2, _LONGEST_DELAY)
        return code

    def end(self) -> None:
        """Ask politely, wait `grace` seconds, then kill."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class Supervisor:
    """Runs `children` until SIGTERM or SIGINT, then ends them in the order given."""

    def __init__(
        self,
        children: Sequence[Child],
        tell: Callable[[str], None],
        also: Callable[[], None] = lambda: None,
    ) -> None:
        """`also` is looked after with the children: it runs several times a second."""
        self._children = children
        self._tell = tell
        self._also = also
        self._asked = False

    def run(self, on_start: Callable[[], None] = lambda: None) -> None:
        kept = {
            number: signal.signal(number, self._ask) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self.look_after()
            on_start()
            while not self._asked:
                self.look_after()
                time.sleep(0.2)
        finally:
            for child in self._children:
                child.end()
            for number, handler in kept.items():
                signal.signal(number, handler)

    @property
    def asked_to_end(self) -> bool:
        return self._asked

    def _ask(self, number: int, frame: object) -> None:
        self._asked = True

    def look_after(self) -> None:
        self._also()
        now = time.monotonic()
        for child in self._children:
            code = child.note_end(now)
            if code is not None:
                self._tell(
                    f"Процесс «{child.name}» остановился (код {code}), "
                    f"запускаю снова через {child.due - now:.1f} с."
                )
            if child.process is None and now >= child.due and not self._asked:
                child.start(now)

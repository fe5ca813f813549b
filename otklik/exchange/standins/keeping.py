"""A stand-in of the demo remembers what was written when it is started again."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path
from typing import Any

from otklik.exchange.standins.base import StandIn

EVERY = 2.0


class Keeper:
    """Saves the state of a stand-in to a file of its own every two seconds and at the end.

    The file is written and read by this program alone, in its data folder.
    """

    def __init__(self, app: StandIn, path: Path) -> None:
        self._app = app
        self._path = path
        self._saved = b""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True, name=f"keeper {app.name}")
        self._restore()
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=10)
        self._save()

    def _work(self) -> None:
        while not self._stop.wait(EVERY):
            self._save()

    def _restore(self) -> None:
        """A file of another version of the program is left aside: the stand-in begins anew."""
        try:
            kept = pickle.loads(self._path.read_bytes())  # noqa: S301 - our own file
            vars(_world(self._app)).update(kept)
        except (OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError):
            return

    def _save(self) -> None:
        with self._app.changed:
            content = pickle.dumps(vars(_world(self._app)))
        if content != self._saved:
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(self._path)
            self._saved = content


def _world(app: StandIn) -> Any:
    """Every stand-in holds its state in one object."""
    return getattr(app, "world", None) or getattr(app, "state")  # noqa: B009

"""Ears of the worker: a thread for each account at which one can wait."""

from __future__ import annotations

import logging
import threading

from django.db import connection

log = logging.getLogger(__name__)
LOOK_SECONDS = 60.0
WAIT_SECONDS = 240.0
PAUSE_SECONDS = 60.0
AFTER_NEWS_SECONDS = 3.0


class Ears:
    """Looks for accounts every minute; threads end with the process, their locks with them."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads: dict[int, threading.Thread] = {}

    def start(self) -> None:
        threading.Thread(target=self._look, daemon=True, name="ears").start()

    def stop(self) -> None:
        self._stop.set()

    def _look(self) -> None:
        from otklik.exchange.channels.actions import heard_accounts

        while not self._stop.is_set():
            try:
                for account_id in heard_accounts():
                    self._attend(account_id)
            except Exception:
                log.exception("accounts to listen to are not known now")
            connection.close()
            self._stop.wait(LOOK_SECONDS)

    def _attend(self, account_id: int) -> None:
        known = self._threads.get(account_id)
        if known is not None and known.is_alive():
            return
        thread = threading.Thread(
            target=self._listen, args=(account_id,), daemon=True, name=f"ear {account_id}"
        )
        self._threads[account_id] = thread
        thread.start()

    def _listen(self, account_id: int) -> None:
        """Ends when there is nobody to listen to; the next look begins anew."""
        from otklik.exchange.channels.actions import listen

        try:
            while not self._stop.is_set():
                came = listen(account_id, WAIT_SECONDS)
                if came is None:
                    self._stop.wait(PAUSE_SECONDS)
                    return
                if came:
                    # The visit moves the cursor; until then the same letter would call again.
                    self._stop.wait(AFTER_NEWS_SECONDS)
        except Exception:
            log.exception("account %s is not listened to now", account_id)
        finally:
            connection.close()

"""Telling bots: by webhook when one is set, by waiting for `getUpdates` otherwise."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import httpx

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.telegram.world import Bot, Json, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
SILENCE = "Wrong response from the webhook: {} {}"


class Telling:
    """`hold_albums`: all parts of an album but the first wait for `release`."""

    def __init__(self, world: World, deliveries: Deliveries, changed: threading.Condition) -> None:
        self._world = world
        self._deliveries = deliveries
        self._changed = changed
        self._held: list[tuple[Bot, Json]] = []
        self.hold_albums = False

    def tell(self, told: Iterable[tuple[Bot, Json]], *, late: bool = False) -> None:
        """Send what was announced on its way."""
        for bot, update in told:
            if late and self.hold_albums:
                bot.updates.remove(update)
                self._held.append((bot, update))
            elif bot.webhook:
                self._push(bot, update)
        self._changed.notify_all()

    def release(self) -> None:
        """The held parts of albums come now."""
        held, self._held = self._held, []
        for bot, update in held:
            bot.updates.append(update)
        self.tell(held)

    def push_waiting(self, bot: Bot) -> None:
        """After a webhook was set: what waited goes to it."""
        for update in bot.updates:
            self._push(bot, update)

    def _push(self, bot: Bot, update: Json) -> None:
        hook = bot.webhook
        if hook is None:
            return
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}

        def taken(answer: httpx.Response) -> bool:
            with self._changed:
                if bot.webhook is not hook:
                    return True
                if answer.is_success:
                    bot.updates = [each for each in bot.updates if each is not update]
                    return True
                bot.last_error = SILENCE.format(answer.status_code, answer.reason_phrase)
                bot.last_error_at = self._world.now()
                self._changed.notify_all()
                return False

        self._deliveries.send(hook.url, update, headers, taken)

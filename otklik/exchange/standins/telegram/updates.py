"""How a bot gets its updates: a webhook or polling, never both; one poller at a time."""

from __future__ import annotations

import re
import threading
from typing import Any
from urllib.parse import urlsplit

from otklik.exchange.standins.telegram.delivery import Telling
from otklik.exchange.standins.telegram.methods import Method
from otklik.exchange.standins.telegram.world import Bot, Json, Refusal, Webhook

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
HOME = {"127.0.0.1", "localhost"}
MOST_AT_ONCE, LONGEST_WAIT = 100, 50


class Updates:
    def __init__(self, changed: threading.Condition, telling: Telling) -> None:
        self._changed = changed
        self._telling = telling
        self.known: dict[str, Method] = {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    def get_updates(self, bot: Bot, values: Json, files: dict[str, bytes]) -> list[Json]:
        if bot.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if "allowed_updates" in values:
            bot.allowed = tuple(values["allowed_updates"])
        self._confirm(bot, int(values.get("offset", 0)))
        bot.polls += 1
        turn = bot.polls
        self._changed.notify_all()
        self._changed.wait_for(
            lambda: bot.updates or bot.polls != turn,
            timeout=min(float(values.get("timeout", 0)), LONGEST_WAIT),
        )
        if bot.polls != turn:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        limit = max(1, min(int(values.get("limit", MOST_AT_ONCE)), MOST_AT_ONCE))
        return bot.updates[:limit]

    def set_webhook(self, bot: Bot, values: Json, files: dict[str, bytes]) -> bool:
        url, secret = str(values["url"]), str(values.get("secret_token", ""))
        if not url:
            bot.webhook = None
            return True
        asked = urlsplit(url)
        if asked.scheme != "https" and asked.hostname not in HOME:
            raise Refusal(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        if not SECRET.fullmatch(secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        if values.get("drop_pending_updates"):
            bot.updates.clear()
        if "allowed_updates" in values:
            bot.allowed = tuple(values["allowed_updates"])
        bot.webhook = Webhook(url, secret, int(values.get("max_connections", 40)))
        bot.last_error, bot.last_error_at = "", 0
        self._telling.push_waiting(bot)
        return True

    def delete_webhook(self, bot: Bot, values: Json, files: dict[str, bytes]) -> bool:
        bot.webhook = None
        if values.get("drop_pending_updates"):
            bot.updates.clear()
        return True

    def get_webhook_info(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        told: dict[str, Any] = {
            "url": bot.webhook.url if bot.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(bot.updates),
        }
        if bot.webhook:
            told["max_connections"] = bot.webhook.connections
        if bot.allowed:
            told["allowed_updates"] = list(bot.allowed)
        if bot.last_error:
            told |= {"last_error_date": bot.last_error_at, "last_error_message": bot.last_error}
        return told

    def _confirm(self, bot: Bot, offset: int) -> None:
        """All before the offset are forgotten; a negative one counts from the newest."""
        if offset < 0:
            bot.updates = bot.updates[offset:]
        else:
            bot.updates = [each for each in bot.updates if each["update_id"] >= offset]

"""How the bot gets its updates: by subscription or by polling with a marker."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

from otklik.exchange.standins.max.messages import DONE, body, query
from otklik.exchange.standins.max.world import Json, Refusal, Subscription, World, now

HOME = {"127.0.0.1", "localhost"}
DEFAULT_WAIT = 30


class Updates:
    def __init__(self, world: World, changed: threading.Condition) -> None:
        self._world = world
        self._changed = changed

    def polled(self, request: Request) -> Json:
        """The marker confirms everything before it; silent while a webhook is subscribed."""
        asked = query(request, "/updates")
        world, types = self._world, set(asked.get("types") or ())
        if marker := asked.get("marker"):
            world.updates = [each for each in world.updates if each[0] >= marker]
        self._changed.wait_for(
            lambda: world.updates and not world.subscriptions,
            timeout=asked.get("timeout", DEFAULT_WAIT),
        )
        waiting = [] if world.subscriptions else world.updates[: asked.get("limit", 100)]
        following = waiting[-1][0] + 1 if waiting else marker
        chosen = [each for _, each in waiting if not types or each["update_type"] in types]
        return {"updates": chosen, "marker": following}

    def subscriptions(self, request: Request) -> Json:
        return {
            "subscriptions": [
                {
                    "url": each.url,
                    "time": each.at,
                    "update_types": list(each.types),
                    "version": None,
                }
                for each in self._world.subscriptions
            ]
        }

    def subscribe(self, request: Request) -> Json:
        told = body(request, "SubscriptionRequestBody")
        address = urlsplit(told["url"])
        if address.hostname not in HOME and (
            address.scheme != "https" or address.port not in (None, 443)
        ):
            raise Refusal(400, "proto.payload", "Webhook URL must be https on port 443")
        self._drop(told["url"])
        self._world.subscriptions.append(
            Subscription(
                told["url"], told.get("secret", ""), tuple(told.get("update_types", ())), now()
            )
        )
        return DONE

    def unsubscribe(self, request: Request) -> Json:
        self._drop(query(request, "/subscriptions")["url"])
        return DONE

    def _drop(self, url: str) -> None:
        self._world.subscriptions = [each for each in self._world.subscriptions if each.url != url]

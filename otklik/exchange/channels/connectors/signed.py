"""Systems whose programs may send messages by a signed webhook: one key per account."""

from __future__ import annotations

from collections.abc import Mapping

from otklik.exchange.channels.connectors.base import AccountCard, Finding, Probe

KEY = "webhook_key"
KEY_FIELDS: Mapping[str, str] = {KEY: "Ключ подписи сообщений, которые присылает программа"}
SHORTEST_KEY = 16


def key_of(secret: Mapping[str, str]) -> str:
    """The key, when there is one long enough to sign with; else empty."""
    key = secret.get(KEY, "")
    return key if len(key) >= SHORTEST_KEY else ""


def key_probe(card: AccountCard) -> Probe:
    """Files work without a key; a key that is too short is said to be so."""
    if not card.secret.get(KEY):
        return Probe()
    right = "принимать сообщения от программы"
    if key_of(card.secret):
        return Probe(findings=(Finding(right),))
    problem = f"Ключ подписи короче {SHORTEST_KEY} знаков: сообщения не принимаются."
    return Probe(problem=problem, findings=(Finding(right, problem),))

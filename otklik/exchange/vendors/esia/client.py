"""Entry by ЕСИА: the address to go to, the exchange of the code, the person, leaving."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from otklik.exchange.vendors.esia.people import Person, person_of
from otklik.exchange.vendors.esia.profiles import Profile
from otklik.exchange.vendors.esia.signers import Signer
from otklik.exchange.vendors.esia.tokens import Identity, Trust, identity_of
from otklik.exchange.vendors.esia.troubles import EsiaUnreachable, EsiaUntrusted, refusal

PRODUCTION = "https://esia.gosuslugi.ru"
TEST = "https://esia-portal1.test.gosuslugi.ru"
SCOPES = "openid fullname email mobile"
MOST = 1_000_000
"""Bytes of an answer that are read."""


@dataclass(frozen=True)
class Registration:
    """The system as it is registered in ЕСИА. `mnemonic` is its `client_id`."""

    portal: str
    mnemonic: str
    scopes: str
    profile: Profile


@dataclass(frozen=True)
class Entered:
    identity: Identity
    access_token: str


class EsiaClient:
    """Time is passed in; every request is signed anew.

    Raises errors of `troubles`, and SigningFailed.
    """

    def __init__(
        self, registration: Registration, signer: Signer, trust: Trust, http: httpx.Client
    ) -> None:
        self._system = registration
        self._signer = signer
        self._trust = trust
        self._http = http

    def entry_url(self, *, state: str, redirect_uri: str, now: datetime) -> str:
        """Where to send the browser (`v2/ac`)."""
        values = self._values(state, redirect_uri, now)
        signed = self._signature(self._system.profile.entry_text(values))
        asked = {**values, "client_secret": signed, "response_type": "code"}
        asked |= {"access_type": "online", **self._fingerprint()}
        return f"{self._system.portal}/aas/oauth2/v2/ac?{urlencode(asked)}"

    def exchange(self, *, code: str, state: str, redirect_uri: str, now: datetime) -> Entered:
        """The code of the return address for a verified person (`v3/te`)."""
        values = {**self._values(state, redirect_uri, now), "code": code}
        signed = self._signature(self._system.profile.exchange_text(values))
        form = {**values, "client_secret": signed, "grant_type": "authorization_code"}
        form |= {"token_type": "Bearer", **self._fingerprint()}
        told = self._call("POST", "/aas/oauth2/v3/te", form=form)
        if str(told.get("state", state)) != state:
            raise EsiaUntrusted("ответ относится к другому входу")
        identity = identity_of(
            str(told.get("id_token", "")),
            self._trust,
            client=self._system.mnemonic,
            portal=self._system.portal,
            now=now,
        )
        return Entered(identity, str(told.get("access_token", "")))

    def person(self, entered: Entered) -> Person:
        """Names and confirmed contacts. Trusted only when the token and the card both say so."""
        oid = entered.identity.oid
        about = self._call("GET", f"/rs/prns/{oid}", token=entered.access_token)
        found = self._call(
            "GET", f"/rs/prns/{oid}/ctts?embed=(elements)", token=entered.access_token
        )
        contacts = found.get("elements")
        level = about.get("trusted") is True and entered.identity.trusted
        return person_of(
            oid,
            {**about, "trusted": level},
            contacts if isinstance(contacts, list) else [],
            methods=entered.identity.methods,
        )

    def leaving_url(self, redirect_uri: str) -> str:
        """Where to send the browser to leave ЕСИА too."""
        asked = {"client_id": self._system.mnemonic, "redirect_url": redirect_uri}
        return f"{self._system.portal}/idp/ext/Logout?{urlencode(asked)}"

    def _values(self, state: str, redirect_uri: str, now: datetime) -> dict[str, str]:
        return {
            "client_id": self._system.mnemonic,
            "scope": self._system.scopes,
            "timestamp": now.astimezone(UTC).strftime("%Y.%m.%d %H:%M:%S +0000"),
            "state": state,
            "redirect_uri": redirect_uri,
        }

    def _signature(self, text: bytes) -> str:
        made = self._signer.sign(text, self._system.profile.form)
        if self._system.profile.backwards:
            made = made[::-1]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def _fingerprint(self) -> dict[str, str]:
        counted = self._signer.fingerprint(self._system.profile.fingerprint)
        return {"client_certificate_hash": counted} if counted else {}

    def _call(
        self, method: str, path: str, *, form: dict[str, str] | None = None, token: str = ""
    ) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            answer = self._http.request(
                method, self._system.portal + path, data=form, headers=headers
            )
            told = json.loads(answer.content[:MOST])
        except httpx.HTTPError as error:
            raise EsiaUnreachable(_why(error)) from error
        except ValueError:
            raise EsiaUnreachable(f"ответ {answer.status_code} не читается") from None
        if not isinstance(told, dict):
            raise EsiaUnreachable("ответ не читается")
        if answer.is_error or "error" in told or "code" in told:
            said = str(told.get("error_description") or told.get("message") or "")
            coded = str(told.get("code", ""))
            raise refusal(str(told.get("error", coded)), f"{said} {coded}")
        return told


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "истекло время ожидания"
    return "соединение не устанавливается"

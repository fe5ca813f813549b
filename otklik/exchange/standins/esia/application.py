"""ЕСИА as a system sees it: entry, code, token, person, leaving."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.esia import pages
from otklik.exchange.standins.esia.citizens import CITIZENS, Citizen
from otklik.exchange.standins.esia.signing import Keys, Signing
from otklik.exchange.standins.failures import Failure, Trouble

CODE_SECONDS = 60
SKEW = 300
"""Seconds by which a request's timestamp may differ from the clock here."""
ENTRY = ("client_id", "client_secret", "redirect_uri", "scope", "state", "timestamp")
EXCHANGE = (*ENTRY, "code", "grant_type", "token_type")
SAID = {
    "007002": "The certificate does not match the mnemonic of the information system",
    "007003": "The request contains an invalid parameter",
    "007004": "The resource owner or authorization server denied the request",
    "007008": "The authorization server is currently unable to handle the request",
    "007011": "The authorization code is invalid, expired, revoked or issued to another client",
    "007012": "The authorization grant type is not supported by the authorization server",
    "007014": "The request does not contain the mandatory parameter",
    "007015": "The request time is invalid",
    "007019": "No permission to access",
    "007023": "The redirect_uri is not among those permitted for the information system",
    "007053": "The client_secret is malformed",
}


class Denied(Exception):
    """A refusal as ЕСИА words it."""

    def __init__(self, error: str, code: str) -> None:
        super().__init__(code)
        self.error = error
        self.description = f"ESIA-{code}: {SAID[code]}"


@dataclass(frozen=True)
class System:
    """A registered system. Without `signing` its signature is not looked at."""

    mnemonic: str
    returns: frozenset[str] = frozenset()
    signing: Signing | None = None


@dataclass
class Grant:
    """A code given out: for whom, to which system and return address, till when."""

    citizen: Citizen
    mnemonic: str
    redirect_uri: str
    scope: str
    until: float


@dataclass
class State:
    systems: dict[str, System] = field(default_factory=dict)
    citizens: dict[int, Citizen] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)


class Esia(StandIn):
    """`register` a system, then let a browser come to `/aas/oauth2/v2/ac`."""

    name: ClassVar[str] = "esia"
    title: ClassVar[str] = "ЕСИА (Госуслуги)"

    def __init__(self, *, gost: bool = False) -> None:
        self.state = State(citizens={one.oid: one for one in CITIZENS})
        self._folder = tempfile.TemporaryDirectory(prefix="esia-")
        self.keys = Keys.make(Path(self._folder.name), gost=gost)
        super().__init__()

    def set_up(self) -> None:
        self.route("GET", "/aas/oauth2/v2/ac", self.entry, call="ac")
        self.route("POST", "/standin/choice", self.choice, call="page")
        self.route("GET", "/standin/trust", self.trust, call="page")
        self.route("POST", "/aas/oauth2/v3/te", self.exchange, call="te")
        self.route("GET", "/rs/prns/<int:oid>", self.person, call="prns")
        self.route("GET", "/rs/prns/<int:oid>/ctts", self.contacts, call="ctts")
        self.route("GET", "/idp/ext/Logout", self.leaving, call="logout")

    def close(self) -> None:
        super().close()
        self._folder.cleanup()

    def register(self, system: System) -> None:
        with self.changed:
            self.state.systems[system.mnemonic] = system

    def page(self, request: Request) -> Response:
        return pages.first(self.state.citizens.values(), self.url)

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble in (Trouble.RATE, Trouble.BROKEN):
            return _told(Denied("temporarily_unavailable", "007008"), request.values, 503)
        return None

    def trust(self, request: Request) -> Response:
        return Response(self.keys.certificate.read_bytes(), content_type="application/x-pem-file")

    def entry(self, request: Request) -> Response:
        asked = request.args
        try:
            system = self._known(asked, ENTRY)
            if asked.get("response_type") != "code":
                raise Denied("unsupported_response_type", "007003")
            self._check_signature(system, asked, exchange=False)
        except Denied as denied:
            return self._sent_back(denied, asked)
        return pages.choice(asked, self.state.citizens.values())

    def choice(self, request: Request) -> Response:
        form = request.form
        citizen = self.state.citizens.get(int(form.get("citizen") or 0))
        if citizen is None:
            return self._sent_back(Denied("access_denied", "007004"), form)
        try:
            # The choice comes back from a browser: the address is looked at once more.
            self._known(form, ENTRY)
        except Denied as denied:
            return self._sent_back(denied, form)
        code = secrets.token_urlsafe(24)
        self.state.codes[code] = Grant(
            citizen,
            form["client_id"],
            form["redirect_uri"],
            form["scope"],
            time.time() + CODE_SECONDS,
        )
        back = urlencode({"code": code, "state": form["state"]})
        return redirect(f"{form['redirect_uri']}?{back}")

    def exchange(self, request: Request) -> Response:
        form = request.form
        try:
            system = self._known(form, EXCHANGE)
            if form["grant_type"] != "authorization_code":
                raise Denied("unsupported_grant_type", "007012")
            self._check_signature(system, form, exchange=True)
            grant = self._spent(form)
        except Denied as denied:
            return _told(denied, form, 400)
        return as_json(self._tokens(grant, form["state"]))

    def person(self, request: Request, oid: int) -> Response:
        return self._about(request, oid, lambda citizen: citizen.card())

    def contacts(self, request: Request, oid: int) -> Response:
        return self._about(
            request, oid, lambda one: {"size": len(one.contacts()), "elements": one.contacts()}
        )

    def leaving(self, request: Request) -> Response:
        system = self.state.systems.get(request.args.get("client_id", ""))
        back = request.args.get("redirect_url", "")
        if self.state.systems and (
            system is None or not any(back.startswith(_host(one)) for one in system.returns)
        ):
            return _told(Denied("invalid_request", "007023"), request.args, 400)
        return redirect(back or "/")

    def _about(self, request: Request, oid: int, tell: object) -> Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        grant = self.state.tokens.get(token)
        if grant is None or grant.until < time.time() or grant.citizen.oid != oid:
            return as_json({"code": "ESIA-007019", "message": SAID["007019"]}, 403)
        assert callable(tell)
        return as_json(tell(grant.citizen))

    def _known(self, asked: Mapping[str, str], needed: tuple[str, ...]) -> System:
        if any(not asked.get(name) for name in needed):
            raise Denied("invalid_request", "007014")
        mnemonic = asked["client_id"]
        system = self.state.systems.get(mnemonic)
        if system is None and self.state.systems:
            raise Denied("unauthorized_client", "007002")
        system = system or System(mnemonic)
        if system.returns and asked["redirect_uri"] not in system.returns:
            raise Denied("invalid_request", "007023")
        return system

    def _check_signature(self, system: System, asked: Mapping[str, str], *, exchange: bool) -> None:
        try:
            told = datetime.strptime(asked["timestamp"], "%Y.%m.%d %H:%M:%S %z")
        except ValueError:
            raise Denied("invalid_request", "007015") from None
        if abs((datetime.now(UTC) - told).total_seconds()) > SKEW:
            raise Denied("invalid_request", "007015")
        signing = system.signing
        if signing is None:
            return
        fields = signing.exchange if exchange else signing.entry
        if not signing.accepts(asked, fields, asked["client_secret"]):
            raise Denied("invalid_request", "007053")
        given = asked.get("client_certificate_hash", "")
        if given and not signing.fingerprint_is(given):
            raise Denied("unauthorized_client", "007002")

    def _spent(self, form: Mapping[str, str]) -> Grant:
        grant = self.state.codes.pop(form["code"], None)
        fits = grant is not None and (grant.mnemonic, grant.redirect_uri) == (
            form["client_id"],
            form["redirect_uri"],
        )
        if grant is None or not fits or grant.until < time.time():
            raise Denied("invalid_grant", "007011")
        return grant

    def _tokens(self, grant: Grant, state: str) -> dict[str, object]:
        now, citizen = int(time.time()), grant.citizen
        subject: dict[str, object] = {
            "urn:esia:sbj:typ": "P",
            "urn:esia:sbj:oid": citizen.oid,
            "urn:esia:sbj:nam": f"OID.{citizen.oid}",
        }
        if citizen.confirmed:
            subject["urn:esia:sbj:is_tru"] = True
        shared = {
            "iss": f"{self.url}/",
            "iat": now,
            "nbf": now,
            "urn:esia:sid": secrets.token_hex(),
        }
        about = {"sub": citizen.oid, "aud": grant.mnemonic, "auth_time": now, "amr": "PWD"}
        about |= {"urn:esia:amd": "PWD", "urn:esia:sbj": subject, "exp": now + 10_800, **shared}
        scoped = {"scope": grant.scope, "client_id": grant.mnemonic, "exp": now + 3600}
        scoped |= {"urn:esia:sbj_id": citizen.oid, **shared}
        access = self.keys.token(scoped, "access")
        grant.until = time.time() + 3600
        self.state.tokens[access] = grant
        return {
            "access_token": access,
            "id_token": self.keys.token(about, "id"),
            "refresh_token": secrets.token_urlsafe(24),
            "state": state,
            "token_type": "Bearer",
            "expires_in": 3600,
        }

    def _sent_back(self, denied: Denied, asked: Mapping[str, str]) -> Response:
        """Back to the system's address when it may be believed, else told here."""
        system = self.state.systems.get(asked.get("client_id", ""))
        back = asked.get("redirect_uri", "")
        if not back or (self.state.systems and (system is None or back not in system.returns)):
            return pages.refusal(denied.description)
        said = {"error": denied.error, "error_description": denied.description}
        return redirect(f"{back}?{urlencode({**said, 'state': asked.get('state', '')})}")


def _host(address: str) -> str:
    return "/".join(address.split("/")[:3]) + "/"


def _told(denied: Denied, asked: Mapping[str, str], status: int) -> Response:
    said = {"error": denied.error, "error_description": denied.description}
    return as_json({**said, "state": asked.get("state", "")}, status)


def make() -> Esia:
    return Esia()

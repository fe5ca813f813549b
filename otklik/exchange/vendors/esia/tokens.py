"""What an `id_token` of ЕСИА must be to be believed."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from otklik.exchange.vendors.esia.gost import SigningFailed, available, openssl
from otklik.exchange.vendors.esia.signers import verified_by_gost
from otklik.exchange.vendors.esia.troubles import EsiaUntrusted

LEEWAY = 120
"""Seconds by which the two clocks may differ."""
GOST, RSA = "GOST3410_2012_256", "RS256"


@dataclass(frozen=True)
class Trust:
    """The certificate by which ЕСИА signs its tokens; PEM, as published by the operator."""

    certificate: bytes

    def public_key(self) -> bytes:
        """PEM. Raises SigningFailed for what is no certificate."""
        return openssl(["x509", "-noout", "-pubkey"], self.certificate, gost=available())

    def rsa_key(self) -> rsa.RSAPublicKey | None:
        try:
            key = x509.load_pem_x509_certificate(self.certificate).public_key()
        except (ValueError, UnsupportedAlgorithm):
            return None
        return key if isinstance(key, rsa.RSAPublicKey) else None


@dataclass(frozen=True)
class Identity:
    """Whom ЕСИА has let in. `methods`: PWD, DS (a qualified signature) and others."""

    oid: str
    trusted: bool
    methods: tuple[str, ...]
    session: str


def decode(part: str) -> bytes:
    """URL-safe base64 with or without its tail. Raises EsiaUntrusted."""
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        raise EsiaUntrusted("маркер испорчен") from None


def verified_claims(token: str, trust: Trust) -> dict[str, Any]:
    """Claims of a token whose signature is right. Only RSA and GOST; «none» is refused."""
    parts = token.split(".")
    if len(parts) != 3:
        raise EsiaUntrusted("маркер не похож на JWT")
    try:
        header, claims = (json.loads(decode(part)) for part in parts[:2])
    except ValueError:
        raise EsiaUntrusted("маркер не читается") from None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise EsiaUntrusted("маркер не читается")
    text = ".".join(parts[:2]).encode()
    if not _signed(str(header.get("alg", "")), text, decode(parts[2]), trust):
        raise EsiaUntrusted(
            "подпись маркера неверна", "Проверьте сертификат ЕСИА, заданный в OTKLIK_ESIA_TRUST."
        )
    return claims


def identity_of(token: str, trust: Trust, *, client: str, portal: str, now: datetime) -> Identity:
    """Who entered, by a token that is meant for `client`, comes from `portal` and is in force.

    Raises EsiaUntrusted.
    """
    claims = verified_claims(token, trust)
    audience = claims.get("aud")
    if client not in (audience if isinstance(audience, list) else [audience]):
        raise EsiaUntrusted("маркер выдан другой системе")
    if urlsplit(str(claims.get("iss", ""))).hostname != urlsplit(portal).hostname:
        raise EsiaUntrusted("маркер выдан не той ЕСИА")
    _in_force(claims, now.timestamp())
    subject = claims.get("urn:esia:sbj")
    about = subject if isinstance(subject, dict) else {}
    oid = about.get("urn:esia:sbj:oid") or claims.get("urn:esia:sbj_id") or claims.get("sub")
    if not str(oid or "").isdecimal():
        raise EsiaUntrusted("в маркере нет человека")
    return Identity(
        oid=str(oid),
        trusted=about.get("urn:esia:sbj:is_tru") is True,
        methods=_words(claims.get("amr") or claims.get("urn:esia:amd")),
        session=str(claims.get("urn:esia:sid", "")),
    )


def _in_force(claims: dict[str, Any], now: float) -> None:
    until, since = claims.get("exp"), claims.get("nbf", claims.get("iat", 0))
    if not isinstance(until, int | float) or not isinstance(since, int | float):
        raise EsiaUntrusted("у маркера нет срока")
    if now > until + LEEWAY:
        raise EsiaUntrusted("маркер просрочен")
    if now < since - LEEWAY:
        raise EsiaUntrusted("маркер ещё не действует", "Проверьте часы сервера.")


def _words(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else str(value or "").split()
    return tuple(str(one) for one in found)


def _signed(algorithm: str, text: bytes, signature: bytes, trust: Trust) -> bool:
    if algorithm == RSA:
        key = trust.rsa_key()
        return key is not None and _signed_rsa(key, text, signature)
    if algorithm == GOST:
        try:
            key_text = trust.public_key()
        except SigningFailed:
            return False
        # Two byte orders of the same signature are in use.
        both = (signature, signature[::-1])
        return any(verified_by_gost(text, one, key_text) for one in both)
    return False


def _signed_rsa(key: rsa.RSAPublicKey, text: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True

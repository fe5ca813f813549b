"""Tokens that must not be believed."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from otklik.exchange.standins.esia.signing import Keys
from otklik.exchange.vendors.esia.tests.conftest import needs_gost
from otklik.exchange.vendors.esia.tokens import Identity, Trust, identity_of
from otklik.exchange.vendors.esia.troubles import EsiaUntrusted

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PORTAL = "https://esia.example.test"


@pytest.fixture(
    params=[pytest.param(False, id="rsa"), pytest.param(True, id="gost", marks=needs_gost)]
)
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Keys:
    return Keys.make(tmp_path, gost=request.param)


def claims(**changed: Any) -> dict[str, Any]:
    good = {
        "iss": f"{PORTAL}/", "aud": "MCU01", "sub": 42, "amr": "DS",
        "iat": NOW.timestamp(), "nbf": NOW.timestamp(), "exp": NOW.timestamp() + 600,
        "urn:esia:sid": "s", "urn:esia:sbj": {"urn:esia:sbj:oid": 42, "urn:esia:sbj:is_tru": True},
    }  # fmt: skip
    return {**good, **changed}


def told(keys: Keys, token: str, now: datetime = NOW) -> Identity:
    trust = Trust(keys.certificate.read_bytes())
    return identity_of(token, trust, client="MCU01", portal=PORTAL, now=now)


def test_a_good_token_names_its_person(keys: Keys) -> None:
    found = told(keys, keys.token(claims(), "id"))
    assert found == Identity("42", True, ("DS",), "s")
    plain = told(keys, keys.token(claims(**{"urn:esia:sbj": {"urn:esia:sbj:oid": 42}}), "id"))
    assert plain.trusted is False


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"aud": "OTHER"}, "другой системе"),
        ({"iss": "https://evil.test/"}, "не той ЕСИА"),
        ({"exp": None}, "нет срока"),
        ({"exp": NOW.timestamp() - 3600}, "просрочен"),
        ({"nbf": NOW.timestamp() + 3600}, "ещё не действует"),
        ({"sub": "", "urn:esia:sbj": {}}, "нет человека"),
    ],
)
def test_tokens_for_others_or_out_of_term_are_refused(
    keys: Keys, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(EsiaUntrusted, match=why):
        told(keys, keys.token(claims(**changed), "id"))


def test_time_is_that_of_the_caller(keys: Keys) -> None:
    token = keys.token(claims(), "id")
    assert told(keys, token, NOW + timedelta(seconds=700)).oid == "42"
    with pytest.raises(EsiaUntrusted, match="просрочен"):
        told(keys, token, NOW + timedelta(seconds=800))


def test_altered_unsigned_and_foreign_tokens_are_refused(keys: Keys, tmp_path: Path) -> None:
    token = keys.token(claims(), "id")
    header, _, signature = token.split(".")
    forged = _part(claims(sub=1, **{"urn:esia:sbj": {"urn:esia:sbj:oid": 1}}))
    (tmp_path / "other").mkdir()
    other = Keys.make(tmp_path / "other", gost=keys.gost)
    none = _part({"alg": "none"})
    bad = [
        f"{header}.{forged}.{signature}",
        f"{none}.{forged}.",
        f"{none}.{forged}.{signature}",
        other.token(claims(), "id"),
        "", "a.b", "a.b.c", "…", f"{header}.{_part([])}.{signature}",
    ]  # fmt: skip
    for one in bad:
        with pytest.raises(EsiaUntrusted) as refused:
            told(keys, one)
        assert refused.value.mend


def test_the_certificate_must_be_one(keys: Keys) -> None:
    token = keys.token(claims(), "id")
    with pytest.raises(EsiaUntrusted, match="подпись"):
        identity_of(token, Trust(b"none"), client="MCU01", portal=PORTAL, now=NOW)


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

"""The stand-in by itself, as a system without a client of ours sees it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import jwt
import pytest

from otklik.exchange.standins.esia.application import Esia, System
from otklik.exchange.standins.registry import make, names
from otklik.exchange.standins.serving import served

BACK = "http://127.0.0.1:1/back/"


@pytest.fixture
def esia() -> Iterator[Esia]:
    with served(Esia()) as made:
        yield made


@pytest.fixture
def browser(esia: Esia) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=esia.url, trust_env=False) as client:
        yield client


def asked(**changed: str) -> dict[str, str]:
    values = {
        "client_id": "ANY", "client_secret": "c2VjcmV0", "redirect_uri": BACK,
        "scope": "openid fullname", "state": "s-1", "response_type": "code",
        "timestamp": datetime.now(UTC).strftime("%Y.%m.%d %H:%M:%S +0000"),
    }  # fmt: skip
    return {**values, **changed}


def code(browser: httpx.Client, citizen: int = 1000000001) -> str:
    sent = browser.post("/standin/choice", data={**asked(), "citizen": str(citizen)})
    return httpx.URL(sent.headers["Location"]).params["code"]


def exchange(browser: httpx.Client, **changed: str) -> httpx.Response:
    form = asked(grant_type="authorization_code", token_type="Bearer", **changed)
    return browser.post("/aas/oauth2/v3/te", data=form)


def test_it_is_found_by_its_name() -> None:
    assert "esia" in names()
    made = make("esia")
    assert (made.name, made.title) == ("esia", "ЕСИА (Госуслуги)")
    made.close()


def test_its_pages_name_the_people_and_the_way_to_connect(browser: httpx.Client) -> None:
    first = browser.get("/").text
    assert "Ёлкина Мария Игоревна" in first
    assert "/standin/trust" in first
    choice = browser.get("/aas/oauth2/v2/ac", params=asked(scope="<b>"))
    assert "неподтверждённая учётная запись" in choice.text
    assert "<b>." not in choice.text


def test_tokens_are_right_by_another_library(browser: httpx.Client, tmp_path: Path) -> None:
    told = exchange(browser, code=code(browser)).json()
    trust = tmp_path / "trust.pem"
    trust.write_bytes(browser.get("/standin/trust").content)
    key = subprocess.check_output(["openssl", "x509", "-in", str(trust), "-noout", "-pubkey"])
    claims = jwt.decode(
        told["id_token"], key, algorithms=["RS256"], audience="ANY",
        options={"verify_sub": False},
    )  # fmt: skip
    assert claims["urn:esia:sbj"]["urn:esia:sbj:is_tru"] is True
    assert claims["sub"] == 1000000001
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    about = browser.get("/rs/prns/1000000001", headers=headers).json()
    assert (about["lastName"], about["trusted"]) == ("Ёлкина", True)
    assert browser.get("/rs/prns/1000000003", headers=headers).status_code == 403
    assert browser.get("/rs/prns/1000000001").status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scope": ""}, "ESIA-007014"),
        ({"grant_type": "password"}, "ESIA-007012"),
        ({"timestamp": "2020.01.01 00:00:00 +0000"}, "ESIA-007015"),
        ({"timestamp": "now"}, "ESIA-007015"),
        ({"client_id": "OTHER"}, "ESIA-007011"),
        ({"redirect_uri": f"{BACK}other"}, "ESIA-007011"),
        ({"code": "unknown"}, "ESIA-007011"),
    ],
)
def test_wrong_exchanges_are_refused_by_code(
    browser: httpx.Client, changed: dict[str, str], said: str
) -> None:
    form = {**asked(grant_type="authorization_code", token_type="Bearer"), "code": code(browser)}
    answer = browser.post("/aas/oauth2/v3/te", data={**form, **changed})
    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith(said)


def test_a_code_is_spent_once(browser: httpx.Client) -> None:
    given = code(browser)
    assert exchange(browser, code=given).status_code == 200
    assert "ESIA-007011" in exchange(browser, code=given).json()["error_description"]


def test_registered_systems_only_and_only_to_their_addresses(
    esia: Esia, browser: httpx.Client
) -> None:
    esia.register(System("MCU01", frozenset({BACK})))
    stranger = browser.get("/aas/oauth2/v2/ac", params=asked())
    assert (stranger.status_code, "ESIA-007002" in stranger.text) == (400, True)
    away = asked(client_id="MCU01", redirect_uri="http://evil.test/")
    for answer in (
        browser.get("/aas/oauth2/v2/ac", params=away),
        browser.post("/standin/choice", data={**away, "citizen": "1000000001"}),
        browser.post("/standin/choice", data={**away, "citizen": "0"}),
    ):
        assert (answer.status_code, "Location" in answer.headers) == (400, False)
    wrong = browser.get("/aas/oauth2/v2/ac", params=asked(client_id="MCU01", response_type="token"))
    back = httpx.URL(wrong.headers["Location"]).params
    assert (back["error"], back["state"]) == ("unsupported_response_type", "s-1")

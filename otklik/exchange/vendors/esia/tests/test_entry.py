"""Entry against the stand-in, whose OpenSSL judges every signature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from otklik.exchange.vendors.esia.gost import COMMAND, available
from otklik.exchange.vendors.esia.profiles import PROFILES
from otklik.exchange.vendors.esia.tests.conftest import BACK, MakePair, Pair, needs_gost
from otklik.exchange.vendors.esia.troubles import EsiaRefused, EsiaUnreachable, refusal

STATE = "5b0f3a3e-6c8e-4f1f-9a51-3f2f9d1f4a10"
ELKINA, PROSTAKOV, LI, NEPOCHTIN = 1000000001, 1000000002, 1000000003, 1000000004
KINDS = [
    pytest.param(False, id="rsa"),
    pytest.param(True, id="gost", marks=needs_gost),
]


def now() -> datetime:
    return datetime.now(UTC)


def given(pair: Pair, citizen: int) -> str:
    url = pair.client.entry_url(state=STATE, redirect_uri=BACK, now=now())
    back = pair.code(url, citizen)
    assert back["state"] == STATE
    return back["code"]


@pytest.mark.parametrize("gost", KINDS)
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_confirmed_citizen_enters_by_every_way_of_signing(
    make_pair: MakePair, profile: str, gost: bool
) -> None:
    if profile == "epgu" and not available():
        # The hash «Стрибог» needs OpenSSL with GOST even beside an RSA key.
        pytest.skip(f"OpenSSL без ГОСТ: {COMMAND}")
    pair = make_pair(profile, gost=gost)
    code = given(pair, ELKINA)
    entered = pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    person = pair.client.person(entered)
    assert (person.oid, person.full_name) == (str(ELKINA), "Ёлкина Мария Игоревна")
    assert (person.trusted, person.email) == (True, "elkina@example.test")
    assert (person.phone, person.methods) == ("+7(900)1112233", ("PWD",))


def test_an_unconfirmed_account_and_unconfirmed_mail_are_told_apart(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    people = []
    for oid in (PROSTAKOV, LI, NEPOCHTIN):
        code = given(pair, oid)
        entered = pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
        people.append(pair.client.person(entered))
    assert [one.trusted for one in people] == [False, True, True]
    assert [one.email for one in people] == ["prostakov@example.test", "", ""]
    assert people[1].full_name == "Ли Анна"


def test_a_code_serves_once_and_for_its_return_address_only(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    code = given(pair, ELKINA)
    pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    with pytest.raises(EsiaRefused, match="уже использован") as again:
        pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    assert again.value.code == "007011"
    with pytest.raises(EsiaRefused, match="Адрес возврата") as elsewhere:
        pair.client.exchange(
            code=given(pair, ELKINA), state=STATE, redirect_uri=f"{BACK}other", now=now()
        )
    assert elsewhere.value.code == "007023"


@pytest.mark.parametrize("gost", KINDS)
def test_a_signature_of_another_order_is_refused(make_pair: MakePair, gost: bool) -> None:
    pair = make_pair("raw_sha256", gost=gost, told="legacy")
    url = pair.client.entry_url(state=STATE, redirect_uri=BACK, now=now())
    back = pair.code(url, ELKINA)
    assert "ESIA-007053" in back["error_description"]
    told = refusal(back["error"], back["error_description"])
    assert "подпись" in told.message
    assert "порядок подписи" in told.mend


def test_altered_requests_are_refused(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    url = pair.client.entry_url(state=STATE, redirect_uri=BACK, now=now())
    altered = url.replace("fullname", "fullname+snils")
    assert "ESIA-007053" in pair.code(altered, ELKINA)["error_description"]
    late = pair.client.entry_url(state=STATE, redirect_uri=BACK, now=now() - timedelta(minutes=10))
    back = pair.code(late, ELKINA)
    assert "синхронизацию времени" in refusal(back["error"], back["error_description"]).mend


def test_a_citizen_may_deny(make_pair: MakePair) -> None:
    pair = make_pair("legacy")
    url = pair.client.entry_url(state=STATE, redirect_uri=BACK, now=now())
    back = pair.code(url, 0)
    told = refusal(back["error"], back["error_description"])
    assert (told.code, "отменён" in told.message) == ("007004", True)


def test_a_broken_service_is_told_in_words(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    code = given(pair, ELKINA)
    pair.esia.failures.order("broken", call="te")
    with pytest.raises(EsiaRefused, match="перегружена"):
        pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    pair.esia.failures.order("cut", call="te")
    with pytest.raises(EsiaUnreachable, match="ЕСИА не отвечает"):
        pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())


def test_a_lost_answer_spends_the_code_and_leads_to_a_new_entry(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    code = given(pair, ELKINA)
    pair.esia.failures.order("lost_reply", call="te")
    with pytest.raises(EsiaUnreachable):
        pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    with pytest.raises(EsiaRefused, match="уже использован") as spent:
        pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    assert "начните снова" in spent.value.mend
    assert pair.client.exchange(
        code=given(pair, ELKINA), state=STATE, redirect_uri=BACK, now=now()
    ).identity.trusted


def test_a_token_tells_about_its_own_person_only(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    code = given(pair, ELKINA)
    entered = pair.client.exchange(code=code, state=STATE, redirect_uri=BACK, now=now())
    other = type(entered)(type(entered.identity)(str(LI), True, (), ""), entered.access_token)
    with pytest.raises(EsiaRefused, match="Разрешения на эти данные нет"):
        pair.client.person(other)


def test_leaving_goes_through_esia_and_back(make_pair: MakePair) -> None:
    pair = make_pair("raw_sha256")
    url = pair.client.leaving_url(BACK)
    assert "/idp/ext/Logout?client_id=MCU01" in url
    assert httpx.get(url, trust_env=False).headers["Location"] == BACK
    elsewhere = pair.client.leaving_url("http://evil.test/")
    assert httpx.get(elsewhere, trust_env=False).status_code == 400


@pytest.mark.parametrize(
    ("error", "description", "code"),
    [
        ("access_denied", "", ""),
        ("server_error", "ESIA-009999: something new", "009999"),
        ("", "", ""),
    ],
)
def test_unknown_refusals_still_say_what_to_do(error: str, description: str, code: str) -> None:
    told = refusal(error, description)
    assert told.code == code
    assert told.mend.endswith(".")
    assert "None" not in told.message

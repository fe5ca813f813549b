"""Reading claims, and what addresses and options a door may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.exchange.signin.rules.claims import (
    fits,
    full_name,
    is_strong,
    presented,
    values_of,
)
from otklik.exchange.signin.rules.options import STRONG, Options, address_fault

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.mark.parametrize(
    ("claims", "path", "values"),
    [
        ({"groups": ["Операторы МЦУ", "Все"]}, "groups", {"Операторы МЦУ", "Все"}),
        ({"department": "МЦУ"}, "department", {"МЦУ"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://id.test/roles": ["b"]}, "https://id.test/roles", {"b"}),
        ({"head": True, "level": 3}, "head", {"true"}),
        ({"level": 3}, "level", {"3"}),
        ({"groups": [{"name": "x"}, None]}, "groups", set()),
        ({"groups": "Все операторы"}, "groups.0", set()),
        ({}, "groups", set()),
    ],
)
def test_values_of_a_claim(claims: dict[str, object], path: str, values: set[str]) -> None:
    assert values_of(claims, path) == values
    assert all(fits(claims, path, value) for value in values)
    assert not fits(claims, path, "операторы МЦУ")


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=3), st.text(max_size=9))
def test_no_claims_break_the_reading(claims: dict[str, object], path: str) -> None:
    assert all(isinstance(one, str) for one in values_of(claims, path))
    who = presented(claims)
    assert who.email_sure is (claims.get("email_verified") is True)
    assert isinstance(is_strong(who.methods, STRONG), bool)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"family_name": "Ёжикова", "given_name": "Зоя", "middle_name": "Ильинична"},
         "Ёжикова Зоя Ильинична"),
        ({"family_name": "Ёжикова", "given_name": "Зоя Ильинична", "middle_name": "Ильинична"},
         "Ёжикова Зоя Ильинична"),
        ({"name": "  Ли   Анна "}, "Ли Анна"),
        ({"given_name": "Анна", "name": "Ли Анна"}, "Ли Анна"),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_full_name_is_in_the_russian_order(claims: dict[str, str], name: str) -> None:
    assert full_name(claims) == name


def test_words_of_a_second_factor() -> None:
    assert is_strong(presented({"sub": "1", "amr": ["pwd", "mfa"]}).methods, STRONG)
    assert is_strong(presented({"sub": "1", "acr": "urn:gold"}).methods, "urn:gold")
    assert not is_strong(presented({"sub": "1", "amr": ["pwd"], "acr": "0"}).methods, STRONG)
    assert not is_strong(("pwd",), "")


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://id.zaozersk.ru/realms/mcu", True),
        ("http://127.0.0.1:9000", True),
        ("http://localhost:9000", True),
        ("http://[::1]:9000", True),
        ("http://id.zaozersk.ru", False),
        ("ftp://id.zaozersk.ru", False),
        ("https://", False),
        ("id.zaozersk.ru", False),
        ("https://user@id.zaozersk.ru", False),
        ("https://id.zaozersk.ru/?a=1", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_addresses_of_doors(address: str, good: bool) -> None:
    assert (address_fault(address) == "") is good


def test_options_of_an_older_edition_are_read() -> None:
    assert Options.read({"strong": "DS", "forgotten": 1}) == Options(strong="DS")

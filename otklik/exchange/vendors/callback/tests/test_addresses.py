"""Nothing inside one's own network is called on the word of somebody else."""

from __future__ import annotations

import socket

import pytest

from otklik.exchange.vendors.callback.addresses import (
    AddressRefused,
    checked,
    is_public,
    target,
)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "2001:0:5ef5:79fd::1", "ff02::1",
    ],
)  # fmt: skip
def test_numbers_of_inner_networks_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2a00:1450:4010:c05::8a"])
def test_numbers_of_the_internet_are(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "", "сервер", "ftp://example.test/", "http://example.test/", "https://",
        "https://имя:пароль@example.test/", "https://example.test:0/", "https://[::1", "//x/",
        "file:///etc/passwd", "https://example.test:99999/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_server_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        checked(address)


def test_a_name_is_judged_by_every_number_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (ip, port)) for ip in ("93.184.216.34", "10.0.0.5")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(AddressRefused, match="OTKLIK_PRIVATE_WEBHOOKS"):
        target("https://both.test/hook")
    allowed = target("https://both.test/hook?a=1#x", private=True)
    assert allowed.by_ip == "https://93.184.216.34:443/hook?a=1"
    assert (allowed.host, allowed.port) == ("both.test", 443)


def test_loopback_is_called_only_where_the_installation_allows_it() -> None:
    with pytest.raises(AddressRefused):
        target("https://127.0.0.1/hook")
    assert target("http://127.0.0.1:8123/hook", private=True).ip == "127.0.0.1"

"""The shared HTTP client: honest outcomes, own roots, no secrets in words."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from otklik.exchange.vendors.http import (
    HttpSettings,
    OutcomeUnknown,
    ServiceError,
    Unreachable,
    exchange,
    http_client,
)

TOKEN = "123456:AAverysecrettoken"


def failing(error: Exception) -> httpx.MockTransport:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error

    return httpx.MockTransport(handler)


def ask(transport: httpx.BaseTransport, *, largest: int = 1000) -> httpx.Response:
    settings = HttpSettings("https://api.example.org")
    with http_client(settings, transport) as client:
        return exchange(client, client.build_request("POST", f"/bot{TOKEN}/getMe"), largest=largest)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), Unreachable),
        (httpx.ConnectTimeout("slow"), Unreachable),
        (httpx.ProxyError("no"), Unreachable),
        (httpx.ReadTimeout("slow"), OutcomeUnknown),
        (httpx.RemoteProtocolError("cut"), OutcomeUnknown),
        (httpx.ReadError("reset"), OutcomeUnknown),
    ],
)
def test_what_is_not_known_is_told_apart_from_what_was_not_sent(
    error: Exception, expected: type[ServiceError]
) -> None:
    with pytest.raises(expected) as caught:
        ask(failing(error))

    assert TOKEN not in str(caught.value)
    assert "api.example.org" in str(caught.value)


def test_the_token_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    answer = ask(httpx.MockTransport(lambda request: httpx.Response(200, json={"ok": True})))

    assert answer.json() == {"ok": True}
    assert TOKEN not in caplog.text


def test_an_answer_without_end_is_not_read() -> None:
    with pytest.raises(ServiceError, match="не принят"):
        ask(httpx.MockTransport(lambda request: httpx.Response(200, content=b"x" * 2000)))


def test_a_wrong_root_certificate_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "root.pem"
    broken.write_text("не сертификат")

    with pytest.raises(ServiceError, match="Нет файла"):
        http_client(HttpSettings("https://api.example.org", ca_file="/нет/root.pem"))
    with pytest.raises(ServiceError, match="не сертификат"):
        http_client(HttpSettings("https://api.example.org", ca_file=str(broken)))


@pytest.mark.parametrize("proxy", ["10.0.0.1", "gopher://10.0.0.1:3128"])
def test_a_proxy_that_is_none_is_told(proxy: str) -> None:
    with pytest.raises(ServiceError, match="прокси"):
        http_client(HttpSettings("https://api.example.org", proxy=proxy))


def test_a_key_with_foreign_letters_is_told_and_not_shown() -> None:
    settings = HttpSettings("https://api.example.org", headers={"Authorization": "ключ-секрет"})
    with pytest.raises(ServiceError, match="латиницы") as caught:
        http_client(settings)
    assert "секрет" not in str(caught.value)

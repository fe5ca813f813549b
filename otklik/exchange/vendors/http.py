"""The one place where clients of outside services get their HTTP connection.

A client trusts the system's certificates, or those of its own CA file, never one for all;
a token stands in no log and in no exception: messages here name the host only.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx

AGENT = "Otklik/0.1 (municipal management centre)"
LARGEST_ANSWER = 25 * 1024 * 1024

# httpx prints every address at INFO; the token of some services is a part of the address.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How a service is reached. Seconds for time-outs; `ca_file` is a PEM path; "" means default.

    `proxy` is an address such as `http://user:password@10.0.0.1:3128` or `socks5://…`.
    """

    base_url: str
    connect_timeout: float = 10
    read_timeout: float = 30
    proxy: str = ""
    ca_file: str = ""
    agent: str = AGENT
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class ServiceError(Exception):
    """A service refused or could not be reached. The text is Russian and holds no secret."""


class Unreachable(ServiceError):
    """No connection was made: the request was certainly not carried out."""


class OutcomeUnknown(ServiceError):
    """The request went out and no clear answer came: it may have been carried out."""


class BadCertificate(Unreachable):
    """The service showed a certificate that this client does not trust."""


def http_client(
    settings: HttpSettings, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """A connection pool for one account.

    Raises ServiceError when the CA file cannot be read or the proxy's address is none.
    """
    trust = _trust(settings.ca_file)
    try:
        return _client(settings, trust, transport)
    except UnicodeEncodeError:
        raise ServiceError(
            "В ключе доступа есть буквы не из латиницы: скопируйте его заново."
        ) from None
    except (ValueError, ImportError, httpx.InvalidURL):
        raise ServiceError(
            "Адрес службы или прокси записан неверно. Образец прокси: http://10.0.0.1:3128."
        ) from None


def _client(
    settings: HttpSettings, trust: ssl.SSLContext, transport: httpx.BaseTransport | None
) -> httpx.Client:
    return httpx.Client(
        base_url=settings.base_url,
        timeout=httpx.Timeout(
            settings.read_timeout, connect=settings.connect_timeout, pool=settings.connect_timeout
        ),
        headers={"User-Agent": settings.agent, **settings.headers},
        proxy=settings.proxy or None,
        verify=trust,
        transport=transport,
        follow_redirects=False,
        trust_env=False,
    )


def exchange(
    client: httpx.Client, request: httpx.Request, *, largest: int = LARGEST_ANSWER
) -> httpx.Response:
    """Send a request and read the whole answer, any status.

    Raises Unreachable (nothing was sent), OutcomeUnknown (sent, no whole answer) and
    ServiceError when the answer is longer than `largest` bytes.
    """
    host = urlsplit(str(client.base_url)).hostname or "службой"
    try:
        response = client.send(request, stream=True)
        try:
            body = _read(response, largest)
        finally:
            response.close()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        if "CERTIFICATE" in str(error).upper():
            raise BadCertificate(
                f"Сервер {host} показал сертификат, которому здесь не доверяют: "
                "укажите файл корневого сертификата в настройках канала."
            ) from None
        raise Unreachable(f"Нет соединения с {host}: проверьте адрес, сеть и прокси.") from None
    except httpx.UnsupportedProtocol:
        raise ServiceError("Адрес службы должен начинаться с https:// или http://.") from None
    except (httpx.TransportError, httpx.DecodingError):
        raise OutcomeUnknown(f"{host} не ответил до конца: исход запроса неизвестен.") from None
    return httpx.Response(
        response.status_code,
        headers=[
            (name, value)
            for name, value in response.headers.multi_items()
            if name.lower() not in {"content-encoding", "content-length", "transfer-encoding"}
        ],
        content=body,
    )


def _read(response: httpx.Response, largest: int) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > largest:
            raise ServiceError(f"Ответ длиннее {largest // 1024 // 1024} МБ: он не принят.")
        parts.append(part)
    return b"".join(parts)


def _trust(ca_file: str) -> ssl.SSLContext:
    if not ca_file:
        return _context("", 0)
    if not Path(ca_file).is_file():
        raise ServiceError(
            f"Нет файла корневого сертификата {ca_file}: укажите путь к файлу PEM на сервере."
        )
    try:
        return _context(ca_file, Path(ca_file).stat().st_mtime_ns)
    except ssl.SSLError:
        raise ServiceError(f"{ca_file} — не сертификат в виде PEM.") from None


@cache
def _context(ca_file: str, changed: int) -> ssl.SSLContext:
    """Kept, because reading a hundred roots anew for each of many polled accounts costs."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context

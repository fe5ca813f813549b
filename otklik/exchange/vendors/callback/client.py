"""One POST to the number that was checked, so that the name cannot change its meaning meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from otklik.exchange.vendors.callback.addresses import target
from otklik.exchange.vendors.http import HttpSettings, exchange, http_client

LARGEST_ANSWER = 64 * 1024
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """`code`: HTTP status; `text`: the beginning of what was answered."""

    code: int
    text: str
    milliseconds: int

    @property
    def taken(self) -> bool:
        return 200 <= self.code < 300


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    private: bool = False,
    timeout: float = 10,
) -> Answer:
    """Send once, follow no redirects. Raises ServiceError of `vendors.http` or AddressRefused."""
    to = target(address, private=private)
    began = monotonic()
    settings = HttpSettings(base_url=to.by_ip, connect_timeout=timeout, read_timeout=timeout)
    with http_client(settings) as client:
        request = client.build_request(
            "POST",
            to.by_ip,
            content=body,
            headers={**headers, "Host": to.url.netloc},
            extensions={"sni_hostname": to.host, "timeout": client.timeout.as_dict()},
        )
        answer = exchange(client, request, largest=LARGEST_ANSWER)
    text = answer.content[: SHOWN * 4].decode("utf-8", "replace")
    shown = "".join(sign if sign.isprintable() else " " for sign in text)[:SHOWN].strip()
    return Answer(answer.status_code, shown, round((monotonic() - began) * 1000))

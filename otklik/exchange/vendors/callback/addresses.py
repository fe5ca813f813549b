"""Which addresses may be called. A name is judged by what it resolves to, not by how it looks."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from otklik.exchange.vendors.http import ServiceError, Unreachable

NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefused(ServiceError):
    """The address lies inside a private network or is no address of a web server."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (`ip`) and what to ask for there; `host` goes into Host and TLS."""

    url: SplitResult
    host: str
    ip: str
    port: int

    @property
    def by_ip(self) -> str:
        """The same address with the checked number in place of the name."""
        number = f"[{self.ip}]" if ":" in self.ip else self.ip
        return self.url._replace(netloc=f"{number}:{self.port}", fragment="").geturl()


def checked(address: str, *, private: bool = False) -> SplitResult:
    """The address, when its form may be called at all; raise AddressRefused otherwise.

    With `private` plain http is allowed too: inside one's own network there may be no certificate.
    """
    try:
        url = urlsplit(address.strip())
        port = url.port
    except ValueError:
        raise AddressRefused("Это не адрес: нужен вид https://сервер/путь.") from None
    if url.scheme not in (("https", "http") if private else ("https",)):
        raise AddressRefused("Адрес должен начинаться с https://.")
    if not url.hostname or url.username is not None or port == 0:
        raise AddressRefused("В адресе нужен сервер без имени и пароля: https://сервер/путь.")
    return url


def target(address: str, *, private: bool = False) -> Target:
    """Look the name up and check every number it has. Raises AddressRefused or Unreachable."""
    url = checked(address, private=private)
    host, port = str(url.hostname), url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"Сервера {host} нет: имя не найдено.") from None
    numbers = [str(one[4][0]) for one in found]
    if not private and not all(is_public(number) for number in numbers):
        raise AddressRefused(
            f"Сервер {host} находится во внутренней сети: такие адреса запрещены. "
            "Их разрешает переменная OTKLIK_PRIVATE_WEBHOOKS=1."
        )
    return Target(url=url, host=host, ip=numbers[0], port=port)


def is_public(number: str) -> bool:
    """Whether an IP number belongs to the open Internet, also when written inside another one."""
    ip = ip_address(number.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in NAT64 or ip.teredo is not None:
            return False
        inner: IPv4Address | None = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast

"""Whether the address can be opened, asked before anything starts."""

from __future__ import annotations

import errno
import socket

from otklik.base.errors import OtklikError


def ensure_free(host: str, port: int) -> None:
    """Raise OtklikError with the mend when `host:port` cannot be opened."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            # A bind alone may succeed beside another listener; two listeners cannot.
            probe.listen(1)
    except socket.gaierror as error:
        raise OtklikError(
            f"Адрес {host} не найден.",
            "Укажите --host 127.0.0.1 или адрес этой машины.",
        ) from error
    except OSError as error:
        raise _explained(error, host, port) from error


def _explained(error: OSError, host: str, port: int) -> OtklikError:
    if error.errno == errno.EADDRINUSE:
        return OtklikError(
            f"Порт {port} уже занят другой программой.",
            f"Выберите другой порт, например --port {_free_after(host, port)}, или остановите ту "
            f"программу (кто занял порт, покажет: ss -ltnp sport = :{port}).",
        )
    if error.errno == errno.EACCES:
        return OtklikError(
            f"Нет права открыть порт {port}: порты до 1024 доступны только root.",
            "Выберите порт от 1024, например --port 8000.",
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return OtklikError(
            f"У этой машины нет адреса {host}.",
            "Укажите --host 127.0.0.1 (только эта машина) или --host 0.0.0.0 (вся сеть).",
        )
    return OtklikError(
        f"Не удалось открыть {host}:{port}: {error.strerror}.",
        "Укажите --host и --port.",
    )


def _free_after(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 50, 65535)):
        try:
            ensure_free(host, candidate)
        except OtklikError:
            continue
        return candidate
    return 8080

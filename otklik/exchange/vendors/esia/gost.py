"""OpenSSL with the GOST engine, called as a program: no library of ours reads such keys."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from otklik.base.errors import OtklikError

CONFIG = Path(__file__).with_name("openssl-gost.cnf")
PACKAGE = "libengine-gost-openssl"
COMMAND = f"apt-get install -y {PACKAGE}"
SECONDS = 20


class SigningFailed(OtklikError):
    """The signature could not be made or checked."""


def openssl(arguments: Sequence[str], data: bytes = b"", *, gost: bool = True) -> bytes:
    """What `openssl …` wrote. Raises SigningFailed with the last line of its complaint."""
    environment = {**os.environ, "OPENSSL_CONF": str(CONFIG)} if gost else dict(os.environ)
    return run(["openssl", *arguments], data, environment)


def run(command: Sequence[str], data: bytes, environment: dict[str, str]) -> bytes:
    """Run a signing program: the text by stdin, the answer by stdout."""
    try:
        done = subprocess.run(
            command, input=data, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except FileNotFoundError:
        raise SigningFailed(
            f"Программы подписи нет: {command[0]}.", "Установите её или укажите полный путь."
        ) from None
    except subprocess.TimeoutExpired:
        raise SigningFailed(
            f"Программа подписи не ответила за {SECONDS} с.", "Проверьте её на сервере вручную."
        ) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise SigningFailed(
            f"Подписать не удалось: {said[-1] if said else 'причина не названа'}.",
            "Проверьте файлы ключа и сертификата и права на них.",
        )
    return done.stdout


@cache
def available() -> bool:
    """Whether this machine's OpenSSL can do GOST R 34.10-2012."""
    try:
        return b"gost2012_256" in openssl(["engine", "gost", "-c"])
    except SigningFailed:
        return False

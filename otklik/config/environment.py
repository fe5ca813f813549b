"""Reading the environment: typed, with messages that say the mend."""

from __future__ import annotations

import importlib.util
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from otklik.base.errors import OtklikError


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "true", "yes", "on", "да"):
        return True
    if value in ("0", "false", "no", "off", "нет"):
        return False
    raise OtklikError(
        f"{name}={value!r}: это не «да» и не «нет».", f"Задайте {name}=1 или {name}=0."
    )


def words(name: str, *, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def path(name: str, default: Path) -> Path:
    value = os.environ.get(name, "")
    return Path(value).expanduser() if value else default


def data_dir() -> Path:
    """OTKLIK_DATA, else the user's data folder (/var/lib/otklik for root)."""
    from otklik.config.postgres.places import data_home

    return data_home()


def secret_key(data: Path) -> str:
    """OTKLIK_SECRET_KEY, else a key made once and kept beside the data, readable by its owner."""
    given = os.environ.get("OTKLIK_SECRET_KEY", "")
    if given:
        return given
    file = data / "secret.key"
    if file.exists():
        return file.read_text().strip()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o711)
        made = secrets.token_urlsafe(64)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(made)
        return made
    except FileExistsError:
        return file.read_text().strip()
    except OSError as error:
        raise OtklikError(
            f"Не удаётся создать ключ установки в {data}: {error.strerror}.",
            "Дайте права на эту папку, укажите другую в OTKLIK_DATA или задайте OTKLIK_SECRET_KEY.",
        ) from error


def database() -> dict[str, Any]:
    """Django's description of DATABASE_URL, or of the embedded server where it is not set."""
    from otklik.config.postgres import database_url

    url = urlsplit(database_url())
    if url.scheme not in ("postgres", "postgresql"):
        raise OtklikError(
            f"DATABASE_URL указывает на «{url.scheme}», а нужен PostgreSQL.",
            "Пример: DATABASE_URL=postgresql://otklik:пароль@127.0.0.1:5432/otklik",
        )
    options: dict[str, Any] = dict(parse_qsl(url.query))
    host = options.pop("host", "") or (url.hostname or "")
    port = options.pop("port", "") or (str(url.port) if url.port else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "otklik",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(host),
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def present(app: str) -> bool:
    """Whether a package is there (a trimmed installation may leave rooms out)."""
    try:
        return importlib.util.find_spec(app) is not None
    except ModuleNotFoundError:
        return False

"""Static files are collected when they changed, so that a second start does not wait for them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from otklik.base.errors import OtklikError


def collect() -> bool:
    """Collect if anything changed since last time; True when it did."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    try:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted)
    except OSError as error:
        raise OtklikError(
            f"Не удалось подготовить оформление страниц в {root}: {error.strerror}.",
            "Дайте права на эту папку или укажите другую в OTKLIK_STATIC.",
        ) from error
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            info = Path(storage.path(name)).stat()
            digest.update(f"{name} {info.st_size} {info.st_mtime_ns}\n".encode())
    return digest.hexdigest()

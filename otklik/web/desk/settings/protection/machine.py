"""What the program can see of encryption: the door, the database, the disk, its own key."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

LEAST_KEY = 40


def encrypted_door() -> bool:
    """Whether staff come by HTTPS only and their cookies go nowhere else."""
    return bool(settings.SESSION_COOKIE_SECURE and settings.PUBLIC_URL.startswith("https://"))


def database_link() -> tuple[bool, str]:
    """Whether the way to the database is closed to strangers, and how."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),"
            " inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8'::inet"
            " OR inet_server_addr() = '::1'::inet"
        )
        tls, local = cursor.fetchone()
    if tls:
        return True, "связь с базой зашифрована (TLS)"
    if local:
        return True, "база на этой же машине, наружу связь не выходит"
    return False, "связь с базой по сети не зашифрована"


def disk_encrypted(folder: Path) -> bool | None:
    """Whether the folder lies on an encrypted volume (dm-crypt); None where that is not seen."""
    try:
        device = folder.stat().st_dev
        home = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
        if not home.exists():
            return None
        return _crypt(home.resolve())
    except OSError:
        return None


def key_closed() -> tuple[bool, str]:
    """Whether the key that seals passwords of channels is long and closed to strangers."""
    if len(settings.SECRET_KEY) < LEAST_KEY:
        return False, "ключ установки короче 40 знаков"
    file = Path(settings.DATA_DIR) / "secret.key"
    if file.exists() and file.stat().st_mode & 0o077:
        return False, "файл ключа могут прочесть посторонние"
    return True, "ключ установки задан и закрыт от посторонних"


def journal_closed() -> bool:
    """Whether the database itself refuses changes of the journal (triggers in force)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) >= 2 FROM pg_trigger WHERE tgrelid = 'journal_entry'::regclass"
            " AND NOT tgisinternal AND tgenabled <> 'D'"
        )
        return bool(cursor.fetchone()[0])


def _crypt(device: Path) -> bool:
    """The volume itself or one it stands on is dm-crypt."""
    mark = device / "dm" / "uuid"
    if mark.exists() and mark.read_text().startswith("CRYPT-"):
        return True
    below = device / "slaves"
    return below.exists() and any(_crypt(one.resolve()) for one in below.iterdir())

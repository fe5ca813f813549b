"""What the server's words mean to the person in front of it."""

from __future__ import annotations

from pathlib import Path

from otklik.base.errors import OtklikError

_KNOWN = (
    (
        ("No space left on device", "Disk quota exceeded"),
        "На диске кончилось место, база данных не работает.",
        "Освободите место на диске с папкой {base} (df -h покажет, где мало) и запустите снова.",
    ),
    (
        (
            "Permission denied",
            "has wrong ownership",
            "has invalid permissions",
            "not permitted",
        ),
        "Нет прав на папку базы данных {base}.",
        (
            "Верните папку её владельцу: chown -R {owner} {base} и chmod 700 {base}/cluster, "
            "или укажите другую папку в OTKLIK_DATA."
        ),
    ),
    (
        ("Address already in use", "lock file", "is another postmaster"),
        "Папку базы данных {base} занял другой сервер.",
        (
            "Остановите его (номер процесса — первая строка {base}/cluster/postmaster.pid) "
            "или укажите другую папку в OTKLIK_DATA."
        ),
    ),
    (
        ("could not create shared memory", "Cannot allocate memory", "out of memory"),
        "Для базы данных не хватает оперативной памяти.",
        "Закройте лишние программы: свободным должен быть хотя бы 1 ГБ памяти.",
    ),
    (
        ("Read-only file system",),
        "Папка {base} лежит на диске, открытом только для чтения.",
        "Укажите папку на другом диске в OTKLIK_DATA.",
    ),
)


def explain(words: str, *, base: Path, owner: str) -> OtklikError:
    """Turn the end of the server's log into what happened and what to do."""
    for signs, message, mend in _KNOWN:
        if any(sign in words for sign in signs):
            told = {"base": base, "owner": owner}
            return OtklikError(message.format(**told), mend.format(**told))
    tail = " ".join(words.strip().splitlines()[-3:])
    return OtklikError(
        f"База данных не запустилась: {tail or 'сервер ничего не сообщил'}",
        f"Подробности — в файле {base}/server.log.",
    )


def wrong_version(base: Path, found: str, needed: str) -> OtklikError:
    return OtklikError(
        f"Папка {base} создана PostgreSQL версии {found}, а эта программа работает с {needed}.",
        "Сделайте копию прежней версией программы (otklik backup ФАЙЛ), укажите новую папку "
        "в OTKLIK_DATA и восстановите копию в ней (otklik restore ФАЙЛ).",
    )


def unreachable(base: Path, owner: str) -> OtklikError:
    return OtklikError(
        f"Служебная учётная запись {owner} не может войти в папку {base}.",
        "Укажите в OTKLIK_DATA папку, открытую для прохода, например /var/lib/otklik.",
    )

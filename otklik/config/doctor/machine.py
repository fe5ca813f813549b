"""Python, disk, rights, settings, assets."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from otklik.config.doctor.check import Check, Finding, bad, caution, good

_LEAST_FREE_GB, _FEW_FREE_GB = 1, 5


def python() -> Finding:
    return good("Python " + ".".join(map(str, sys.version_info[:3])))


def disk() -> Finding:
    place = _existing(Path(settings.DATA_DIR))
    free = shutil.disk_usage(place).free / 1024**3
    text = f"Свободно на диске с данными: {free:.0f} ГБ".replace(".", ",")
    mend = f"Освободите место на диске с папкой {place}."
    if free < _LEAST_FREE_GB:
        return bad(text, mend)
    return caution(text, mend) if free < _FEW_FREE_GB else good(text)


def data_folder() -> Finding:
    folder = Path(settings.DATA_DIR)
    if not os.access(_existing(folder), os.W_OK | os.X_OK):
        return bad(
            f"Нет прав на папку данных {folder}",
            f"Верните её владельцу: chown -R $(id -un) {folder}",
        )
    key = folder / "secret.key"
    if key.exists() and key.stat().st_mode & 0o077:
        return bad("Ключ установки могут прочесть посторонние", f"chmod 600 {key}")
    return good(f"Папка данных: {folder}")


def attachments() -> Finding:
    folder = Path(settings.ATTACHMENTS_DIR)
    if not os.access(_existing(folder), os.W_OK | os.X_OK):
        return bad(
            f"Нет прав на папку вложений {folder}",
            "Верните её владельцу или укажите другую в OTKLIK_ATTACHMENTS.",
        )
    return good(f"Папка вложений: {folder}")


def secret_key() -> Finding:
    if len(settings.SECRET_KEY) < 40:
        return bad(
            "Ключ установки слишком короток",
            "Уберите OTKLIK_SECRET_KEY — ключ создастся сам — или задайте от 40 случайных знаков.",
        )
    return good("Ключ установки задан")


def debug_off() -> Finding:
    if settings.DEBUG:
        return bad(
            "Включён режим отладки: страницы ошибок показывают данные",
            "Уберите OTKLIK_DEBUG из окружения.",
        )
    return good("Режим отладки выключен")


def demo_off() -> Finding:
    if settings.DEMO:
        return caution(
            "Включён демонстрационный режим: войти может любой",
            "Для работы с настоящими обращениями уберите OTKLIK_DEMO и --demo.",
        )
    return good("Демонстрационный режим выключен")


def time_zone() -> Finding:
    ZoneInfo(settings.TIME_ZONE)
    if not settings.USE_TZ:
        return bad("Время хранится без часового пояса", "Верните USE_TZ в настройках.")
    return good(f"Часовой пояс по умолчанию: {settings.TIME_ZONE}")


def assets() -> Finding:
    from django.contrib.staticfiles import finders

    if finders.find("vendor/htmx/htmx.min.js") is None:
        return bad(
            "Оформление страниц не собрано", "Выполните: make run или python tools/assets.py"
        )
    return good("Оформление страниц собрано")


def base_map() -> Finding:
    """Maps work without the file; with it, browsers must be able to show it."""
    from otklik.base.errors import Refused
    from otklik.directory.territory.queries import examined

    path = Path(settings.BASE_MAP)
    try:
        file = examined(path)
    except Refused as error:
        return bad(str(error), error.mend)
    except OSError as error:
        return bad(f"Файл карты {path} не читается: {error.strerror}", f"chmod 644 {path}")
    if file is None:
        return good("Основа карт: своя, из границ и мест центра (файла PMTiles нет)")
    size = f"{file.size / 1024**2:.0f} МБ"
    return good(f"Основа карт: {path.name}, {size}, масштабы {file.zooms[0]}–{file.zooms[1]}")


CHECKS: tuple[Check, ...] = (
    python,
    disk,
    data_folder,
    attachments,
    secret_key,
    debug_off,
    demo_off,
    time_zone,
    assets,
    base_map,
)


def _existing(path: Path) -> Path:
    """The folder itself or the nearest one above it that is there."""
    return path if path.exists() else _existing(path.parent)

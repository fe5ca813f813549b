"""Files refused before they are read: other formats and archives that blow up."""

from __future__ import annotations

from zipfile import ZipFile

from otklik.base.tables.model import TableError

_SAVE_AS = "Откройте файл в табличном редакторе и сохраните как .xlsx."
_TOTAL_LIMIT = 2 << 30
_STRINGS_LIMIT = 400 << 20
_RATIO_FROM = 32 << 20
_RATIO_LIMIT = 200
_ENTRIES_LIMIT = 10_000


def refuse_foreign(head: bytes) -> None:
    """Raise for formats that are told by their first bytes and are not read here."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in head:
            raise TableError("Файл защищён паролем.", "Снимите пароль и сохраните как .xlsx.")
        raise TableError("Это файл старого формата .xls.", _SAVE_AS)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta")):
        raise TableError("Это веб-страница, а не таблица.", _SAVE_AS)
    if start.startswith(b"<?xml"):
        raise TableError("Это XML, а не таблица.", _SAVE_AS)
    if start.startswith(b"%pdf"):
        raise TableError("Это файл PDF.", "Выгрузите данные в .xlsx или .csv.")
    if start.startswith((b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise TableError("Это архив.", "Распакуйте его и загрузите таблицу.")


def refuse_bomb(archive: ZipFile) -> None:
    """Raise for archives whose unpacked size is out of proportion."""
    entries = archive.infolist()
    too_big = sum(entry.file_size for entry in entries) > _TOTAL_LIMIT
    strings = any(
        entry.file_size > _STRINGS_LIMIT
        for entry in entries
        if entry.filename.lower().endswith(("sharedstrings.xml", "styles.xml"))
    )
    blown = any(
        entry.file_size > _RATIO_FROM
        and entry.file_size > _RATIO_LIMIT * max(entry.compress_size, 1)
        for entry in entries
    )
    if too_big or strings or blown or len(entries) > _ENTRIES_LIMIT:
        raise TableError(
            "Файл при распаковке непомерно разрастается: похоже на вредоносный архив.",
            "Не открывайте его; выгрузите данные заново или частями.",
        )


def refuse_not_a_workbook(archive: ZipFile) -> None:
    """Raise for archives that are no XLSX: OpenDocument, XLSB, plain zip."""
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return
    if "content.xml" in names:
        raise TableError("Это таблица OpenDocument (.ods).", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise TableError("Это двоичная таблица .xlsb.", _SAVE_AS)
    raise TableError("Это архив, а не таблица.", "Распакуйте его и загрузите таблицу из него.")

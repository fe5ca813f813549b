"""What files are accepted: the kind is told by the content, not by the name. Pure."""

from __future__ import annotations

import io
import re
import zipfile

from otklik.base.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
STAGED_HOURS = 24
"""How long files of a form that was not accepted are kept."""
MOST_STAGED = 20
KINDS = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_MAGIC = (
    (b"\xff\xd8\xff", ("jpg", "jpeg")),
    (b"\x89PNG\r\n\x1a\n", ("png",)),
    (b"GIF8", ("gif",)),
    (b"%PDF-", ("pdf",)),
    (b"\xd0\xcf\x11\xe0", ("doc",)),
    (b"{\\rtf", ("rtf",)),
    (b"ID3", ("mp3",)),
)
_ZIP_MEMBERS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
}
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


def safe_name(file_name: str) -> str:
    """The bare name without paths, control characters and direction tricks, ≤ 150 characters."""
    bare = _UNSAFE.sub("_", file_name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    return (f"{stem[:140]}.{ending[:9]}" if dot else bare[:150]) or "файл"


def content_kind(file_name: str, content: bytes) -> str:
    """The MIME type; raise Refused when the size, ending or content is not acceptable."""
    if not content:
        raise Refused(f"Файл «{file_name}» пустой.", "Проверьте файл и приложите его снова.")
    if len(content) > MAX_BYTES:
        raise Refused(
            f"Файл «{file_name}» больше 20 МБ.",
            "Уменьшите снимок или разделите документ на части.",
        )
    ending = file_name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise Refused(
            f"Файлы вида «.{ending}» не принимаются.",
            "Подойдут снимки (JPG, PNG, HEIC), PDF, DOCX, ODT, XLSX, TXT, MP3, MP4.",
        )
    if not _looks_like(ending, content):
        raise Refused(
            f"Содержимое файла «{file_name}» не соответствует его расширению.",
            "Сохраните файл заново в нужном виде и приложите его снова.",
        )
    return KINDS[ending]


def _looks_like(ending: str, content: bytes) -> bool:
    if ending in _ZIP_MEMBERS:
        return _is_office_zip(content, _ZIP_MEMBERS[ending])
    if ending == "txt":
        return b"\x00" not in content[:4096]
    if ending == "webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if ending in ("heic", "mp4"):
        return content[4:8] == b"ftyp"
    if ending == "mp3" and content[:1] == b"\xff":
        return True
    return any(ending in kinds and content.startswith(magic) for magic, kinds in _MAGIC)


def _is_office_zip(content: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return member in archive.namelist()
    except zipfile.BadZipFile:
        return False

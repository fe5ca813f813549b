"""The text of an act out of the file it came in."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.opc.exceptions import PackageNotFoundError

from otklik.base.errors import Refused
from otklik.records.attachments.rules import content_kind


def text_of(file_name: str, content: bytes) -> str:
    """Paragraphs and table cells of a DOCX, or a TXT in UTF-8 or Windows-1251; else nothing.

    Raises Refused for a file that is not what its name says or cannot be read.
    """
    content_kind(file_name, content)
    ending = file_name.rpartition(".")[2].lower()
    if ending == "txt":
        return _plain(content).strip()
    return _paragraphs(file_name, content).strip() if ending == "docx" else ""


def _plain(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _paragraphs(file_name: str, content: bytes) -> str:
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Refused(
            f"Файл «{file_name}» не читается как DOCX.",
            "Откройте его в редакторе, сохраните заново или вставьте текст в поле.",
        ) from error
    lines = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(lines)

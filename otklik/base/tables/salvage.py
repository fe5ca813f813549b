"""A cut-off XLSX: unpack what is left, close the cut texts, pack them as a small whole file."""

from __future__ import annotations

import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from otklik.base.tables.model import TableError

LOST = "\ufffd\ufffdlost\ufffd\ufffd"
"""Stands where a text was lost with the end of the file."""

_SIGNATURE = b"PK\x03\x04"
_ENTRY_LIMIT = 400 << 20
_TOTAL_LIMIT = 600 << 20
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml$", re.IGNORECASE)
_TOO_LITTLE = "Файл .xlsx оборван, и в уцелевшей части нет ни одной строки с текстом."
_AGAIN = "Выгрузите или скачайте файл ещё раз."

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def salvaged(path: Path) -> Path:
    """A temporary XLSX with the rows that survive; the caller removes it. Raises TableError."""
    parts = dict(_parts(path))
    sheets = sorted(name for name in parts if _SHEET.search(name) and b"<row" in parts[name])
    strings = next((name for name in parts if name.lower().endswith("sharedstrings.xml")), "")
    needs_strings = any(b't="s"' in parts[name] for name in sheets)
    if not sheets or (needs_strings and b"</si>" not in parts.get(strings, b"")):
        raise TableError(_TOO_LITTLE, _AGAIN)
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        target = Path(file.name)
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for index, name in enumerate(sheets, start=1):
            closed = _closed(parts[name], b"</row>", b"</sheetData></worksheet>")
            archive.writestr(f"xl/worksheets/sheet{index}.xml", closed)
        if needs_strings:
            archive.writestr("xl/sharedStrings.xml", _padded(parts[strings]))
        styles = parts.get("xl/styles.xml", b"")
        if styles.rstrip().endswith(b"</styleSheet>"):
            archive.writestr("xl/styles.xml", styles)
        _write_frame(archive, len(sheets))
    return target


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Entries found by their local headers, each unpacked as far as it goes."""
    data, at, total = path.read_bytes(), 0, 0
    while (at := data.find(_SIGNATURE, at)) >= 0 and at + 30 <= len(data):
        method, packed, name_length, extra = (
            *struct.unpack_from("<H", data, at + 8),
            *struct.unpack_from("<I", data, at + 18),
            *struct.unpack_from("<HH", data, at + 26),
        )
        name = data[at + 30 : at + 30 + name_length].decode("utf-8", "replace")
        start = at + 30 + name_length + extra
        content, used = _inflated(data, start) if method == 8 else (data[start:][:packed], packed)
        total += len(content)
        if total > _TOTAL_LIMIT:
            raise TableError("Файл повреждён и непомерно велик.", _AGAIN)
        yield name, content
        at = start + max(used, 1)


def _inflated(data: bytes, start: int) -> tuple[bytes, int]:
    engine = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    length, at = 0, start
    while at < len(data) and not engine.eof and length < _ENTRY_LIMIT:
        try:
            piece = engine.decompress(data[at : at + 65_536], 64 << 20)
        except zlib.error:
            break
        pieces.append(piece)
        length += len(piece)
        at += 65_536
        while engine.unconsumed_tail and length < _ENTRY_LIMIT:
            piece = engine.decompress(engine.unconsumed_tail, 64 << 20)
            pieces.append(piece)
            length += len(piece)
    return b"".join(pieces), min(at, len(data)) - start - len(engine.unused_data)


def _closed(xml: bytes, last: bytes, closing: bytes) -> bytes:
    """The text up to its last whole element, closed; a whole text is closed the same way."""
    end = xml.rfind(last)
    if end < 0:
        raise TableError(_TOO_LITTLE, _AGAIN)
    return xml[: end + len(last)] + closing


def _padded(xml: bytes) -> bytes:
    """The table of strings with a marker in place of every lost one."""
    closed = _closed(xml, b"</si>", b"")
    said = re.search(rb'uniqueCount="(\d+)"', closed[:2000]) or re.search(
        rb'\bcount="(\d+)"', closed[:2000]
    )
    missing = (int(said.group(1)) if said else 0) - closed.count(b"</si>")
    marker = f"<si><t>{LOST}</t></si>".encode()
    return closed + marker * max(0, min(missing, 2_000_000)) + b"</sst>"


def _write_frame(archive: ZipFile, sheets: int) -> None:
    """The parts that tie sheets into a workbook; they stand at the end and are lost first."""
    has = archive.namelist()
    extra = [name for name in ("sharedStrings", "styles") if f"xl/{name}.xml" in has]
    overrides = [("/xl/workbook.xml", "sheet.main")]
    overrides += [(f"/xl/worksheets/sheet{i}.xml", "worksheet") for i in range(1, sheets + 1)]
    overrides += [(f"/xl/{name}.xml", name) for name in extra]
    types = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in overrides
    )
    default = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    archive.writestr(
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{default}{types}</Types>',
    )
    archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
    listed = "".join(
        f'<sheet name="Лист {i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, sheets + 1)
    )
    archive.writestr(
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
    )
    targets = [
        (f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, sheets + 1)
    ] + [(f"rIdx{name}", name, f"{name}.xml") for name in extra]
    archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets))


def _relations(targets: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'

"""The base map by pieces: browsers ask for ranges of the one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from otklik.directory.territory.queries import BaseFile, base_file

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
AT_ONCE = 16 * 1024 * 1024
"""Bytes of one answer at most: pieces of a map are some kilobytes."""
PIECE = 64 * 1024
KIND = "application/vnd.pmtiles"


@require_safe
def basemap(request: HttpRequest) -> HttpResponseBase:
    """206 with the bytes asked, 416 for what the file does not have; open to everybody."""
    file = base_file()
    if file is None:
        return HttpResponseNotFound("Файла карты нет.", content_type="text/plain; charset=utf-8")
    asked = request.headers.get("Range", "")
    answer = _part(file, asked) if asked else _whole(file)
    answer["ETag"] = f'"{file.tag}"'
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


def _whole(file: BaseFile) -> HttpResponseBase:
    return FileResponse(file.path.open("rb"), content_type=KIND)


def _part(file: BaseFile, asked: str) -> HttpResponseBase:
    edges = edges_of(asked, file.size)
    if edges is None:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{file.size}"
        return answer
    first, last = edges
    part = StreamingHttpResponse(
        _read(file.path, first, last - first + 1), status=206, content_type=KIND
    )
    part["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def edges_of(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of «bytes=0-99», «bytes=100-», «bytes=-50»; None outside the file."""
    found = RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return None
    start, end = found.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    if first > last or first >= size:
        return None
    return first, min(last, first + AT_ONCE - 1)


def _read(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while length > 0:
            piece = file.read(min(PIECE, length))
            if not piece:
                return
            length -= len(piece)
            yield piece

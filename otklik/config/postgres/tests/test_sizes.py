"""The server takes what the machine can spare, and no less than it needs."""

from __future__ import annotations

import pytest

from otklik.config.postgres import conf


@pytest.mark.parametrize(
    ("megabytes", "buffers", "cache"),
    [(1024, "256MB", "1024MB"), (4096, "512MB", "2048MB"), (65536, "1024MB", "32768MB")],
)
def test_sizes_follow_the_memory(megabytes: int, buffers: str, cache: str) -> None:
    assert conf.sized(megabytes) == {"shared_buffers": buffers, "effective_cache_size": cache}


def test_the_machine_is_asked() -> None:
    assert conf.memory() > 256

"""A child must not outlive its supervisor, even one killed with kill -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT = "OTKLIK_SUPERVISOR"
_PR_SET_PDEATHSIG = 1


def end_with_supervisor() -> None:
    """Ask the kernel to end this process politely when the supervisor that started it is gone."""
    parent = os.environ.get(PARENT)
    if parent:
        end_with_parent(int(parent))


def end_with_parent(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
    # The parent may have died between the fork and the call above.
    if os.getppid() != parent:
        os.kill(os.getpid(), how)

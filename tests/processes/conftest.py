"""Servers to be killed, for the tests of this folder."""

from tests.processes.servers import seed, server

__all__ = ["seed", "server"]

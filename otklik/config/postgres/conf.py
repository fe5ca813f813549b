"""Settings of the embedded server, sized for the machine: an office computer or a real server."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_LEAST_BUFFERS, _MOST_BUFFERS = 256, 1024
"""Megabytes: the rest is better left to the cache of the operating system."""

_LEAST_CACHE = 1024
_CONTAINER = Path("/sys/fs/cgroup/memory.max")

_COMMON = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0777",  # the peer check in pg_hba.conf decides
    "max_connections": "100",
    "shared_buffers": f"{_LEAST_BUFFERS}MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": f"{_LEAST_CACHE}MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "max_wal_size": "1GB",
    "autovacuum_vacuum_scale_factor": "0.05",
    "default_text_search_config": "'pg_catalog.russian'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",  # we read the log to explain it
    "log_min_duration_statement": "2s",
    "idle_in_transaction_session_timeout": "10min",
}
_DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # What was in the buffers at the end of a day is there again before the first page of the next.
    "shared_preload_libraries": "'pg_prewarm'",
}
# Only for tests: a crash of the machine may cost the whole cluster, which is then made anew.
_FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


def postgresql_conf(socket_dir: Path, port: int, *, durable: bool) -> str:
    where = {"unix_socket_directories": f"'{socket_dir}'", "port": str(port)}
    chosen = _COMMON | where | (_DURABLE | sized(memory()) if durable else _FLEETING)
    return "".join(f"{key} = {value}\n" for key, value in chosen.items())


def sized(megabytes: int) -> dict[str, str]:
    """An eighth of the memory for the server's own buffers; half of it taken for cached files."""
    buffers = min(max(megabytes // 8, _LEAST_BUFFERS), _MOST_BUFFERS)
    return {
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(megabytes // 2, _LEAST_CACHE)}MB",
    }


def memory() -> int:
    """Megabytes of this machine, or those a container may use."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no container, or one without a bound («max»)
        whole = min(whole, int(_CONTAINER.read_text(encoding="ascii")))
    return whole // 2**20


def pg_hba_conf() -> str:
    return "local all all peer map=otklik\n"


def pg_ident_conf(system_accounts: list[str], roles: list[str]) -> str:
    """Only the account that runs Otklik and the server's own may come in; no password to lose."""
    return "".join(
        f'otklik "{account}" {role}\n' for account in sorted(set(system_accounts)) for role in roles
    )

"""Programs that start at once, one of which makes an index without stopping the others."""

from __future__ import annotations

import psycopg
import pytest

from otklik.config.migrating import LOCK
from tests.processes.programs import Programs, wait_for

pytestmark = pytest.mark.processes
WAIT = "from otklik.config.migrating import migrate; print(migrate())"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%pg_try_advisory_lock%%'"
INDEX = "CREATE INDEX CONCURRENTLY made_meanwhile ON facts_month (month)"


def test_an_index_is_made_while_others_wait_for_the_migration(programs: Programs) -> None:
    with psycopg.connect(programs.url, autocommit=True) as first:
        first.execute("SET statement_timeout = '60s'")
        first.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        other = programs.start(WAIT)
        wait_for(lambda: programs.ask(WAITING) > 1, programs.story)
        first.execute(INDEX)
        first.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert other.communicate(timeout=60)[0].strip() == "[]"
    assert programs.ask("SELECT count(*) FROM pg_class WHERE relname = 'made_meanwhile'") == 1

"""A demo filled once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from otklik.config.demo.fill import fill
from otklik.directory.organisation.models import Municipality


@pytest.fixture(scope="module")
def filled_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Municipality]:
    """Of `TARGET` appeals until `UNTIL` of the module; gone after its last test."""
    told = vars(request.module)
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(seed=5, until=told["UNTIL"], target=told["TARGET"])
        transaction.set_rollback(True)


@pytest.fixture
def filled(filled_once: Municipality) -> Iterator[Municipality]:
    """What a test does to it is undone.

    Tests of such a module carry no mark of the database: it would close the connection after each.
    """
    with transaction.atomic():
        yield filled_once
        transaction.set_rollback(True)

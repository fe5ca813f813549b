"""A server of our own: started, shared, stopped, explained."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_database_speaks_russian() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT upper('ёлка'), to_tsvector('russian', 'дороги') @@ to_tsquery('russian', 'дорога')"
        )
        assert cursor.fetchone() == ("ЁЛКА", True)

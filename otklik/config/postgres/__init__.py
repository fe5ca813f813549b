"""The database: the one `DATABASE_URL` names, or a PostgreSQL server of our own."""

from __future__ import annotations

from otklik.config.postgres.cluster import Cluster
from otklik.config.postgres.places import data_home, database_url, is_embedded
from otklik.config.postgres.sharing import revive, serving

__all__ = ["Cluster", "data_home", "database_url", "is_embedded", "revive", "serving"]

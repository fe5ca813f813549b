"""The cache that rate limits live in: shared by all web processes, allowed to vanish."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE otklik_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX otklik_cache_expires ON otklik_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE, "DROP TABLE otklik_cache")]

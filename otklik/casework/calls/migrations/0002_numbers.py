"""Numbers are looked up while they are typed: an index over their last ten digits."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial"), ("appeals", "0001_initial")]
    operations = [
        migrations.RunSQL(
            r"""
            CREATE INDEX applicant_digits ON appeals_applicant (
                municipality_id,
                (right(regexp_replace(phone, '\D', '', 'g'), 10)) text_pattern_ops
            ) WHERE phone <> ''
            """,
            "DROP INDEX applicant_digits",
        )
    ]

"""Decisions «return» of a period are found without reading all decisions."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("approvals", "0003_automation")]

    operations = [
        AddIndexConcurrently(
            model_name="approvalstep",
            index=models.Index(
                condition=models.Q(("state", "returned")),
                fields=["municipality", "decided_at"],
                name="approval_returned",
            ),
        ),
    ]

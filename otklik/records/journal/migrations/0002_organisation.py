"""The story of a thing that is no case (an appointment, a role) without reading the whole journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["subject", "subject_id"],
                condition=models.Q(case_id__isnull=True),
                name="journal_subject",
            ),
        ),
    ]

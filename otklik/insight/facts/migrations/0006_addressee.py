"""To whom a case is addressed; the worker fills it in."""

from django.db import migrations, models
from procrastinate.contrib.django import app


def rebuild(apps, schema_editor):
    """Until the worker has come to it, nobody is named."""
    filled = apps.get_model("facts", "FactMonth").objects.order_by()
    for place in filled.values_list("municipality_id", flat=True).distinct():
        app.configure_task("facts.rebuild", queue="insight").defer(municipality_id=place)


class Migration(migrations.Migration):
    dependencies = [
        ("facts", "0005_months"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.AddField(
            model_name="questionfact",
            name="addressee_id",
            field=models.BigIntegerField(null=True, verbose_name="кому адресовано"),
        ),
        migrations.RunPython(rebuild, migrations.RunPython.noop, elidable=True),
    ]

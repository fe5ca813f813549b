"""Months packed by column, and the triggers that tell which of them changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = """
ALTER TABLE facts_strip ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE FUNCTION facts_month_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever packs a month holds this lock alone: it sees all rows of the month or none of a change.
  PERFORM pg_advisory_xact_lock_shared(7240010, place::int)
    FROM (SELECT DISTINCT municipality_id AS place FROM changed ORDER BY 1) AS places;
  UPDATE facts_month AS m SET stale = true
    FROM (SELECT DISTINCT municipality_id, date_trunc('month', received_on::timestamp)::date AS month
          FROM changed) AS c
    WHERE m.municipality_id = c.municipality_id AND m.month = c.month AND NOT m.stale;
  INSERT INTO facts_month (municipality_id, month, stale, settled, edition)
    SELECT DISTINCT municipality_id, date_trunc('month', received_on::timestamp)::date,
      true, false, 0
    FROM changed ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER facts_month_inserted AFTER INSERT ON facts_question
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION facts_month_changed();
CREATE TRIGGER facts_month_deleted AFTER DELETE ON facts_question
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION facts_month_changed();
CREATE TRIGGER facts_month_updated_from AFTER UPDATE ON facts_question
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION facts_month_changed();
CREATE TRIGGER facts_month_updated_to AFTER UPDATE ON facts_question
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION facts_month_changed();
INSERT INTO facts_month (municipality_id, month, stale, settled, edition)
  SELECT DISTINCT municipality_id, date_trunc('month', received_on::timestamp)::date,
    true, false, 0
  FROM facts_question ORDER BY 1, 2
"""
BACK = """
DROP TRIGGER facts_month_inserted ON facts_question;
DROP TRIGGER facts_month_deleted ON facts_question;
DROP TRIGGER facts_month_updated_from ON facts_question;
DROP TRIGGER facts_month_updated_to ON facts_question;
DROP FUNCTION facts_month_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0004_touch")]

    operations = [
        migrations.CreateModel(
            name="FactMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("municipality_id", models.BigIntegerField(verbose_name="муниципалитет")),
                ("month", models.DateField(verbose_name="первый день месяца")),
                ("stale", models.BooleanField(default=True, verbose_name="изменился")),
                (
                    "settled",
                    models.BooleanField(default=False, verbose_name="ничего не в работе"),
                ),
                ("edition", models.SmallIntegerField(default=0, verbose_name="издание столбцов")),
            ],
            options={
                "verbose_name": "месяц анализа",
                "verbose_name_plural": "месяцы анализа",
                "db_table": "facts_month",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality_id", "month"), name="facts_month_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactStrip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="столбец")),
                ("data", models.BinaryField(verbose_name="значения")),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None, verbose_name="слова"
                    ),
                ),
                (
                    "month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strips",
                        to="facts.factmonth",
                    ),
                ),
            ],
            options={
                "verbose_name": "столбец анализа",
                "verbose_name_plural": "столбцы анализа",
                "db_table": "facts_strip",
                "constraints": [
                    models.UniqueConstraint(fields=("month", "name"), name="facts_strip_once")
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, BACK),
    ]

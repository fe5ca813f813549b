"""The table of facts, partitioned by the year in which the case came in."""

import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = """
CREATE TABLE facts_question (
    question_id bigint NOT NULL,
    appeal_id bigint NOT NULL,
    municipality_id bigint NOT NULL,
    "is_first" boolean NOT NULL,
    channel varchar(20) NOT NULL,
    regime varchar(20) NOT NULL,
    status varchar(20) NOT NULL,
    topic_id bigint,
    topic_group varchar(300) NOT NULL,
    body_id bigint,
    settlement_id bigint,
    lat double precision,
    lon double precision,
    received_on date NOT NULL,
    answered_on date,
    received_at timestamptz NOT NULL,
    starts_at timestamptz NOT NULL,
    due_at timestamptz,
    answered_at timestamptz,
    term_used double precision,
    score smallint,
    reopened smallint NOT NULL,
    repeated boolean NOT NULL,
    returned smallint NOT NULL,
    checks smallint NOT NULL,
    checks_passed smallint NOT NULL,
    fast_track boolean NOT NULL,
    body_ids bigint[] NOT NULL,
    account_ids bigint[] NOT NULL,
    PRIMARY KEY (question_id, received_on)
) PARTITION BY RANGE (received_on);
DO $$
BEGIN
  FOR y IN 2018..2040 LOOP
    EXECUTE format('CREATE TABLE facts_question_%s PARTITION OF facts_question
      FOR VALUES FROM (''%s-01-01'') TO (''%s-01-01'')', y, y, y + 1);
  END LOOP;
END $$;
CREATE TABLE facts_question_other PARTITION OF facts_question DEFAULT;
CREATE INDEX facts_appeal ON facts_question (appeal_id);
CREATE INDEX facts_received ON facts_question (municipality_id, received_on);
CREATE INDEX facts_answered ON facts_question (municipality_id, answered_on);
CREATE INDEX facts_body ON facts_question (municipality_id, body_id, received_on);
CREATE INDEX facts_topic ON facts_question (municipality_id, topic_id, received_on);
CREATE INDEX facts_settlement ON facts_question (municipality_id, settlement_id, received_on);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, "DROP TABLE facts_question")],
            state_operations=[
                migrations.CreateModel(
                    name="QuestionFact",
                    fields=[
                        (
                            "question_id",
                            models.BigIntegerField(
                                primary_key=True, serialize=False, verbose_name="вопрос"
                            ),
                        ),
                        ("appeal_id", models.BigIntegerField(verbose_name="обращение")),
                        (
                            "municipality_id",
                            models.BigIntegerField(verbose_name="муниципалитет"),
                        ),
                        (
                            "is_first",
                            models.BooleanField(verbose_name="первый вопрос обращения"),
                        ),
                        (
                            "channel",
                            models.CharField(max_length=20, verbose_name="канал"),
                        ),
                        (
                            "regime",
                            models.CharField(max_length=20, verbose_name="порядок"),
                        ),
                        (
                            "status",
                            models.CharField(max_length=20, verbose_name="состояние"),
                        ),
                        (
                            "topic_id",
                            models.BigIntegerField(null=True, verbose_name="тема"),
                        ),
                        (
                            "topic_group",
                            models.CharField(max_length=300, verbose_name="группа тем"),
                        ),
                        (
                            "body_id",
                            models.BigIntegerField(null=True, verbose_name="орган"),
                        ),
                        (
                            "settlement_id",
                            models.BigIntegerField(null=True, verbose_name="населённый пункт"),
                        ),
                        ("lat", models.FloatField(null=True, verbose_name="широта")),
                        ("lon", models.FloatField(null=True, verbose_name="долгота")),
                        ("received_on", models.DateField(verbose_name="поступило")),
                        (
                            "answered_on",
                            models.DateField(null=True, verbose_name="ответ дан"),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(verbose_name="поступило (время)"),
                        ),
                        (
                            "starts_at",
                            models.DateTimeField(verbose_name="начало срока"),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(null=True, verbose_name="срок"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="ответ дан (время)"),
                        ),
                        (
                            "term_used",
                            models.FloatField(
                                null=True,
                                verbose_name="доля срока, израсходованная к ответу",
                            ),
                        ),
                        (
                            "score",
                            models.SmallIntegerField(null=True, verbose_name="оценка"),
                        ),
                        (
                            "reopened",
                            models.SmallIntegerField(verbose_name="возобновлялось"),
                        ),
                        ("repeated", models.BooleanField(verbose_name="повторное")),
                        (
                            "returned",
                            models.SmallIntegerField(verbose_name="возвратов проекта"),
                        ),
                        (
                            "checks",
                            models.SmallIntegerField(verbose_name="проверок ответа"),
                        ),
                        (
                            "checks_passed",
                            models.SmallIntegerField(verbose_name="из них пройдено"),
                        ),
                        (
                            "fast_track",
                            models.BooleanField(verbose_name="ускоренное решение"),
                        ),
                        (
                            "body_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                size=None,
                                verbose_name="органы",
                            ),
                        ),
                        (
                            "account_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                size=None,
                                verbose_name="исполнители",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "строка анализа",
                        "verbose_name_plural": "строки анализа",
                        "db_table": "facts_question",
                        "indexes": [
                            models.Index(fields=["appeal_id"], name="facts_appeal"),
                            models.Index(
                                fields=["municipality_id", "received_on"],
                                name="facts_received",
                            ),
                            models.Index(
                                fields=["municipality_id", "answered_on"],
                                name="facts_answered",
                            ),
                            models.Index(
                                fields=["municipality_id", "body_id", "received_on"],
                                name="facts_body",
                            ),
                            models.Index(
                                fields=["municipality_id", "topic_id", "received_on"],
                                name="facts_topic",
                            ),
                            models.Index(
                                fields=[
                                    "municipality_id",
                                    "settlement_id",
                                    "received_on",
                                ],
                                name="facts_settlement",
                            ),
                        ],
                    },
                ),
            ],
        )
    ]

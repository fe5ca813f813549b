"""Narrow rows for analysis: one question, one row; rebuilt from the cases at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class QuestionFact(models.Model):
    """What analysis needs of one question, and nothing personal.

    The table is range-partitioned by the year of `received_on` (migration
    0001): the key in the database is (question_id, received_on). Ids are plain
    integers, so that a rebuild never waits for a lock on the rows they name.
    `district_id` is the territorial body of the settlement, `block_ids` the
    sector blocks in which the body stands, `days_taken` whole days of the
    calendar from registration to the answer.
    """

    question_id = models.BigIntegerField("вопрос", primary_key=True)
    appeal_id = models.BigIntegerField("обращение")
    municipality_id = models.BigIntegerField("муниципалитет")
    is_first = models.BooleanField("первый вопрос обращения")
    channel = models.CharField("канал", max_length=20)
    regime = models.CharField("порядок", max_length=20)
    status = models.CharField("состояние", max_length=20)
    topic_id = models.BigIntegerField("тема", null=True)
    topic_group = models.CharField("группа тем", max_length=300)
    body_id = models.BigIntegerField("орган", null=True)
    settlement_id = models.BigIntegerField("населённый пункт", null=True)
    lat = models.FloatField("широта", null=True)
    lon = models.FloatField("долгота", null=True)
    received_on = models.DateField("поступило")
    answered_on = models.DateField("ответ дан", null=True)
    received_at = models.DateTimeField("поступило (время)")
    starts_at = models.DateTimeField("начало срока")
    due_at = models.DateTimeField("срок", null=True)
    answered_at = models.DateTimeField("ответ дан (время)", null=True)
    term_used = models.FloatField("доля срока, израсходованная к ответу", null=True)
    score = models.SmallIntegerField("оценка", null=True)
    reopened = models.SmallIntegerField("возобновлялось")
    repeated = models.BooleanField("повторное")
    returned = models.SmallIntegerField("возвратов проекта")
    checks = models.SmallIntegerField("проверок ответа")
    checks_passed = models.SmallIntegerField("из них пройдено")
    fast_track = models.BooleanField("ускоренное решение")
    theme = models.CharField("социально значимая тематика", max_length=20, default="")
    applicant_kind = models.CharField("кто обратился", max_length=20, default="")
    kind = models.CharField("вид обращения", max_length=20, default="")
    result = models.CharField("результат", max_length=20, default="")
    repetition = models.CharField("повторность", max_length=20, default="")
    account_id = models.BigIntegerField("исполнитель", null=True)
    district_id = models.BigIntegerField("территориальный орган", null=True)
    block_ids = ArrayField(models.BigIntegerField(), verbose_name="блоки", default=list)
    days_taken = models.SmallIntegerField("дней от регистрации до ответа", null=True)
    extended = models.BooleanField("срок продлён", default=False)
    addressee_id = models.BigIntegerField("кому адресовано", null=True)
    body_ids = ArrayField(models.BigIntegerField(), verbose_name="органы")
    account_ids = ArrayField(models.BigIntegerField(), verbose_name="исполнители")

    class Meta:
        verbose_name = "строка анализа"
        verbose_name_plural = "строки анализа"
        db_table = "facts_question"
        indexes = [
            models.Index(fields=["appeal_id"], name="facts_appeal"),
            models.Index(fields=["municipality_id", "received_on"], name="facts_received"),
            models.Index(fields=["municipality_id", "answered_on"], name="facts_answered"),
            models.Index(fields=["municipality_id", "body_id", "received_on"], name="facts_body"),
            models.Index(
                fields=["municipality_id", "topic_id", "received_on"],
                name="facts_topic",
            ),
            models.Index(
                fields=["municipality_id", "settlement_id", "received_on"],
                name="facts_settlement",
            ),
        ]

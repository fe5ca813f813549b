"""What was given to bodies, what they answered, what citizens said of it.

Partitioned like the facts of questions, each by the year of its own day: the key in the database
holds that day besides.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AssignmentFact(models.Model):
    """One part given to a body; withdrawn ones stay. `status` is that of the appeal.

    `due_at` is the term of the part, else that of the answer.
    """

    assignment_id = models.BigIntegerField("поручение", primary_key=True)
    question_id = models.BigIntegerField("вопрос")
    appeal_id = models.BigIntegerField("обращение")
    municipality_id = models.BigIntegerField("муниципалитет")
    role = models.CharField("роль", max_length=10)
    body_id = models.BigIntegerField("орган")
    account_id = models.BigIntegerField("исполнитель", null=True)
    topic_id = models.BigIntegerField("тема", null=True)
    channel = models.CharField("канал", max_length=20)
    status = models.CharField("состояние", max_length=20)
    assigned_at = models.DateTimeField("назначено")
    assigned_on = models.DateField("день назначения")
    due_at = models.DateTimeField("срок", null=True)
    done_at = models.DateTimeField("исполнено", null=True)
    withdrawn_at = models.DateTimeField("снято", null=True)
    body_ids = ArrayField(models.BigIntegerField(), verbose_name="органы")
    account_ids = ArrayField(models.BigIntegerField(), verbose_name="исполнители обращения")

    class Meta:
        verbose_name = "строка поручения"
        verbose_name_plural = "строки поручений"
        db_table = "facts_assignment"
        indexes = [
            models.Index(fields=["appeal_id"], name="facts_asg_appeal"),
            models.Index(fields=["municipality_id", "assigned_on"], name="facts_asg_day"),
        ]


class AnswerFact(models.Model):
    """One answer with all its drafts. The author and the checks stand while it is not a draft."""

    reply_id = models.BigIntegerField("ответ", primary_key=True)
    appeal_id = models.BigIntegerField("обращение")
    municipality_id = models.BigIntegerField("муниципалитет")
    body_id = models.BigIntegerField("орган", null=True)
    author_id = models.BigIntegerField("автор", null=True)
    topic_id = models.BigIntegerField("тема", null=True)
    channel = models.CharField("канал", max_length=20)
    started_at = models.DateTimeField("начат")
    started_on = models.DateField("день начала")
    submitted_at = models.DateTimeField("впервые отправлен на согласование", null=True)
    sent_at = models.DateTimeField("отправлен", null=True)
    sent_on = models.DateField("день отправки", null=True)
    returns = models.SmallIntegerField("возвратов")
    checks = models.SmallIntegerField("проверок ответа")
    checks_passed = models.SmallIntegerField("из них пройдено")
    fast_track = models.BooleanField("ускоренное решение")
    body_ids = ArrayField(models.BigIntegerField(), verbose_name="органы")
    account_ids = ArrayField(models.BigIntegerField(), verbose_name="исполнители обращения")

    class Meta:
        verbose_name = "строка ответа"
        verbose_name_plural = "строки ответов"
        db_table = "facts_answer"
        indexes = [
            models.Index(fields=["appeal_id"], name="facts_ans_appeal"),
            models.Index(fields=["municipality_id", "started_on"], name="facts_ans_day"),
            models.Index(fields=["municipality_id", "sent_on"], name="facts_ans_sent"),
        ]


class ScoreFact(models.Model):
    """One score of an answer, by the day it was given."""

    survey_id = models.BigIntegerField("опрос", primary_key=True)
    appeal_id = models.BigIntegerField("обращение")
    municipality_id = models.BigIntegerField("муниципалитет")
    body_id = models.BigIntegerField("орган", null=True)
    settlement_id = models.BigIntegerField("населённый пункт", null=True)
    topic_id = models.BigIntegerField("тема", null=True)
    channel = models.CharField("канал", max_length=20)
    score = models.SmallIntegerField("оценка")
    given_at = models.DateTimeField("оценено")
    given_on = models.DateField("день оценки")
    body_ids = ArrayField(models.BigIntegerField(), verbose_name="органы")
    account_ids = ArrayField(models.BigIntegerField(), verbose_name="исполнители обращения")

    class Meta:
        verbose_name = "строка оценки"
        verbose_name_plural = "строки оценок"
        db_table = "facts_score"
        indexes = [
            models.Index(fields=["appeal_id"], name="facts_score_appeal"),
            models.Index(fields=["municipality_id", "given_on"], name="facts_score_day"),
        ]

"""Append-only events, the seals over them, and the log of reads of personal data.

The tables are range-partitioned by time (migration 0001). Ids of persons, cases and
municipalities are plain integers: the journal lies below every room and outlives their rows.
"""

from __future__ import annotations

from django.db import models

from otklik.records.journal.rules import named


class Entry(models.Model):
    """One fact. Nobody updates or deletes it: the database refuses."""

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField("когда")
    municipality_id = models.BigIntegerField("муниципалитет", null=True)
    name = models.CharField("событие", max_length=80)
    subject = models.CharField("о чём", max_length=60)
    subject_id = models.BigIntegerField("номер предмета")
    case_id = models.BigIntegerField("обращение", null=True)
    actor_kind = models.CharField("кто (вид)", max_length=10)
    actor_id = models.BigIntegerField("кто (учётная запись)", null=True)
    actor_label = models.CharField("кто", max_length=300)
    actor_role = models.CharField("в какой роли", max_length=300, default="", db_default="")
    sentence = models.TextField("что сделано")
    payload = models.JSONField("подробности", default=dict)

    @property
    def who(self) -> str:
        """«Головин П. С., ответственный за ПОС»: who did it, and under which role."""
        return named(self.actor_label, self.actor_role)

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал"
        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["case_id", "id"], name="journal_case"),
            models.Index(fields=["municipality_id", "-id"], name="journal_municipality"),
            models.Index(
                fields=["subject", "subject_id"],
                condition=models.Q(case_id__isnull=True),
                name="journal_subject",
            ),
        ]


class Seal(models.Model):
    """A batch of entries bound to the batch before it by SHA-256."""

    number = models.BigIntegerField("номер", unique=True)
    first_entry = models.BigIntegerField("с записи")
    last_entry = models.BigIntegerField("по запись")
    entries = models.IntegerField("записей")
    rows_hash = models.CharField("сумма записей", max_length=64)
    row_hashes = models.BinaryField("суммы по записям")
    previous_hash = models.CharField("предыдущая печать", max_length=64)
    hash = models.CharField("печать", max_length=64)
    sealed_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "печать журнала"
        verbose_name_plural = "печати журнала"


class PersonalRead(models.Model):
    """Who looked at whose personal data, when and why."""

    id = models.BigAutoField(primary_key=True)
    read_at = models.DateTimeField("когда")
    municipality_id = models.BigIntegerField("муниципалитет", null=True)
    account_id = models.BigIntegerField("кто", null=True)
    actor_label = models.CharField("кто (имя)", max_length=300)
    case_ids = models.JSONField("обращения", default=list)
    purpose = models.CharField("где", max_length=100)

    class Meta:
        verbose_name = "чтение персональных данных"
        verbose_name_plural = "чтения персональных данных"
        db_table = "journal_personal_read"
        indexes = [models.Index(fields=["municipality_id", "-id"], name="personal_read_recent")]

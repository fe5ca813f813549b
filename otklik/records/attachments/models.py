"""Files of any subject: kept by content hash, checked by content, outside the web root."""

from __future__ import annotations

from django.db import models


class Attachment(models.Model):
    municipality_id = models.BigIntegerField("муниципалитет")
    subject = models.CharField("предмет", max_length=60)
    subject_id = models.BigIntegerField("номер предмета")
    file_name = models.CharField("имя файла", max_length=255)
    content_type = models.CharField("вид", max_length=100)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("сумма", max_length=64)
    from_citizen = models.BooleanField("от заявителя", default=False)
    created_at = models.DateTimeField("добавлен")

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        indexes = [models.Index(fields=["subject", "subject_id"], name="attachment_subject")]


class StagedFile(models.Model):
    """A file of a form that was returned with an error: kept for its next sending, then removed."""

    municipality_id = models.BigIntegerField("муниципалитет")
    owner = models.CharField("чья форма", max_length=60)
    token = models.CharField("форма", max_length=64)
    key = models.CharField("имя в хранилище", max_length=32, unique=True)
    file_name = models.CharField("имя файла", max_length=255)
    size = models.PositiveBigIntegerField("размер, байт")
    created_at = models.DateTimeField("добавлен")

    class Meta:
        verbose_name = "файл незавершённой формы"
        verbose_name_plural = "файлы незавершённых форм"
        indexes = [
            models.Index(fields=["token", "owner"], name="staged_form"),
            models.Index(fields=["created_at"], name="staged_age"),
        ]

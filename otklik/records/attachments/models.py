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

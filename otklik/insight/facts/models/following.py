"""What the facts have to follow yet."""

from __future__ import annotations

from django.db import models


class Touch(models.Model):
    """A case that changed, written in the transaction of the change, gone when facts say it.

    A job takes all that wait, so that a burst of events costs one refresh.
    """

    municipality_id = models.BigIntegerField("муниципалитет")
    appeal_id = models.BigIntegerField("обращение")

    class Meta:
        verbose_name = "изменённое обращение"
        verbose_name_plural = "изменённые обращения"
        db_table = "facts_touch"

"""Texts that were made fit for everybody."""

from __future__ import annotations

from django.db import models


class OpenText(models.Model):
    """A text without personal data; the original is known only by its sum."""

    digest = models.CharField("сумма исходного текста", max_length=64, primary_key=True)
    text = models.TextField("текст")
    made_at = models.DateTimeField("сделан")

    class Meta:
        verbose_name = "открытый текст"
        verbose_name_plural = "открытые тексты"

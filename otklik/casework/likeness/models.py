"""Signatures of texts, by which near duplicates are looked up."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Municipality
from otklik.language.similarity import BANDS

BAND_COLUMNS = tuple(f"band_{number}" for number in range(1, BANDS + 1))


class TextSignature(models.Model):
    """Bands of a case's text. `received_at` repeats the case's, for the index to stop early."""

    appeal = models.OneToOneField(
        Appeal, on_delete=models.CASCADE, primary_key=True, related_name="text_signature"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, db_index=False)
    received_at = models.DateTimeField("поступило")
    band_1 = models.BigIntegerField("полоса 1")
    band_2 = models.BigIntegerField("полоса 2")
    band_3 = models.BigIntegerField("полоса 3")
    band_4 = models.BigIntegerField("полоса 4")
    band_5 = models.BigIntegerField("полоса 5")
    band_6 = models.BigIntegerField("полоса 6")
    band_7 = models.BigIntegerField("полоса 7")
    band_8 = models.BigIntegerField("полоса 8")

    class Meta:
        verbose_name = "подпись текста"
        verbose_name_plural = "подписи текстов"
        indexes = [
            models.Index(fields=[column, "received_at"], name=f"likeness_{column}")
            for column in BAND_COLUMNS
        ]


class Signing(models.Model):
    """How far the texts are signed, and by which version of the signature: one row."""

    version = models.PositiveSmallIntegerField("версия подписи", default=0)
    up_to = models.BigIntegerField("номер строки", default=0)

    class Meta:
        verbose_name = "ход подписания"
        verbose_name_plural = "ход подписания"

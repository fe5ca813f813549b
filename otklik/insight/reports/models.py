"""Notes as they were made, edited and signed."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.models import Municipality
from otklik.insight.papers.rules import Document
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.records.attachments.models import Attachment


class Note(models.Model):
    """One analytical note (pereslavl:3.2.1).

    `document` holds the words and numbers of the day it was made, so that a
    signed note never changes with the cases; `parts` holds what people wrote
    instead, by section.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="notes")
    year = models.PositiveSmallIntegerField("год")
    number = models.PositiveIntegerField("номер")
    version = models.PositiveIntegerField("редакция", default=1)
    since = models.DateField("с")
    until = models.DateField("по")
    status = models.CharField(
        "состояние", max_length=20, choices=NoteStatus.choices, default=NoteStatus.DRAFT
    )
    automatic = models.BooleanField("по расписанию", default=False)
    document = models.JSONField("содержание")
    parts = models.JSONField("изменённые разделы", default=dict, blank=True)
    author_id = models.BigIntegerField("составитель", null=True, blank=True)
    author_label = models.CharField("кем составлена", max_length=300)
    created_at = models.DateTimeField("составлена")
    signed_at = models.DateTimeField("подписана", null=True, blank=True)
    signed_label = models.CharField("кем подписана", max_length=300, blank=True)
    handed_over_at = models.DateTimeField("передана", null=True, blank=True)
    handed_over_to = models.CharField("кому передана", max_length=300, blank=True)
    docx = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "аналитическая записка"
        verbose_name_plural = "аналитические записки"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "number"], name="note_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="note_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "until"], name="note_recent")]

    def __str__(self) -> str:
        return f"Записка № {self.full_number}"

    @property
    def full_number(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_draft(self) -> bool:
        return self.status == NoteStatus.DRAFT

    def content(self) -> Document:
        """The document with the edits of people."""
        return Document.model_validate(self.document).edited(self.parts)

    def content_of(self, key: str) -> tuple[str, ...]:
        """The lines of one section as they stand."""
        found = [one.lines for one in self.content().sections if one.key == key]
        return found[0] if found else ()

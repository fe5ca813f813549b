"""Papers as they were made, edited, signed and handed over; when they are made by themselves."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.models import Municipality
from otklik.insight.papers.rules import Document
from otklik.insight.reports.vocabulary import WEEKLY, NoteStatus, Way
from otklik.records.attachments.models import Attachment


class Note(models.Model):
    """One paper of the catalogue; the first kind was the analytical note (pereslavl:3.2.1).

    `document` holds the words and numbers of the day it was made, so that a
    signed paper never changes with the cases; `parts` holds what people wrote
    instead, by section; `sheets` the same numbers for the workbook.

    What was counted: everything of the municipality, of these `channels` or of the body, when
    `whole`; else only what its author may see. `rights` are those it takes to read it beside the
    rights to reports and to analysis.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField("вид", max_length=30, default=WEEKLY)
    title = models.CharField("название", max_length=150, default="Записка")
    year = models.PositiveSmallIntegerField("год")
    number = models.PositiveIntegerField("номер")
    version = models.PositiveIntegerField("редакция", default=1)
    since = models.DateField("с")
    until = models.DateField("по")
    status = models.CharField(
        "состояние", max_length=20, choices=NoteStatus.choices, default=NoteStatus.DRAFT
    )
    automatic = models.BooleanField("по расписанию", default=False)
    whole = models.BooleanField("посчитано всё", default=False)
    channels = ArrayField(models.CharField(max_length=20), verbose_name="каналы", default=list)
    body_id = models.BigIntegerField("орган", null=True, blank=True)
    rights = ArrayField(models.CharField(max_length=30), verbose_name="права", default=list)
    document = models.JSONField("содержание")
    sheets = models.JSONField("листы таблицы", default=list)
    parts = models.JSONField("изменённые разделы", default=dict, blank=True)
    author_id = models.BigIntegerField("составитель", null=True, blank=True)
    author_label = models.CharField("кем составлена", max_length=300)
    created_at = models.DateTimeField("составлена")
    due_on = models.DateField("передать до", null=True, blank=True)
    recipient = models.CharField("кому передать", max_length=300, blank=True)
    signed_at = models.DateTimeField("подписана", null=True, blank=True)
    signed_label = models.CharField("кем подписана", max_length=300, blank=True)
    handed_over_at = models.DateTimeField("передана", null=True, blank=True)
    handed_over_to = models.CharField("кому передана", max_length=300, blank=True)
    handed_over_on = models.DateField("день передачи", null=True, blank=True)
    way = models.CharField("как передана", max_length=10, choices=Way.choices, blank=True)
    letter = models.CharField("номер и дата письма или адрес", max_length=300, blank=True)
    docx = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    xlsx = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "number"], name="note_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="note_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "until"], name="note_recent"),
            models.Index(fields=["municipality", "kind", "until"], name="note_of_kind"),
            models.Index(
                fields=["municipality", "due_on"],
                condition=~models.Q(status="handed_over") & models.Q(due_on__isnull=False),
                name="note_to_hand_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} № {self.full_number}"

    @property
    def full_number(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_draft(self) -> bool:
        return self.status == NoteStatus.DRAFT

    @property
    def is_handed_over(self) -> bool:
        return self.status == NoteStatus.HANDED_OVER

    def overdue(self, today: date) -> bool:
        """Whether it should have been handed over by now."""
        return bool(self.due_on and self.due_on < today and not self.is_handed_over)

    def content(self) -> Document:
        """The document with the edits of people."""
        return Document.model_validate(self.document).edited(self.parts)

    def content_of(self, key: str) -> tuple[str, ...]:
        """The lines of one section as they stand."""
        found = [one.lines for one in self.content().sections if one.key == key]
        return found[0] if found else ()


class NoteVersion(models.Model):
    """The words and numbers of a paper as they stood after one change; never edited."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("редакция")
    content = models.JSONField("содержание")
    what = models.CharField("что изменено", max_length=300)
    made_at = models.DateTimeField("когда")
    made_by = models.CharField("кем", max_length=300)

    class Meta:
        verbose_name = "редакция документа"
        verbose_name_plural = "редакции документов"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="note_version_once")]


class Schedule(models.Model):
    """When papers of a kind are made by themselves, for whom and by when they are handed over."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=30)
    on = models.BooleanField("составлять", default=True)
    step = models.CharField(
        "период",
        max_length=10,
        choices=[
            (Step.DAY.value, "каждый день"),
            (Step.WEEK.value, "каждую неделю"),
            (Step.MONTH.value, "каждый месяц"),
            (Step.QUARTER.value, "каждый квартал"),
        ],
    )
    day = models.PositiveSmallIntegerField("день", default=0)
    hour = models.PositiveSmallIntegerField("час", default=7)
    due_days = models.PositiveSmallIntegerField("передать, дней после периода", default=3)
    recipient = models.CharField("кому передать", max_length=300, blank=True)
    saved_at = models.DateTimeField("изменено")
    saved_by = models.CharField("кем изменено", max_length=300)

    class Meta:
        verbose_name = "расписание документа"
        verbose_name_plural = "расписания документов"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="report_schedule_once")
        ]

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(step=Step(self.step), day=self.day, hour=self.hour)

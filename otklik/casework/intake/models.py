"""Imports: the uploaded file, the saved mapping, the run with its checkpoint, and every row."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.vocabulary import (
    Decision,
    DifferenceKind,
    InboxKind,
    Outcome,
    RunState,
    Source,
)
from otklik.directory.organisation.models import Municipality


class ImportProfile(models.Model):
    """Which column fills which field, kept under a name for the next export of the same kind."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="import_profiles"
    )
    name = models.CharField("название", max_length=100)
    source = models.CharField("система", max_length=20, choices=Source.choices)
    sheet = models.CharField("лист", max_length=100, blank=True)
    mapping = models.JSONField("соответствие столбцов", default=dict)
    based_on = models.CharField("на основе", max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "профиль загрузки"
        verbose_name_plural = "профили загрузки"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="import_profile_once")
        ]

    def __str__(self) -> str:
        return self.name


class ImportUpload(models.Model):
    """A file sent through the page; kept in the database so that any worker can read it."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="import_uploads"
    )
    account_id = models.BigIntegerField("кто загрузил", null=True, blank=True)
    file_name = models.CharField("файл", max_length=255)
    sha256 = models.CharField("сумма", max_length=64)
    size = models.PositiveBigIntegerField("размер, байт")
    created_at = models.DateTimeField("загружен")

    class Meta:
        verbose_name = "загруженный файл"
        verbose_name_plural = "загруженные файлы"


class ImportPiece(models.Model):
    """A few megabytes of an uploaded file."""

    upload = models.ForeignKey(ImportUpload, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField("по порядку")
    content = models.BinaryField("содержимое")

    class Meta:
        verbose_name = "часть файла"
        verbose_name_plural = "части файлов"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="import_piece_once")
        ]


class ImportRun(models.Model):
    """One import; `last_row` is the checkpoint, saved in the transaction of the rows before it."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="import_runs"
    )
    source = models.CharField("система", max_length=20, choices=Source.choices)
    profile = models.ForeignKey(
        ImportProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    upload = models.ForeignKey(
        ImportUpload, on_delete=models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    file_name = models.CharField("файл", max_length=255)
    file_sha256 = models.CharField("сумма файла", max_length=64)
    sheet = models.CharField("лист", max_length=100, blank=True)
    mapping = models.JSONField("соответствие столбцов", default=dict)
    headers = models.JSONField("столбцы", default=list)
    header_row = models.PositiveIntegerField("последняя строка заголовка", default=0)
    dry_run = models.BooleanField("пробная", default=False)
    state = models.CharField(
        "состояние", max_length=10, choices=RunState.choices, default=RunState.RUNNING
    )
    problem = models.CharField("почему остановлена", max_length=1000, blank=True)
    notes = models.JSONField("замечания", default=list)
    rows_total = models.PositiveIntegerField("строк примерно", default=0)
    last_row = models.PositiveIntegerField("обработано по строку", default=0)
    read = models.PositiveIntegerField("прочитано", default=0)
    created = models.PositiveIntegerField("создано", default=0)
    updated = models.PositiveIntegerField("обновлено", default=0)
    unchanged = models.PositiveIntegerField("без изменений", default=0)
    refused = models.PositiveIntegerField("не принято", default=0)
    skipped = models.PositiveIntegerField("не принимается", default=0)
    differing = models.PositiveIntegerField("расхождений", default=0)
    account_id = models.BigIntegerField("кто", null=True, blank=True)
    actor_label = models.CharField("кто (имя)", max_length=300)
    started_at = models.DateTimeField("начата")
    touched_at = models.DateTimeField("последний шаг")
    finished_at = models.DateTimeField("завершена", null=True, blank=True)

    class Meta:
        verbose_name = "загрузка"
        verbose_name_plural = "загрузки"
        indexes = [
            models.Index(fields=["municipality", "-id"], name="import_run_recent"),
            models.Index(
                fields=["touched_at"],
                condition=models.Q(state=RunState.RUNNING),
                name="import_run_running",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        """How far it has come, 0…100."""
        if self.state == RunState.DONE:
            return 100
        return min(99, 100 * self.read // max(self.rows_total, 1))


class ImportRowResult(models.Model):
    """What became of one row, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="results")
    row_number = models.PositiveIntegerField("строка")
    external_number = models.CharField("номер", max_length=100, blank=True)
    outcome = models.CharField("итог", max_length=10, choices=Outcome.choices)
    appeal = models.ForeignKey(
        Appeal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    column = models.CharField("столбец", max_length=200, blank=True)
    reason = models.CharField("причина", max_length=1000, blank=True)
    mend = models.CharField("что сделать", max_length=500, blank=True)
    changes = models.CharField("что изменилось", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "строка загрузки"
        verbose_name_plural = "строки загрузки"
        ordering = ["row_number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "row_number"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["run", "external_number"], name="import_row_number"),
            models.Index(
                fields=["run", "row_number"],
                condition=~models.Q(reason=""),
                name="import_row_problems",
            ),
            models.Index(
                fields=["run", "row_number"],
                condition=~models.Q(changes=""),
                name="import_row_changes",
            ),
        ]


class SetAside(models.Model):
    """A thing of the intake queue that is no appeal, and why; taking it back closes the row."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("что", max_length=10, choices=InboxKind.choices)
    target_id = models.BigIntegerField("номер сообщения или строки")
    reason = models.CharField("почему", max_length=500)
    batch = models.CharField("одним действием", max_length=32, db_index=True)
    set_at = models.DateTimeField("отложено")
    set_label = models.CharField("кем", max_length=300)
    returned_at = models.DateTimeField("возвращено", null=True, blank=True)

    class Meta:
        verbose_name = "отложенное входящее"
        verbose_name_plural = "отложенные входящие"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id"],
                condition=models.Q(returned_at__isnull=True),
                name="set_aside_once",
            )
        ]

    def __str__(self) -> str:
        return self.reason


class ExternalRecord(models.Model):
    """What another system last said of a case, and where its message stands there."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="external_record")
    network = models.CharField("сеть", max_length=100, blank=True)
    link = models.CharField("сообщение там", max_length=1000, blank=True)
    author_link = models.CharField("страница автора", max_length=300, blank=True)
    incident_kind = models.CharField("тип инцидента", max_length=100, blank=True)
    tags = models.CharField("метки", max_length=500, blank=True)
    votes = models.PositiveIntegerField("голосов", null=True, blank=True)
    said = models.JSONField("сказано выгрузкой", default=dict)
    said_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "запись другой системы"
        verbose_name_plural = "записи других систем"


class Difference(models.Model):
    """A case that stands otherwise here than there, until a person decides."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="differences")
    run = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, related_name="differences"
    )
    source = models.CharField("система", max_length=20, choices=Source.choices)
    kind = models.CharField("что расходится", max_length=20, choices=DifferenceKind.choices)
    there = models.CharField("там", max_length=100, blank=True)
    answered_there_at = models.DateTimeField("ответ там", null=True, blank=True)
    here = models.CharField("у нас", max_length=100)
    seen_at = models.DateTimeField("замечено")
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decision = models.CharField(
        "решение", max_length=10, choices=Decision.choices, blank=True, default=""
    )
    decided_label = models.CharField("кто решил", max_length=300, blank=True, default="")
    note = models.CharField("почему", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "расхождение"
        verbose_name_plural = "расхождения"
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "kind"],
                condition=models.Q(decided_at__isnull=True),
                name="difference_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "seen_at"],
                condition=models.Q(decided_at__isnull=True),
                name="difference_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class NetworkChoice(models.Model):
    """A network or medium that a centre added, or switched on or off."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField("обозначение", max_length=60)
    name = models.CharField("название", max_length=100)
    words = models.CharField("как названа в выгрузке", max_length=300, blank=True)
    enabled = models.BooleanField("принимать")
    changed_at = models.DateTimeField("изменено")
    changed_label = models.CharField("кем", max_length=300)

    class Meta:
        verbose_name = "сеть или СМИ"
        verbose_name_plural = "сети и СМИ"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="network_once")
        ]

    def __str__(self) -> str:
        return self.name

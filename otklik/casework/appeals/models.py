"""The case. Current state sits here, history only grows in the journal."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from otklik.casework.appeals.rules.naming import regime_name
from otklik.casework.appeals.vocabulary import (
    OPEN_STATUSES,
    ApplicantKind,
    AssignmentRole,
    Channel,
    Kind,
    Priority,
    Regime,
    Repetition,
    Result,
    Status,
)
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.territory.models import House, Settlement, Street
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.models import ChannelAccount


class Applicant(models.Model):
    """Who writes. Personal data live here and nowhere else in the case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    kind = models.CharField(
        "кто",
        max_length=20,
        choices=ApplicantKind.choices,
        default=ApplicantKind.CITIZEN,
    )
    name = models.CharField("фамилия, имя, отчество", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=50, blank=True)
    email = models.CharField("почта", max_length=254, blank=True)
    postal_address = models.CharField("почтовый адрес", max_length=500, blank=True)
    category = models.CharField("категория", max_length=150, blank=True)
    external_profile = models.CharField("страница в сети", max_length=300, blank=True)

    class Meta:
        verbose_name = "заявитель"
        verbose_name_plural = "заявители"
        indexes = [
            models.Index(fields=["municipality", "email"], name="applicant_email"),
            models.Index(fields=["municipality", "phone"], name="applicant_phone"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="applicant_name"),
        ]

    def __str__(self) -> str:
        return self.name or "без имени"


class Sequence(models.Model):
    """Numbers of a register: one row per register and year, locked while a number is taken."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    register = models.CharField("журнал", max_length=20)
    year = models.PositiveSmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "нумерация"
        verbose_name_plural = "нумерация"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "register", "year"], name="sequence_once"
            )
        ]


def _recent(name: str, *columns: str, condition: Q | None = None) -> models.Index:
    """The order of a list behind these columns, or for the few that the condition lets through."""
    before = [F("municipality"), *map(F, columns)]
    newest = [F("received_at").desc(), F("id").desc()]
    return models.Index(*before, *newest, condition=condition, name=name)


class Appeal(models.Model):
    """A registered word of a citizen. `regime` decides the law."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    number = models.CharField("номер", max_length=40)
    regime = models.CharField("порядок", max_length=20, choices=Regime.choices)
    channel = models.CharField("канал", max_length=20, choices=Channel.choices)
    kind = models.CharField("вид", max_length=20, choices=Kind.choices, blank=True)
    status = models.CharField("состояние", max_length=20, choices=Status.choices)
    priority = models.CharField(
        "важность", max_length=10, choices=Priority.choices, default=Priority.NORMAL
    )
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField("текст")
    summary = models.CharField("кратко", max_length=300, blank=True)

    received_at = models.DateTimeField("поступило")
    registered_at = models.DateTimeField("зарегистрировано", null=True, blank=True)
    due_at = models.DateTimeField("срок", null=True, blank=True)
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True)

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    executor_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    complained_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    addressee = models.CharField("кому", max_length=320, blank=True)
    addressee_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="addressed"
    )
    body_ids = ArrayField(models.BigIntegerField(), verbose_name="органы", default=list)
    account_ids = ArrayField(models.BigIntegerField(), verbose_name="исполнители", default=list)

    settlement = models.ForeignKey(
        Settlement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
    )
    street = models.ForeignKey(Street, on_delete=models.SET_NULL, null=True, blank=True)
    house = models.ForeignKey(House, on_delete=models.SET_NULL, null=True, blank=True)
    place = models.CharField("место", max_length=500, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)

    external_system = models.CharField("внешняя система", max_length=30, blank=True)
    external_number = models.CharField("внешний номер", max_length=100, blank=True)
    external_status = models.CharField("состояние во внешней системе", max_length=100, blank=True)
    external_hash = models.CharField("сумма строки", max_length=64, blank=True)
    inbound_message_id = models.BigIntegerField("входящее сообщение", null=True, blank=True)
    reply_address = models.CharField("куда отвечать", max_length=300, blank=True)
    code_hash = models.CharField("код квитанции (сумма)", max_length=64, blank=True)
    fingerprint = models.CharField("отпечаток текста", max_length=64, blank=True)

    repeats = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeated_by",
    )
    repetition = models.CharField(
        "повторность", max_length=20, choices=Repetition.choices, blank=True
    )
    fast_track = models.BooleanField("ускоренное решение", default=False)
    theme = models.CharField("социально значимая тематика", max_length=20, blank=True)
    theme_said = models.BooleanField("тематику отметил человек", default=False)
    reopened = models.PositiveSmallIntegerField("возобновлялось", default=0)
    score = models.PositiveSmallIntegerField("оценка", null=True, blank=True)
    published_url = models.CharField("где опубликовано", max_length=300, blank=True)
    published_at = models.DateTimeField("опубликовано", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=0)

    search = models.GeneratedField(
        expression=SearchVector("number", "external_number", "text", "place", config="russian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "обращение"
        verbose_name_plural = "обращения"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="appeal_number_once"),
            models.UniqueConstraint(
                fields=["municipality", "external_system", "external_number"],
                condition=~Q(external_number=""),
                name="appeal_external_once",
            ),
            models.UniqueConstraint(
                fields=["inbound_message_id"],
                condition=Q(inbound_message_id__isnull=False),
                name="appeal_message_once",
            ),
        ]
        indexes = [
            _recent("appeal_recent"),
            models.Index(
                fields=["municipality", "answered_at"],
                include=["received_at", "id"],
                condition=Q(answered_at__isnull=False),
                name="appeal_answered",
            ),
            models.Index(
                fields=["municipality", "due_at"],
                include=["received_at", "id"],
                name="appeal_due",
            ),
            _recent("appeal_status", "status"),
            models.Index(
                fields=["municipality", "due_at", "id"],
                condition=Q(status__in=[str(s) for s in OPEN_STATUSES]),
                name="appeal_open_due",
            ),
            _recent("appeal_body", "executor_body"),
            _recent("appeal_topic", "topic"),
            _recent("appeal_settlement", "settlement"),
            models.Index(fields=["street", "received_at"], name="appeal_street"),
            _recent("appeal_channel", "channel"),
            _recent("appeal_repetition", "repetition", condition=~Q(repetition="")),
            _recent("appeal_regime", "regime"),
            _recent("appeal_score", "score", condition=Q(score__isnull=False)),
            _recent("appeal_late", condition=Q(answered_at__gt=F("due_at"))),
            _recent("appeal_reopened", condition=Q(reopened__gt=0)),
            _recent("appeal_no_point", condition=Q(lat__isnull=True)),
            models.Index(
                fields=["municipality", "lat", "lon"],
                condition=Q(lat__isnull=False),
                name="appeal_point",
            ),
            _recent("appeal_theme", "theme"),
            _recent(
                "appeal_addressee", "addressee_body", condition=Q(addressee_body__isnull=False)
            ),
            models.Index(fields=["municipality", "fingerprint"], name="appeal_fingerprint"),
            models.Index(fields=["code_hash"], condition=~Q(code_hash=""), name="appeal_code"),
            GinIndex(fields=["body_ids"], name="appeal_bodies"),
            GinIndex(fields=["account_ids"], name="appeal_accounts"),
            GinIndex(fields=["search"], name="appeal_search"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    @property
    def regime_name(self) -> str:
        """The procedure as this centre calls it; reads the municipality."""
        return regime_name(self.regime, self.municipality.settings)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


class Door(models.Model):
    """Whose a mailbox or an account of a channel is: what comes there is addressed to the body.

    An official is a body of the kind «должностное лицо» (ust-kubinsky 3.1.а).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="doors")
    box = models.CharField("ящик", max_length=254, blank=True)
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ящик адресата"
        verbose_name_plural = "ящики адресатов"
        ordering = ["body__order", "body__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "box"], condition=~Q(box=""), name="door_box_once"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(account__isnull=False), name="door_account_once"
            ),
            models.CheckConstraint(
                condition=Q(box="", account__isnull=False) | (~Q(box="") & Q(account__isnull=True)),
                name="door_is_one_thing",
            ),
        ]


class Word(models.Model):
    """A stem that stands in the appeals of a municipality; a slip of the pen is looked up here."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    stem = models.CharField("основа слова", max_length=60)

    class Meta:
        verbose_name = "слово"
        verbose_name_plural = "слова"
        constraints = [models.UniqueConstraint(fields=["municipality", "stem"], name="word_once")]
        indexes = [GinIndex(fields=["stem"], opclasses=["gin_trgm_ops"], name="word_trigrams")]


class WordsRead(models.Model):
    """Up to which case the words are gathered: one row."""

    up_to = models.BigIntegerField("номер строки", default=0)

    class Meta:
        verbose_name = "прочитанные слова"
        verbose_name_plural = "прочитанные слова"


class Question(models.Model):
    """One question of an appeal: its own topic, place, body and result."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField("по порядку")
    text = models.TextField("суть", blank=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField("место", max_length=500, blank=True)
    result = models.CharField("результат", max_length=20, choices=Result.choices, blank=True)
    measures_taken = models.BooleanField("меры приняты", default=False)
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True)

    class Meta:
        verbose_name = "вопрос"
        verbose_name_plural = "вопросы"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="question_number_once")
        ]

    @property
    def title(self) -> str:
        return f"Вопрос {self.number}"


class Assignment(models.Model):
    """Who answers a question: one executor, any number of co-executors."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    role = models.CharField("роль", max_length=10, choices=AssignmentRole.choices)
    instruction = models.TextField("поручение", blank=True)
    assigned_at = models.DateTimeField("назначено")
    assigned_by = models.CharField("кем назначено", max_length=300)
    due_at = models.DateTimeField("срок исполнителя", null=True, blank=True)
    done_at = models.DateTimeField("исполнено", null=True, blank=True)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)

    class Meta:
        verbose_name = "поручение"
        verbose_name_plural = "поручения"
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(role=AssignmentRole.MAIN, withdrawn_at__isnull=True),
                name="one_main_executor",
            ),
            models.UniqueConstraint(
                fields=["question", "body"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_assignment_per_body",
            ),
        ]

"""The municipality (tenant), its bodies, blocks, roles and dated appointments."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from otklik.directory.organisation.vocabulary import (
    ActLevel,
    BlockMembership,
    BodyKind,
    CentreForm,
    ChangeKind,
    ChangeState,
    MunicipalityKind,
    Permission,
    Scope,
    SecondFactor,
)


class Municipality(models.Model):
    """The tenant: every case row carries it, and nothing crosses it."""

    slug = models.SlugField(unique=True)
    name = models.CharField("название", max_length=300)
    short_name = models.CharField("краткое название", max_length=150)
    name_genitive = models.CharField("название в родительном падеже", max_length=300, blank=True)
    kind = models.CharField("тип", max_length=30, choices=MunicipalityKind.choices)
    region = models.CharField("регион", max_length=150)
    seat = models.CharField("административный центр", max_length=150, blank=True)
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    time_zone = models.CharField("часовой пояс", max_length=50, default="Europe/Moscow")
    centre_name = models.CharField("название центра", max_length=300, blank=True)
    centre_form = models.CharField("форма центра", max_length=300, blank=True)
    centre_form_kind = models.CharField(
        "форма из перечня", max_length=20, choices=CentreForm.choices, blank=True
    )
    operator = models.ForeignKey(
        "Body", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    legal_basis = models.CharField("правовое основание", max_length=500, blank=True)
    email = models.EmailField("почта центра", blank=True)
    phone = models.CharField("телефон центра", max_length=50, blank=True)
    preset = models.CharField("образец", max_length=50, blank=True)
    settings = models.JSONField("настройки", default=dict, blank=True)
    established_on = models.DateField("создан", null=True, blank=True)
    is_demo = models.BooleanField("демонстрационный", default=False)
    session_hours = models.PositiveSmallIntegerField("предел сеанса, часов", default=12)
    idle_minutes = models.PositiveSmallIntegerField("выход без работы, минут", default=120)
    password_length = models.PositiveSmallIntegerField("наименьшая длина пароля", default=8)
    second_factor = models.CharField(
        "второй фактор", max_length=10, choices=SecondFactor.choices, default=SecondFactor.NONE
    )
    upload_days = models.PositiveSmallIntegerField("хранение выгрузок, дней", default=7)
    case_years = models.PositiveSmallIntegerField("хранение обращений, лет", default=5)

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"

    def __str__(self) -> str:
        return self.short_name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Regulation(models.Model):
    """The act by which the centre works, in its edition; earlier ones stay with their dates."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="regulations"
    )
    title = models.CharField("название", max_length=500)
    number = models.CharField("номер", max_length=50)
    issued_on = models.DateField("дата")
    issuer = models.CharField("кем издан", max_length=300, blank=True)
    in_force_from = models.DateField("действует с", null=True, blank=True)
    repealed_on = models.DateField("утратил силу", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
    )
    text = models.TextField("текст", blank=True)
    note = models.TextField("примечание", blank=True)

    class Meta:
        verbose_name = "положение"
        verbose_name_plural = "положения"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number", "issued_on"], name="regulation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} от {self.issued_on:%d.%m.%Y} № {self.number}"


class Body(models.Model):
    """An addressee or executor: administration, department, institution, enterprise, official."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="bodies")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField("название", max_length=300)
    short_name = models.CharField("краткое название", max_length=150, blank=True)
    kind = models.CharField("вид", max_length=30, choices=BodyKind.choices)
    head_position = models.CharField("должность руководителя", max_length=300, blank=True)
    email = models.EmailField("почта", blank=True)
    phone = models.CharField("телефон", max_length=50, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    external_names = models.JSONField("названия в выгрузках", default=list, blank=True)
    sstu_id = models.UUIDField("идентификатор ССТУ", null=True, blank=True)
    is_active = models.BooleanField("действует", default=True)
    consented_on = models.DateField("согласие на участие", null=True, blank=True)
    consent_document = models.CharField("документ о согласии", max_length=300, blank=True)
    note = models.TextField("примечание", blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "орган"
        verbose_name_plural = "органы"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="body_name_once")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Block(models.Model):
    """A sector block (отраслевой блок) with its directions."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="blocks")
    name = models.CharField("название", max_length=400)
    directions = models.JSONField("направления", default=list, blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)
    bodies = models.ManyToManyField(Body, through="BlockMember", related_name="blocks")

    class Meta:
        verbose_name = "отраслевой блок"
        verbose_name_plural = "отраслевые блоки"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="block_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class BlockMember(models.Model):
    """A body or position in a block, as the regulation names it."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="members")
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="block_memberships",
    )
    position = models.CharField("должность", max_length=400, blank=True)
    membership = models.CharField(
        "участие",
        max_length=20,
        choices=BlockMembership.choices,
        default=BlockMembership.MEMBER,
    )
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "участник блока"
        verbose_name_plural = "участники блоков"
        ordering = ["order", "id"]


class Role(models.Model):
    """A named permission set, labelled as the centre's own regulation labels it.

    `channels` limits the rights over cases and figures to them (empty: no limit).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="roles")
    slug = models.SlugField(max_length=60)
    label = models.CharField("название", max_length=300)
    position = models.CharField("должность по положению", max_length=500, blank=True)
    duties = models.TextField("обязанности", blank=True)
    clauses = models.JSONField("пункты положения", default=list, blank=True)
    assumed = models.BooleanField("права предположены", default=False)
    channels = ArrayField(models.CharField(max_length=20), verbose_name="каналы", default=list)
    note = models.TextField("примечание", blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "роль"
        verbose_name_plural = "роли"
        ordering = ["order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="role_slug_once")
        ]

    def __str__(self) -> str:
        return self.label


class RoleGrant(models.Model):
    """One cell of the permission table: role × permission × scope."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    permission = models.CharField("право", max_length=40, choices=Permission.choices)
    scope = models.CharField("охват", max_length=20, choices=Scope.choices)

    class Meta:
        verbose_name = "право роли"
        verbose_name_plural = "права ролей"
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="grant_once"),
        ]


class Appointment(models.Model):
    """A person in a role, from a date to a date; substitution is an appointment for absence."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="appointments")
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    block = models.ForeignKey(
        Block,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    position = models.CharField("должность", max_length=300, blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    substitutes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
    )
    basis = models.CharField("основание", max_length=300, blank=True)

    class Meta:
        verbose_name = "назначение"
        verbose_name_plural = "назначения"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_ends_after_start",
            )
        ]

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class CompositionChange(models.Model):
    """A change of the composition: a draft until whoever approves it enters the act."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("что меняется", max_length=10, choices=ChangeKind.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=ChangeState.choices, default=ChangeState.DRAFT
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, blank=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True)
    position = models.CharField("должность", max_length=300, blank=True)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("по", null=True, blank=True)
    reason = models.TextField("обоснование", blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_label = models.CharField("кто предложил", max_length=300)
    proposed_at = models.DateTimeField("когда предложено")
    act = models.CharField("акт", max_length=300, blank=True)
    act_on = models.DateField("дата акта", null=True, blank=True)
    decision_note = models.TextField("причина отказа", blank=True)
    decided_label = models.CharField("кто решил", max_length=300, blank=True)
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)

    class Meta:
        verbose_name = "изменение состава"
        verbose_name_plural = "изменения состава"
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        what = str(self.body or "")
        if self.account and self.role:
            what = f"{self.account.short_name} — {self.role}"
        where = f" ({self.block})" if self.block else ""
        return f"{self.get_kind_display()}: {what}{where}"


class LegalAct(models.Model):
    """An act that the centre follows (tuapse:1.8, dedovichi:5)."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="legal_acts"
    )
    level = models.CharField("уровень", max_length=12, choices=ActLevel.choices)
    title = models.CharField("название", max_length=500)
    number = models.CharField("номер", max_length=50)
    issued_on = models.DateField("дата")
    issuer = models.CharField("кем издан", max_length=300, blank=True)
    edition = models.CharField("редакция", max_length=200, blank=True)
    in_force_from = models.DateField("действует с", null=True, blank=True)
    in_force_until = models.DateField("действует по", null=True, blank=True)
    url = models.URLField("ссылка на текст", max_length=500, blank=True)
    note = models.TextField("примечание", blank=True)

    class Meta:
        verbose_name = "правовой акт"
        verbose_name_plural = "правовые акты"
        ordering = ["issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number", "issued_on"], name="legal_act_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} от {self.issued_on:%d.%m.%Y} № {self.number}"

    def in_force(self, on: date) -> bool:
        """Whether the act may be referred to on the day."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_until is None or on <= self.in_force_until)


class JobDescription(models.Model):
    """Whether the job description of a role holder names the work of the centre."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="job_description"
    )
    updated_on = models.DateField("дата должностной инструкции")
    note = models.CharField("реквизиты", max_length=300, blank=True)
    marked_label = models.CharField("кто отметил", max_length=300)
    marked_at = models.DateTimeField("когда отмечено")

    class Meta:
        verbose_name = "должностная инструкция"
        verbose_name_plural = "должностные инструкции"


class DirectionHolder(models.Model):
    """The employee assigned to a main direction of a block (tuapse:order.4.1)."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="direction_holders")
    direction = models.CharField("направление", max_length=400)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assigned_on = models.DateField("закреплён с")
    assigned_label = models.CharField("кто закрепил", max_length=300)

    class Meta:
        verbose_name = "закрепление по направлению"
        verbose_name_plural = "закрепления по направлениям"
        constraints = [
            models.UniqueConstraint(fields=["block", "direction"], name="direction_held_once")
        ]

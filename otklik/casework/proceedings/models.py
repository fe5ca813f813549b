"""Grounds of the law as data; decisions, transfers and requests made on them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.vocabulary import Check, EmailPractice, Kinship, Verb
from otklik.directory.organisation.models import Body, Municipality


def _own() -> models.ForeignKey[Municipality | None]:
    """Empty: shipped with the product; set: the municipality's own."""
    return models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )


class Ground(models.Model):
    """One ground of 59-ФЗ in one edition; an edition is never edited, the next one follows it."""

    municipality = _own()
    slug = models.SlugField("обозначение", max_length=40)
    verb = models.CharField("решение", max_length=20, choices=Verb.choices)
    article = models.CharField("статья", max_length=60)
    title = models.CharField("основание", max_length=300)
    permission = models.CharField("чьё право", max_length=30)
    check_name = models.CharField(
        "что проверяется", max_length=20, choices=Check.choices, blank=True
    )
    days = models.PositiveSmallIntegerField("дней со дня регистрации", null=True, blank=True)
    notice = models.BooleanField("уведомить заявителя", default=False)
    template = models.TextField("текст уведомления", blank=True)
    edition = models.CharField("редакция", max_length=200, blank=True)
    in_force_from = models.DateField("действует с", null=True, blank=True)
    in_force_to = models.DateField("действует по", null=True, blank=True)
    verify = models.BooleanField("сверьте с действующей редакцией", default=False)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "основание решения"
        verbose_name_plural = "основания решений"
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug", "in_force_from"],
                nulls_distinct=False,
                name="proceedings_ground_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}. {self.title}"

    @property
    def own(self) -> bool:
        return self.municipality_id is not None

    @property
    def starts(self) -> date:
        return self.in_force_from or date.min

    @property
    def ends(self) -> date:
        return self.in_force_to or date.max

    def terms(self) -> GroundTerms:
        return GroundTerms(
            slug=self.slug,
            verb=self.verb,
            article=self.article,
            title=self.title,
            permission=self.permission,
            check=self.check_name,
            days=self.days,
            notice=self.notice,
            template=self.template,
            edition=self.edition,
            verify=self.verify,
        )


class Definition(models.Model):
    """What «повторное», «дубликат», «многократное» mean here: the law does not say."""

    municipality = _own()
    slug = models.SlugField("обозначение", max_length=40)
    title = models.CharField("понятие", max_length=100)
    text = models.TextField("определение")
    days = models.PositiveSmallIntegerField("за сколько дней смотреть", default=365)
    count = models.PositiveSmallIntegerField("с какого по счёту", null=True, blank=True)
    verify = models.BooleanField("сверьте с вашим порядком", default=True)

    class Meta:
        verbose_name = "определение"
        verbose_name_plural = "определения"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                nulls_distinct=False,
                name="proceedings_definition_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Practice(models.Model):
    """Choices of the municipality that the law leaves to it."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    email = models.CharField(
        "обычная почта", max_length=20, choices=EmailPractice.choices, default=EmailPractice.MESSAGE
    )
    email_template = models.TextField("ответ на письмо по почте", blank=True)

    class Meta:
        verbose_name = "порядок центра"
        verbose_name_plural = "порядки центров"


class Decision(models.Model):
    """One decision about one case, with the ground as it stood for that case."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="decisions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField("решение", max_length=20, choices=Verb.choices)
    article = models.CharField("статья", max_length=60)
    ground = models.JSONField("основание")
    reason = models.TextField("причина")
    late_reason = models.TextField("почему с опозданием", blank=True)
    details = models.JSONField("подробности", default=dict, blank=True)
    notice_text = models.TextField("уведомление", blank=True)
    notice_id = models.BigIntegerField("исходящее сообщение", null=True, blank=True)
    notice_due_on = models.DateField("уведомить до", null=True, blank=True)
    decided_at = models.DateTimeField("принято")
    decided_by = models.CharField("кем", max_length=300)
    undone_at = models.DateTimeField("отпало", null=True, blank=True)

    class Meta:
        verbose_name = "решение"
        verbose_name_plural = "решения"
        indexes = [
            models.Index(
                fields=["municipality", "verb", "-decided_at", "-id"], name="decision_recent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} ({self.article})"


class Transfer(models.Model):
    """A question (or the whole case) sent to one addressee: one copy each (art. 8 part 4)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="transfers")
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, null=True, blank=True, related_name="transfers"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    addressee = models.CharField("адресат", max_length=300)
    email = models.EmailField("почта адресата", blank=True)
    results_asked = models.BooleanField("просим сообщить о результатах", default=False)
    outbound_id = models.BigIntegerField("исходящее сообщение", null=True, blank=True)
    results_at = models.DateTimeField("результаты получены", null=True, blank=True)

    class Meta:
        verbose_name = "переадресация"
        verbose_name_plural = "переадресации"

    def __str__(self) -> str:
        return self.addressee


class Complained(models.Model):
    """Whose decision or act the complaint is against; several are possible (art. 8 part 6)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="complained")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    official = models.CharField("кого обжалуют", max_length=300)

    class Meta:
        verbose_name = "обжалуемое лицо"
        verbose_name_plural = "обжалуемые лица"

    def __str__(self) -> str:
        return self.official


class DocumentRequest(models.Model):
    """Documents asked of another body (art. 10 part 2)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="document_requests")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    addressee = models.CharField("у кого", max_length=300)
    email = models.EmailField("почта", blank=True)
    what = models.TextField("что запрошено")
    ground = models.JSONField("основание")
    asked_at = models.DateTimeField("запрошено")
    asked_by = models.CharField("кем", max_length=300)
    due_on = models.DateField("представить до")
    outbound_id = models.BigIntegerField("исходящее сообщение", null=True, blank=True)
    reminded_at = models.DateTimeField("напомнили", null=True, blank=True)
    received_at = models.DateTimeField("получено", null=True, blank=True)
    answer = models.TextField("что получено", blank=True)

    class Meta:
        verbose_name = "запрос документов"
        verbose_name_plural = "запросы документов"
        indexes = [
            models.Index(
                fields=["municipality", "due_on", "id"],
                name="request_waiting",
                condition=Q(received_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"запрос: {self.addressee}"


class Material(models.Model):
    """What the citizen added later (art. 5 p. 1); files hang on it as attachments."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="materials")
    text = models.TextField("пояснение", blank=True)
    from_citizen = models.BooleanField("передал сам заявитель", default=False)
    added_at = models.DateTimeField("добавлено")
    added_by = models.CharField("кем принято", max_length=300)

    class Meta:
        verbose_name = "дополнительные материалы"
        verbose_name_plural = "дополнительные материалы"
        ordering = ["added_at"]


class Reading(models.Model):
    """The citizen was shown the file of his case (art. 5 p. 2)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="readings")
    reader = models.CharField("кто знакомился", max_length=300)
    document = models.CharField("личность подтверждена", max_length=300)
    shown = models.TextField("что показано")
    withheld = models.TextField("что не показано и почему", blank=True)
    read_at = models.DateTimeField("когда")
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "ознакомление"
        verbose_name_plural = "ознакомления"


class Signatory(models.Model):
    """One of those who signed a collective appeal; one of them represents all."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField("фамилия, имя, отчество", max_length=300)
    address = models.CharField("адрес", max_length=500, blank=True)
    representative = models.BooleanField("представитель", default=False)

    class Meta:
        verbose_name = "подписавший"
        verbose_name_plural = "подписавшие"
        ordering = ["-representative", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "name", "address"], name="signatory_once"),
            models.UniqueConstraint(
                fields=["appeal"], condition=Q(representative=True), name="one_representative"
            ),
        ]


class KinLink(models.Model):
    """This case repeats or doubles an earlier one; unlinking keeps the row."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="kin")
    earlier = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="later_kin")
    kind = models.CharField("родство", max_length=20, choices=Kinship.choices)
    by_hand = models.BooleanField("связано вручную", default=False)
    linked_at = models.DateTimeField("связано")
    linked_by = models.CharField("кем", max_length=300)
    unlinked_at = models.DateTimeField("связь снята", null=True, blank=True)

    class Meta:
        verbose_name = "связь обращений"
        verbose_name_plural = "связи обращений"
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "earlier"], name="kin_once", condition=Q(unlinked_at__isnull=True)
            ),
        ]

"""The formal part of a question."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from otklik.casework.appeals.models import Question
from otklik.casework.formalising.vocabulary import FormalState, MessageKind, ObjectKind
from otklik.directory.organisation.models import Body
from otklik.directory.territory.models import House, Landmark
from otklik.language.essence import LIMIT

_PERSON = settings.AUTH_USER_MODEL


class Formalisation(models.Model):
    """One a question. `holder`: whose balance the object is on; labels stay when people leave."""

    question = models.OneToOneField(
        Question, on_delete=models.CASCADE, related_name="formalisation"
    )
    state = models.CharField("состояние", max_length=10, choices=FormalState.choices)
    essence = models.CharField("суть", max_length=LIMIT, blank=True)
    kind = models.CharField("вид", max_length=10, choices=MessageKind.choices, blank=True)
    object_kind = models.CharField(
        "вид объекта", max_length=10, choices=ObjectKind.choices, blank=True
    )
    object_name = models.CharField("объект", max_length=200, blank=True)
    landmark = models.ForeignKey(Landmark, on_delete=models.SET_NULL, null=True, blank=True)
    house = models.ForeignKey(House, on_delete=models.SET_NULL, null=True, blank=True)
    holder = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cause = models.CharField("причина", max_length=200, blank=True)
    given_to = models.ForeignKey(
        _PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(
        _PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField("поручено", null=True, blank=True)
    due_on = models.DateField("к какому дню", null=True, blank=True)
    entered_by = models.ForeignKey(
        _PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_label = models.CharField("кто внёс", max_length=300, blank=True)
    entered_at = models.DateTimeField("внесено", null=True, blank=True)
    confirmed_label = models.CharField("кто подтвердил", max_length=300, blank=True)
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    remark = models.CharField("замечание", max_length=500, blank=True)

    class Meta:
        verbose_name = "формализация"
        verbose_name_plural = "формализации"
        indexes = [
            models.Index(fields=["given_to", "state"], name="formalising_given"),
            models.Index(fields=["state", "entered_at"], name="formalising_state"),
        ]

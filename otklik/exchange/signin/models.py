"""Doors that stand elsewhere, which roles their claims give, and what they have given."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.models import Appointment, Body, Municipality, Role
from otklik.exchange.signin.rules.options import Options
from otklik.exchange.signin.vocabulary import DoorKind


class ExternalDoor(models.Model):
    """One system that vouches for people of one centre. `secret` is sealed.

    `key` stands in return addresses and never changes; `address` is the issuer or the portal.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="external_doors"
    )
    kind = models.CharField("вид", max_length=10, choices=DoorKind.choices)
    key = models.SlugField("ключ", max_length=60, unique=True)
    title = models.CharField("название", max_length=100)
    enabled = models.BooleanField("включён", default=False)
    for_staff = models.BooleanField("для сотрудников", default=True)
    for_citizens = models.BooleanField("для жителей", default=False)
    address = models.CharField("адрес", max_length=300)
    client_id = models.CharField("идентификатор системы", max_length=200)
    secret = models.TextField("секрет (зашифрован)", blank=True, default="")
    options = models.JSONField("настройки", default=dict, blank=True)

    class Meta:
        verbose_name = "внешний вход"
        verbose_name_plural = "внешние входы"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="external_door_once"),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(for_citizens=True, enabled=True),
                name="citizens_door_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def set_to(self) -> Options:
        return Options.read(self.options)


class RoleRule(models.Model):
    """Whoever comes with this value of the claim gets the role, by this decision if one is due."""

    door = models.ForeignKey(ExternalDoor, on_delete=models.CASCADE, related_name="rules")
    claim = models.CharField("признак", max_length=200)
    value = models.CharField("значение", max_length=200)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    basis = models.CharField("основание", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "правило ролей"
        verbose_name_plural = "правила ролей"
        ordering = ["pk"]


class GrantedRole(models.Model):
    """An appointment made by a door: it ends when the claim is gone."""

    door = models.ForeignKey(ExternalDoor, on_delete=models.CASCADE, related_name="granted")
    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="granted_by"
    )

    class Meta:
        verbose_name = "роль по внешнему входу"
        verbose_name_plural = "роли по внешнему входу"

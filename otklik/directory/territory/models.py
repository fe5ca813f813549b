"""Settlements, streets, houses and landmarks: the municipality's own gazetteer."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.territory.vocabulary import SettlementKind

KINDS: dict[str, str] = {kind.value: kind.label for kind in SettlementKind}


def settlement_name(kind: str, name: str) -> str:
    # Hundreds of places are named on a page: Django would build the names of kinds for each.
    return f"{KINDS.get(kind, kind)} {name}"


class Settlement(models.Model):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="settlements"
    )
    name = models.CharField("название", max_length=150)
    kind = models.CharField("вид", max_length=30, choices=SettlementKind.choices)
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    population = models.PositiveIntegerField("жителей", null=True, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)
    boundary = models.JSONField("граница (GeoJSON)", null=True, blank=True)
    territorial_body = models.ForeignKey(
        Body,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="settlements",
    )
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "населённый пункт"
        verbose_name_plural = "населённые пункты"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name", "kind"], name="settlement_once")
        ]

    def __str__(self) -> str:
        return settlement_name(self.kind, self.name)


class Street(models.Model):
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="streets")
    name = models.CharField("название", max_length=150)
    kind = models.CharField("вид", max_length=30, default="улица")
    line = models.JSONField("линия (GeoJSON)", null=True, blank=True)

    class Meta:
        verbose_name = "улица"
        verbose_name_plural = "улицы"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "name", "kind"], name="street_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class House(models.Model):
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="houses")
    number = models.CharField("номер", max_length=20)
    lat = models.FloatField("широта")
    lon = models.FloatField("долгота")
    holder = models.ForeignKey(
        Body, on_delete=models.SET_NULL, null=True, blank=True, related_name="houses"
    )

    class Meta:
        verbose_name = "дом"
        verbose_name_plural = "дома"
        constraints = [models.UniqueConstraint(fields=["street", "number"], name="house_once")]


class Landmark(models.Model):
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="landmarks"
    )
    settlement = models.ForeignKey(
        Settlement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="landmarks",
    )
    name = models.CharField("название", max_length=200)
    aliases = models.JSONField("другие названия", default=list, blank=True)
    lat = models.FloatField("широта")
    lon = models.FloatField("долгота")

    class Meta:
        verbose_name = "ориентир"
        verbose_name_plural = "ориентиры"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="landmark_once")
        ]


class BaseMap(models.Model):
    """The plain base map of the municipality: named GeoJSON layers, drawn without any network."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="base_map"
    )
    layers = models.JSONField("слои (GeoJSON)", default=dict)
    bounds = models.JSONField("границы [запад, юг, восток, север]", default=list)

    class Meta:
        verbose_name = "основа карты"
        verbose_name_plural = "основы карт"

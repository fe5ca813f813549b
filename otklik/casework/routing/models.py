"""Who answers what: a rule table topic × territory × balance holder × channel → body."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic


class RoutingRule(models.Model):
    """Empty condition = any. The most specific rule wins; equal ones by order.

    `settlement` and `settlement_ids` are one set; streets narrow it further. With `to_holder` the
    executor is whoever holds the object on his balance, and `body` where that is not known.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    name = models.CharField("название", max_length=200)
    order = models.PositiveSmallIntegerField("порядок", default=100)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True)
    topic_group = models.CharField("группа тем", max_length=300, blank=True)
    theme = models.CharField("тематика", max_length=20, blank=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, null=True, blank=True)
    settlement_ids = ArrayField(
        models.BigIntegerField(), verbose_name="населённые пункты", default=list, blank=True
    )
    street_ids = ArrayField(
        models.BigIntegerField(), verbose_name="улицы", default=list, blank=True
    )
    holder = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="holder_rules"
    )
    to_holder = models.BooleanField("исполнитель — балансодержатель", default=False)
    channel = models.CharField("канал", max_length=20, blank=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="routing_rules")
    co_bodies = models.ManyToManyField(Body, related_name="co_routing_rules", blank=True)
    automatic = models.BooleanField("назначать без руководителя", default=False)
    is_active = models.BooleanField("действует", default=True)

    class Meta:
        verbose_name = "правило назначения"
        verbose_name_plural = "правила назначения"
        ordering = ["order", "id"]

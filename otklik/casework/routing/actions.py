"""Keeping the rule table, and letting an automatic rule name the executor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.routing.events import RuleRetired, RuleSaved
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.queries import suggestion_for
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement, Street
from otklik.directory.topics.queries import theme_choices
from otklik.records.journal.actions import record


@dataclass(frozen=True, slots=True)
class Territory:
    """Settlements and streets of the municipality, by id; empty = anywhere."""

    settlement_ids: tuple[int, ...] = ()
    street_ids: tuple[int, ...] = ()


ANYWHERE = Territory()


@transaction.atomic
def save_rule(
    *,
    access: Access,
    name: str,
    body_id: int,
    topic_id: int | None = None,
    topic_group: str = "",
    settlement_id: int | None = None,
    territory: Territory = ANYWHERE,
    theme: str = "",
    holder_id: int | None = None,
    to_holder: bool = False,
    channel: str = "",
    automatic: bool = False,
    order: int = 100,
    rule_id: int | None = None,
    co_body_ids: Sequence[int] = (),
) -> RoutingRule:
    """Write a row of the table. A rule without any condition may only suggest, never assign.

    Raises Forbidden; NotFound for a body or a rule of elsewhere; Refused.
    """
    access = access.require(Permission.SET_UP)
    body = _body(access, body_id)
    narrow = topic_id or topic_group or theme or settlement_id or holder_id or channel
    if automatic and not (narrow or territory != ANYWHERE):
        raise Refused(
            "Правило без условий забрало бы все обращения.",
            "Добавьте тему, тематику, место, балансодержателя или канал.",
        )
    _check_conditions(access.municipality_id, theme, holder_id, territory)
    co_bodies = _co_bodies(access, body, co_body_ids)
    fresh = RoutingRule(municipality_id=access.municipality_id)
    rule = fresh if rule_id is None else _rule(access, rule_id)
    rule.name = name.strip()[:200] or str(body)
    rule.body = body
    rule.topic_id, rule.topic_group = topic_id, topic_group
    rule.settlement_id, rule.channel = settlement_id, channel
    rule.settlement_ids = sorted(set(territory.settlement_ids))
    rule.street_ids = sorted(set(territory.street_ids))
    rule.theme, rule.holder_id, rule.to_holder = theme, holder_id, to_holder
    rule.automatic, rule.order, rule.is_active = automatic, order, True
    rule.save()
    rule.co_bodies.set(co_bodies)
    record(
        RuleSaved(subject_id=rule.pk, rule=rule.name, body=str(body), automatic=automatic),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return rule


@transaction.atomic
def retire_rule(*, access: Access, rule_id: int) -> None:
    """Take a rule out of force; its past decisions stay."""
    access = access.require(Permission.SET_UP)
    rule = _rule(access, rule_id)
    rule.is_active = False
    rule.save(update_fields=["is_active"])
    record(
        RuleRetired(subject_id=rule.pk, rule=rule.name),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


@transaction.atomic
def route(*, access: Access, appeal: Appeal) -> bool:
    """Let an automatic rule name the executor and co-executors; True when one did."""
    rule = suggestion_for(appeal)
    if rule is None or not rule.automatic or appeal.executor_body_id:
        return False
    system = Access.system(access.municipality_id, "Правило назначения")
    assign_executor(access=system, appeal_id=appeal.pk, body_id=rule.body_id, rule=rule.name)
    helping = Body.objects.filter(co_routing_rules=rule.pk, is_active=True)
    for body in helping.exclude(pk=appeal.complained_body_id or 0):
        assign_executor(
            access=system,
            appeal_id=appeal.pk,
            body_id=body.pk,
            role=AssignmentRole.CO,
            rule=rule.name,
        )
    return True


def _body(access: Access, body_id: int) -> Body:
    body = Body.objects.filter(municipality_id=access.municipality_id, pk=body_id).first()
    if body is None:
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    return body


def _check_conditions(
    municipality_id: int, theme: str, holder_id: int | None, territory: Territory
) -> None:
    if theme and theme not in dict(theme_choices(municipality_id)):
        raise NotFound("Такой тематики нет.", "Выберите тематику из списка.")
    here = Body.objects.filter(municipality_id=municipality_id)
    if holder_id is not None and not here.filter(pk=holder_id).exists():
        raise NotFound("Такого балансодержателя нет.", "Выберите орган из списка.")
    places = Settlement.objects.filter(pk__in=territory.settlement_ids)
    streets = Street.objects.filter(pk__in=territory.street_ids)
    if (
        places.exclude(municipality_id=municipality_id).exists()
        or streets.exclude(settlement__municipality_id=municipality_id).exists()
    ):
        raise NotFound("Такого места нет.", "Выберите места своего муниципалитета.")


def _rule(access: Access, rule_id: int) -> RoutingRule:
    rule = RoutingRule.objects.filter(municipality_id=access.municipality_id, pk=rule_id).first()
    if rule is None:
        raise NotFound("Такого правила нет.", "Вернитесь к списку правил.")
    return rule


def _co_bodies(access: Access, main: Body, ids: Sequence[int]) -> list[Body]:
    found = list(Body.objects.filter(municipality_id=access.municipality_id, pk__in=ids))
    if len(found) != len(set(ids)):
        raise NotFound("Такого соисполнителя нет.", "Выберите органы из списка.")
    if main in found:
        raise Refused(
            f"{main} не может быть и исполнителем, и соисполнителем.",
            "Уберите этот орган из соисполнителей.",
        )
    return found

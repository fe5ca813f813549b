"""Grounds shipped with the product, and a municipality's own editions of them."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.proceedings.events import DefinitionSaved, GroundSaved
from otklik.casework.proceedings.models import Definition, Ground, Practice
from otklik.casework.proceedings.queries.grounds import grounds_in_force
from otklik.casework.proceedings.rules.notice import check_template
from otklik.casework.proceedings.vocabulary import EmailPractice
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

EDITION = "в редакции от 28.12.2024"


@transaction.atomic
def install_builtin_grounds() -> int:
    """Bring the shipped grounds and definitions to this version; returns the number of grounds."""
    shipped = _read("grounds")
    for order, row in enumerate(shipped, start=1):
        key = {
            "municipality": None,
            "slug": row.pop("slug"),
            "in_force_from": row.pop("in_force_from", None),
        }
        row["check_name"] = row.pop("check", "")
        row["template"] = row.get("template", "").strip()
        defaults = {"edition": EDITION, "order": order, **row}
        Ground.objects.update_or_create(**key, defaults=defaults)
    for row in _read("definitions"):
        Definition.objects.update_or_create(
            municipality=None, slug=row.pop("slug"), defaults={"verify": True, **row}
        )
    return len(shipped)


@transaction.atomic
def save_ground(
    *,
    access: Access,
    slug: str,
    since: date,
    template: str,
    days: int | None,
    edition: str = "",
) -> Ground:
    """The municipality's own edition of a ground from that day on; the former one ends before it.

    Cases registered earlier keep the former edition. Raises Refused for an unknown ground, a
    strange blank or an edition that does not follow the last one.
    """
    access = access.require(Permission.SET_UP)
    check_template(template)
    current = next(
        (g for g in grounds_in_force(access.municipality_id, since) if g.slug == slug), None
    )
    if current is None:
        raise Refused("Такого основания нет.", "Выберите его из списка.")
    own = Ground.objects.select_for_update().filter(
        municipality_id=access.municipality_id, slug=slug
    )
    if own.filter(in_force_from__gte=since).exists():
        raise Refused(
            "Новая редакция должна начинаться позже прежней.", "Укажите более позднюю дату."
        )
    own.filter(in_force_to=None).update(in_force_to=since - timedelta(days=1))
    current.pk, current.municipality_id = None, access.municipality_id
    current.in_force_from, current.in_force_to = since, None
    current.template, current.days, current.verify = template.strip(), days, False
    current.edition = edition.strip() or current.edition
    current._state.adding = True
    current.save()
    event = GroundSaved(subject_id=current.pk, slug=slug, article=current.article, since=since)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return current


@transaction.atomic
def define(
    *, access: Access, slug: str, text: str, days: int, count: int | None = None
) -> Definition:
    """What «повторное», «дубликат», «многократное» mean in this municipality.

    `count`: from which case on one question it is a multiple one; other words have none.
    Linked cases are marked anew.
    """
    access = access.require(Permission.SET_UP)
    shipped = Definition.objects.filter(municipality=None, slug=slug).first()
    if shipped is None or not text.strip() or days < 1:
        raise Refused("Определение не сохранено.", "Напишите его текст и число дней, не меньше 1.")
    if shipped.count is not None and (count is None or count < 2):
        raise Refused("Не указано, с какого обращения по счёту.", "Впишите число, не меньше 2.")
    values = {"title": shipped.title, "text": text.strip(), "days": days, "verify": False}
    made, _ = Definition.objects.update_or_create(
        municipality_id=access.municipality_id,
        slug=slug,
        defaults={**values, "count": count if shipped.count is not None else None},
    )
    event = DefinitionSaved(subject_id=made.pk, word=made.title, days=days, count=made.count)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return made


@transaction.atomic
def set_practice(*, access: Access, email: EmailPractice, email_template: str = "") -> Practice:
    """What becomes of plain e-mail here; Refused for a template that is missing or strange."""
    access = access.require(Permission.SET_UP)
    check_template(email_template)
    if email == EmailPractice.EXPLAIN and not email_template.strip():
        raise Refused(
            "Нужен текст ответа на письмо (ст. 4 № 59-ФЗ).",
            "Напишите, как подать обращение: через Госуслуги, сайт, почтой или лично.",
        )
    made, _ = Practice.objects.update_or_create(
        municipality_id=access.municipality_id,
        defaults={"email": email, "email_template": email_template.strip()},
    )
    return made


def _read(name: str) -> list[dict[str, Any]]:
    path = files("otklik.casework.proceedings").joinpath(f"builtin/{name}.yaml")
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return found

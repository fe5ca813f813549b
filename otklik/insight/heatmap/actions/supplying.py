"""Handing data of the map over by file, on record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.heatmap.events import MapSupplied
from otklik.insight.heatmap.models import Supply
from otklik.insight.heatmap.queries import file_of, layer_of
from otklik.insight.heatmap.vocabulary import FileFormat, View
from otklik.language.wording import period_words
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class Supplied:
    supply: Supply
    content: bytes
    media_type: str
    name: str


@transaction.atomic
def supply(
    *,
    access: Access,
    wanted: AppealFilter,
    view: View,
    level: int,
    form: FileFormat,
    receiver: str,
    purpose: str = "",
) -> Supplied:
    """Make the file within the reach of who makes it and note to whom it went (pereslavl:1.1.3).

    Raises Forbidden without the right to analysis, Refused without a receiver.
    """
    access = access.require_any(Permission.ANALYTICS)
    receiver = " ".join(receiver.split())[:300]
    if not receiver:
        raise Refused(
            "Не указано, кому передаются данные.", "Впишите получателя, например «ЦУР области»."
        )
    now = clock.now()
    centre = Municipality.objects.get(pk=access.municipality_id)
    layer = layer_of(access, wanted, view=view, level=level, now=now)
    content, media_type = file_of(layer, wanted, form, centre=centre.name, made_at=now)
    made = Supply.objects.create(
        municipality_id=access.municipality_id,
        receiver=receiver,
        purpose=" ".join(purpose.split())[:300],
        format=form,
        query=wanted.query(),
        rows=len(layer.spots),
        total=layer.total,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        made_at=now,
        author_id=access.account_id,
        author_label=access.actor.label,
    )
    event = MapSupplied(
        subject_id=made.pk,
        to=receiver,
        file_format=form.label,
        period=period_words(wanted.since, wanted.until) if wanted.since and wanted.until else "",
        digest=made.digest,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    name = f"karta-{wanted.since or ''}-{wanted.until or ''}.{form.value}"
    return Supplied(supply=made, content=content, media_type=media_type, name=name)

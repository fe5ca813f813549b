"""A cut told in words and numbers: for files, for freezing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.cutting import before_filter, cut
from otklik.insight.cuts.queries.labels import labels_of
from otklik.insight.cuts.rules import Printed, Request, View, printed, sheet_of
from otklik.insight.cuts.rules.indicators import BY_MEASURE
from otklik.insight.cuts.rules.links import NOT_SET
from otklik.insight.cuts.rules.wording import FLAGS, name_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.language.wording import period_words

_NUMBERED = (
    Dimension.TOPIC, Dimension.BODY, Dimension.BLOCK, Dimension.ADDRESSEE, Dimension.SETTLEMENT,
    Dimension.DISTRICT, Dimension.SCORE, Dimension.WEEKDAY,
)  # fmt: skip


def printed_cut(access: Access, view: View, *, now: datetime, name: str = "") -> Printed:
    """The cut counted now with this right, as it is printed. Raises what `cut` raises."""
    found = cut(access, view.request, now=now)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    return printed(
        sheet_of(found, view),
        name=name or name_of(view),
        about=_about(access, view, now.astimezone(zone)),
        method=[
            f"{item.name} ({item.unit}): {item.formula}"
            for item in (BY_MEASURE[one] for one in view.measures)
        ],
    )


def conditions_of(access: Access, request: Request) -> list[str]:
    """The conditions of a cut in words: «канал: ПОС», «просрочено»."""
    said = []
    pairs = request.filter.without("since").without("until").pairs()
    also = {str(side): key for side, key in request.also}
    for name, value in {**pairs, **also}.items():
        if name in FLAGS:
            said.append(FLAGS[name])
        elif name in Dimension.values:
            said.append(_said(Dimension(name), value, access.municipality_id))
        else:
            said.append(f"{name}: {value}")
    return said


def _said(side: Dimension, value: str, municipality_id: int) -> str:
    key: int | str | None = None if value == NOT_SET else value
    if key is not None and side in _NUMBERED:
        key = int(value)
    return f"{side.label}: {labels_of(side, [key], municipality_id)[key]}"


def _about(access: Access, view: View, now: datetime) -> Sequence[str]:
    asked = view.request
    since, until = asked.filter.since, asked.filter.until
    lines = [f"Посчитано {now:%d.%m.%Y в %H:%M}, считаются {asked.counted.label}."]
    if since and until:
        lines.insert(0, f"Период поступления: {period_words(since, until)}.")
    conditions = conditions_of(access, asked)
    lines.append(f"Отбор: {'; '.join(conditions)}." if conditions else "Отбор: все.")
    before = before_filter(asked.filter, asked.against)
    if before is not None and before.since and before.until:
        lines.append(f"Период сравнения: {period_words(before.since, before.until)}.")
    if view.share:
        lines.append(f"Числа показаны {view.share.label}.")
    return lines

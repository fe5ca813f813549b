"""The only writers of the gazetteer."""

from __future__ import annotations

from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.territory.models import Settlement


def ensure_settlement(
    *, municipality: Municipality, name: str, kind: str, body: Body | None = None, order: int = 0
) -> tuple[Settlement, bool]:
    """The settlement of this name and kind, and whether it was created now.

    An existing one is left as people have it. The caller's action records the news.
    """
    return Settlement.objects.get_or_create(
        municipality=municipality,
        name=name,
        kind=kind,
        defaults={"territorial_body": body, "order": order},
    )

"""The small «?» beside a number: what it means."""

from __future__ import annotations

from uuid import uuid4

from django.utils.safestring import SafeString

from otklik.web.look.catalogue import by_slug
from otklik.web.look.library import part, register


@register.simple_tag
def indicator(slug: str, link: bool = True) -> SafeString:
    """A button that opens the entry of the catalogue in place, by the browser's own means.

    `link=False` leaves out the way to the whole catalogue, where the reader may not open it.
    Raises KeyError for a slug no room has: a number without its meaning is a mistake of the page.
    """
    return part("indicator", item=by_slug()[slug], link=link, id=f"i-{slug}-{uuid4().hex[:8]}")

"""A long list of choices drawn at once: Django renders a template for every option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from otklik.web.look.library import register


def control(bound: BoundField, attributes: dict[str, Any]) -> SafeString:
    """The control of a field; of a plain select the same markup in a tenth of the time."""
    widget = bound.field.widget
    plain = type(widget) is forms.Select and widget.template_name == forms.Select.template_name
    return _select(bound, widget, attributes) if plain else bound.as_widget(attrs=attributes)


@register.simple_tag
def options(
    rows: Iterable[Any], chosen: Any = None, shorten: int = 0, barred: Any = None, why: str = ""
) -> SafeString:
    """`<option>` of every record: its key and its name; of pairs, the key and the label.

    A pair of a title and a list of such stands as a group. shorten: signs of a name at most.
    barred: the key of one that cannot be chosen, `why` stands behind its name.
    """
    marks = {str(barred): (" disabled", escape(f" {why}" if why else ""))} if barred else {}
    if chosen not in (None, ""):
        marks[str(chosen)] = (" selected", "")
    return SafeString("".join(_drawn(rows, shorten, marks)))


def _drawn(rows: Iterable[Any], shorten: int, marks: dict[str, tuple[str, str]]) -> Iterator[str]:
    for row in rows:
        key, name = row if isinstance(row, list | tuple) else (row.pk, row)
        if isinstance(name, list | tuple):
            inside = "".join(_drawn(name, shorten, marks))
            yield f'<optgroup label="{conditional_escape(key)}">{inside}</optgroup>'
            continue
        if not isinstance(name, SafeString):
            name = str(name)
            name = escape(f"{name[: shorten - 1]}…" if 0 < shorten < len(name) else name)
        value = "" if key is None else str(key)
        mark, more = marks.get(value, ("", ""))
        shown = value if isinstance(key, int) else escape(value)
        yield f'<option value="{shown}"{mark}>{name}{more}</option>'


def _select(bound: BoundField, widget: forms.Select, attributes: dict[str, Any]) -> SafeString:
    own = bound.build_widget_attrs(dict(attributes), widget)
    if bound.auto_id and "id" not in widget.attrs:
        own.setdefault("id", bound.auto_id)
    given = widget.build_attrs(widget.attrs, own)
    chosen = widget.format_value(bound.value())
    parts = [f'<select name="{conditional_escape(bound.html_name)}"{flatatt(given)}>']
    marks = {chosen[0]: (" selected", "")} if chosen else {}
    parts += _drawn(widget.choices, 0, marks)
    parts.append("</select>")
    return SafeString("".join(parts))

"""A long list of choices drawn at once: Django renders a template for every option."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def control(bound: BoundField, attributes: dict[str, Any]) -> SafeString:
    """The control of a field; of a plain select the same markup in a tenth of the time."""
    widget = bound.field.widget
    plain = type(widget) is forms.Select and widget.template_name == forms.Select.template_name
    return _select(bound, widget, attributes) if plain else bound.as_widget(attrs=attributes)


def _select(bound: BoundField, widget: forms.Select, attributes: dict[str, Any]) -> SafeString:
    own = bound.build_widget_attrs(dict(attributes), widget)
    if bound.auto_id and "id" not in widget.attrs:
        own.setdefault("id", bound.auto_id)
    given = widget.build_attrs(widget.attrs, own)
    name = bound.html_name
    chosen = widget.format_value(bound.value())
    parts = [f'<select name="{conditional_escape(name)}"{flatatt(given)}>']
    for title, options, _ in widget.optgroups(name, chosen, given):
        inside = "".join(_option(option) for option in options)
        if title:
            inside = f'<optgroup label="{conditional_escape(title)}">{inside}</optgroup>'
        parts.append(inside)
    parts.append("</select>")
    return SafeString("".join(parts))


def _option(option: dict[str, Any]) -> str:
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{value}"{attributes}>{label}</option>'

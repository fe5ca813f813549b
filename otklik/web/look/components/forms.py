"""Form components over Django's bound fields: label tied to input, hint, error, required mark."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from otklik.web.look.components.selects import control
from otklik.web.look.library import part, register

CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
)
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    draft_url: str = "",
    compact: bool = False,
    placeholder: str = "",
    rows: int = 0,
    autocomplete: str = "",
) -> SafeString:
    """A whole field. draft_url: the textarea's text is kept by the server as it is typed.

    compact: small, for filter bars (no required mark). Hidden fields render bare.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(str(bound))
    attributes = control_attributes(bound, hint=hint, compact=compact)
    extra = {
        "data-draft-url": draft_url,
        "placeholder": placeholder,
        "rows": rows,
        "autocomplete": autocomplete,
    }
    attributes.update({name: value for name, value in extra.items() if value})
    return part(
        "field",
        field=bound,
        control=control(bound, attributes),
        label=label or bound.label,
        hint=hint or bound.help_text,
        group=isinstance(widget, GROUPS),
        check=isinstance(widget, forms.CheckboxInput),
        compact=compact,
        draft=bool(draft_url),
        required=bound.field.required and not compact,
    )


def control_attributes(bound: BoundField, *, hint: str, compact: bool) -> dict[str, Any]:
    """Classes and ARIA of the control; ids match those in parts/field.html."""
    widget = bound.field.widget
    css = next((css for kind, css in CONTROL_CLASSES if isinstance(widget, kind)), "form-control")
    own = widget.attrs.get("class", "")
    invalid = "is-invalid" if bound.errors else ""
    described = [f"{bound.auto_id}_helptext" if hint or bound.help_text else ""]
    described.append(f"{bound.auto_id}_error" if bound.errors else "")
    attributes: dict[str, Any] = {
        "class": " ".join(
            filter(
                None,
                [
                    css,
                    own,
                    invalid,
                    f"{css}-sm" if compact and css != "form-check-input" and css else "",
                ],
            )
        )
    }
    if not isinstance(widget, GROUPS) and any(described):
        attributes["aria-describedby"] = " ".join(filter(None, described))
    return attributes


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """Every visible field of a form in order, after its hidden ones."""
    return part("fields", form=form)


@register.simple_tag
def error_summary(
    form: forms.BaseForm, title: str = "Исправьте ошибки, чтобы продолжить"
) -> SafeString:
    """What is wrong in the whole form, each line a link to its field; empty when all is right."""
    rows = [(bound.auto_id, bound.label, bound.errors) for bound in form if bound.errors]
    return part("error_summary", rows=rows, common=form.non_field_errors(), title=title)


@register.simple_tag
def place_picker(
    lat: BoundField, lon: BoundField, data: dict[str, Any], label: str = "Место на карте"
) -> SafeString:
    """Map whose click fills two fields; without scripts only the fields are shown.

    data: as for the map tag (center, zoom, base); lat, lon: number fields in degrees.
    """
    return part(
        "place_picker", lat=lat, lon=lon, data=data, label=label, data_id=f"{lat.auto_id}_map"
    )


@register.simple_tag
def file_input(bound: BoundField, hint: str = "") -> SafeString:
    """File field with a list of chosen names and sizes (the list is an enhancement)."""
    return part("file_input", field=bound, hint=hint or bound.help_text)

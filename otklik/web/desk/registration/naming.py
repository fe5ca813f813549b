"""A thing named by typing: a topic or a body found by any part of its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

SHOWN = 5


class NamedField(forms.CharField):
    """Text with a list of names (`list_id`); cleaned to the id of the only one that fits."""

    def __init__(self, *, list_id: str, nothing: str, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=400, **kwargs)
        self.names: Mapping[str, int] = {}
        self.nothing = nothing
        self.widget.attrs.update({"list": list_id, "autocomplete": "off", "data-complete": ""})

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        fitting = fitting_names(text, self.names)
        if len(fitting) == 1:
            return self.names[fitting[0]]
        if not fitting:
            raise forms.ValidationError(self.nothing)
        shown = "», «".join(fitting[:SHOWN])
        more = " и другие" if len(fitting) > SHOWN else ""
        raise forms.ValidationError(f"Подходит несколько: «{shown}»{more}. Допишите название.")


def fitting_names(text: str, names: Mapping[str, int]) -> list[str]:
    """The exact name, else names beginning with the text, else names that contain it."""
    wanted = _plain(text)
    plain = {name: _plain(name) for name in names}
    for fits in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: wanted in name,
    ):
        found = [name for name, shape in plain.items() if fits(shape)]
        if found:
            return found
    return []


def unique_names(rows: list[tuple[int, str, str]]) -> dict[str, int]:
    """(id, name, where it belongs) → names that differ; equal ones say where they belong."""
    found: dict[str, int] = {}
    for pk, name, where in rows:
        found[name if name not in found else f"{name} ({where}, {pk})"] = pk
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())

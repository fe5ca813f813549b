"""A select drawn at once is the select Django draws."""

from __future__ import annotations

import re

import pytest
from django import forms

from otklik.web.look.components.forms import control_attributes
from otklik.web.look.components.selects import control, options


class Asked(forms.Form):
    plain = forms.ChoiceField(
        label="Канал", choices=[("", "любое"), ("a", "«А» & <Б>"), ("b", "Б")], required=False
    )
    needed = forms.ChoiceField(label="Тема", choices=[(1, "Ямы"), (2, "Снег")], help_text="одна")
    grouped = forms.TypedChoiceField(
        label="Место", choices=[("Север", [(1, "Бор"), (2, "Луг")]), ("", "нет")], required=False
    )
    marked = forms.ChoiceField(
        choices=[("x", "икс")], widget=forms.Select(attrs={"id": "own", "data-live": True})
    )
    many = forms.MultipleChoiceField(choices=[("a", "А"), ("b", "Б")], required=False)


@pytest.mark.parametrize("data", [None, {}, {"plain": "a", "needed": "2", "grouped": "1"}])
def test_same_markup(data: dict[str, str] | None) -> None:
    form = Asked(data) if data is not None else Asked(initial={"needed": 1, "plain": "b"})
    for bound in form:
        attributes = control_attributes(bound, hint="", compact=True)
        assert _squeezed(control(bound, attributes)) == _squeezed(bound.as_widget(attrs=attributes))


def _squeezed(html: str) -> list[str]:
    """Tags and texts; attributes in any order, white space between tags left out."""
    pieces = re.findall(r"<[^>]+>|[^<]+", html)
    return [" ".join(sorted(one.strip("<> ").split())) for one in pieces if one.strip()]


def test_options_of_records_pairs_and_groups() -> None:
    class Record:
        pk = 7

        def __str__(self) -> str:
            return "Отдел «Дороги» & К"

    drawn = str(options([Record(), (8, "<Вода>")], chosen="8", barred=7, why="(на него жалоба)"))
    assert drawn == (
        '<option value="7" disabled>Отдел «Дороги» &amp; К (на него жалоба)</option>'
        '<option value="8" selected>&lt;Вода&gt;</option>'
    )
    grouped = str(options([("Дом & двор", [(1, "Крыша течёт")]), ("", [])], chosen=1, shorten=7))
    assert grouped == (
        '<optgroup label="Дом &amp; двор"><option value="1" selected>Крыша …</option></optgroup>'
        '<optgroup label=""></optgroup>'
    )
    assert str(options([(0, "ноль"), (None, "нет")])) == (
        '<option value="0">ноль</option><option value="">нет</option>'
    )

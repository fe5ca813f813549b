"""The «?» beside a number and the catalogue it opens."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template

from otklik.insight.facts.rules import DateBasis
from otklik.web.look.catalogue import by_slug, catalogue


def shown(source: str) -> str:
    return Template("{% load look %}" + source).render(Context()).replace("\u00a0", " ")


def test_every_entry_of_every_room_is_told_in_full_and_once() -> None:
    entries = [one for room in catalogue().values() for one in room]
    assert {"received", "overdue", "score"} <= by_slug().keys()
    assert len(entries) == len(by_slug()), "two rooms share a slug"
    for one in entries:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", one.slug), one
        assert one.name.strip()
        assert len(one.formula) > 20, one.slug
        assert one.unit.strip(), one.slug
        assert one.source.strip(), one.slug
        assert one.basis in DateBasis
        assert one.minimum >= 1


def test_the_question_mark_opens_its_words_without_scripts() -> None:
    html = shown("{% indicator 'score' %}{% indicator 'score' %}")
    buttons = re.findall(r'<button type="button"[^>]*popovertarget="([^"]+)"[^>]*>', html)
    boxes = re.findall(r'<span class="indicator-body" id="([^"]+)" popover', html)
    assert buttons == boxes
    assert len(set(boxes)) == 2
    assert 'aria-label="Что значит «Средняя оценка»"' in html
    for words in ("Сумма оценок", "балл", "по дню поступления", "Наименьшая выборка", "методика"):
        assert words in html, words
    assert "/desk/indicators/#score" in html
    assert "onclick" not in html
    assert "style=" not in html
    assert "/desk/" not in shown("{% indicator 'score' link=False %}")


def test_a_column_of_a_table_may_carry_its_meaning() -> None:
    html = Template("{% load look %}{% table columns=c %}<tr><td>1</td></tr>{% endtable %}").render(
        Context({"c": [{"label": "Просрочено", "indicator": "overdue"}]})
    )
    assert "Что значит «Просрочено»" in html


def test_a_number_without_a_meaning_is_a_mistake_of_the_page() -> None:
    with pytest.raises(KeyError):
        shown("{% indicator 'no-such-number' %}")

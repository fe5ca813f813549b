"""The page of the catalogue: an anchor for every number, for those who may analyse."""

from __future__ import annotations

from html import unescape

from otklik.web.desk.tests.conftest import Centre
from otklik.web.look.catalogue import by_slug

PAGE = "/desk/indicators/"


def test_every_indicator_stands_in_the_catalogue(centre: Centre) -> None:
    answer = centre.head.client.get(PAGE)
    shown = unescape(answer.content.decode()).replace("\u00a0", " ")
    for slug, item in by_slug().items():
        assert shown.count(f'id="{slug}"') == 1
        assert item.unit in shown
    assert centre.operator.client.get(PAGE).status_code == 403


def test_the_summary_says_what_its_number_means(centre: Centre) -> None:
    shown = centre.head.client.get("/desk/summary/?measure=overdue").content.decode()
    assert "Что значит «Просрочено»" in shown

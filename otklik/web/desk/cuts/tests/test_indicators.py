"""The page of the catalogue: an anchor for every number, for those who may analyse."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from otklik.directory.organisation.actions import keep_legal_act
from otklik.directory.organisation.vocabulary import ActLevel
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.look.catalogue import by_slug

PAGE = "/desk/indicators/"


def test_every_indicator_stands_in_the_catalogue(centre: Centre) -> None:
    answer = centre.head.client.get(PAGE)
    shown = unescape(answer.content.decode()).replace("\u00a0", " ")
    for slug, item in by_slug().items():
        assert shown.count(f'id="{slug}"') == 1
        assert item.unit in shown
    assert centre.operator.client.get(PAGE).status_code == 403


@pytest.mark.clause("tuapse:4.3.3")
def test_the_procedure_of_analysis_is_kept_as_an_approved_document(
    centre: Centre, keeper: Person
) -> None:
    act = keep_legal_act(
        access=keeper.access,
        level=ActLevel.MUNICIPAL,
        title="Регламент информационно-аналитического обеспечения центра",
        number="14-р",
        issued_on=date(2026, 1, 15),
        issuer="Глава округа",
        in_force_from=date(2026, 1, 20),
        file=("reglament.pdf", b"%PDF-1.4 text"),
    )
    shown = unescape(centre.head.client.get(PAGE).content.decode())
    assert str(act) in shown
    assert "Глава округа" in shown
    library = keeper.client.get(f"/desk/settings/library/{act.pk}/")
    assert "reglament.pdf" in unescape(library.content.decode())


def test_the_summary_says_what_its_number_means(centre: Centre) -> None:
    shown = centre.head.client.get("/desk/summary/?measure=overdue").content.decode()
    assert "Что значит «Просрочено»" in shown

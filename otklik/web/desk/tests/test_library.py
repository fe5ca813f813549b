"""The library of acts: who issued an act, in which edition, and while it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.directory.organisation.models import LegalAct
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.settings_pages import ROOT, text

pytestmark = pytest.mark.django_db
ACT = {
    "level": "regional", "title": "Закон о дополнительных гарантиях", "number": "8-ОЗ",
    "issued_on": "2020-03-01", "issuer": "Законодательное собрание", "edition": "от 10.02.2024",
    "in_force_from": "2020-04-01",
}  # fmt: skip


def test_an_act_out_of_force_says_so_from_the_day_after(centre: Centre, keeper: Person) -> None:
    last = clock.today() + timedelta(days=10)
    answer = keeper.client.post(f"{ROOT}/library/", {**ACT, "in_force_until": last.isoformat()})
    assert answer.status_code == 302
    shown = text(centre.executor, "library")
    for words in ("Законодательное собрание", "редакция от 10.02.2024", "действует с 01.04.2020"):
        assert words in shown
    assert "не действует" not in shown
    act = LegalAct.objects.get()
    assert (act.in_force(last), act.in_force(last + timedelta(days=1))) == (True, False)
    LegalAct.objects.update(in_force_until=clock.today() - timedelta(days=1))
    assert "не действует" in text(centre.executor, "library")


def test_an_act_cannot_end_before_it_begins(centre: Centre, keeper: Person) -> None:
    page = keeper.client.post(f"{ROOT}/library/", {**ACT, "in_force_until": "2019-01-01"})
    assert "раньше, чем начинает" in page.content.decode()
    assert not LegalAct.objects.exists()

"""The centre asks any body or organisation for materials: term, reminders, log of answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.actions import remind_overdue
from otklik.casework.teamwork.models import InfoRequest
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, make_person

TUESDAY = datetime.fromisoformat("2025-03-04T11:00:00+03:00")
FRIDAY = datetime.fromisoformat("2025-03-07T09:10:00+03:00")


@pytest.mark.clause("novoduginsky:4.2")
def test_a_body_and_an_outside_organisation_are_asked_reminded_and_heard(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    place = centre.municipality
    ChannelAccount.objects.create(
        municipality=place, kind="email", title="Почта", settings={"address": "mcu@zaozersk.test"}
    )
    plumber = make_person(place, "Водяной Олег Ильич", EXECUTOR, centre.water)
    client = centre.operator.client
    with clock.frozen(TUESDAY):
        case = file_appeal("Почему в округе растут аварии на сетях")
        url = reverse("desk:team_inquiry", args=[case.pk])
        due = {"kind": "information", "due_on": date(2025, 3, 6)}
        client.post(url, {**due, "body": centre.water.pk, "text": "Дайте сводку аварий за год"})
        client.post(url, {**due, "email": "sety@kray.test", "text": "Дайте схему сетей округа"})
        late = client.post(url, {**due, "due_on": "", "email": "a@b.test", "text": "Дайте"})
        assert late.status_code == 302
    assert InfoRequest.objects.count() == 2, "no request without a term"
    letter = OutboundMessage.objects.get(recipient="sety@kray.test")
    assert "06.03.2025" in letter.text
    assert Notice.objects.filter(account=plumber.account, kind="asked").exists()
    with clock.frozen(FRIDAY):
        assert remind_overdue(municipality_id=place.pk) == 2
        assert remind_overdue(municipality_id=place.pk) == 0
        assert OutboundMessage.objects.filter(recipient="sety@kray.test").count() == 2
        assert Notice.objects.filter(account=plumber.account, kind="overdue").exists()
        ours = InfoRequest.objects.get(body=centre.water)
        plumber.client.post(reverse("desk:request", args=[ours.pk]), {"text": "Сводка: 41 авария"})
        again = OutboundMessage.objects.filter(recipient="sety@kray.test").latest("pk")
        link = re.search(r"/a/requests/[\w-]+/", again.text)
        assert link
        assert Client().post(link.group(), {"text": "Схема передана курьером"}).status_code == 302
        card = client.get(f"/desk/appeals/{case.pk}/").content.decode()
    for words in ("Сводка: 41 авария", "Схема передана курьером", "sety@kray.test", "Водоканал"):
        assert words in card, words
    names = list(story_of(case.pk).values_list("name", flat=True))
    assert names.count("RequestReminded") == 2

"""Each electronic appeal keeps whom it was written to."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Door
from otklik.casework.intake.actions import take_message
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import BodyKind
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person

pytestmark = pytest.mark.django_db
PAGE = "/desk/settings/addressees/"


@pytest.fixture(autouse=True)
def fresh(db: None) -> None:
    cache.clear()


@pytest.fixture
def mailbox(centre: Centre) -> ChannelAccount:
    return ChannelAccount.objects.create(
        municipality=centre.municipality, kind="email", title="Почта округа"
    )


@pytest.fixture
def mayor(centre: Centre) -> Body:
    return Body.objects.create(
        municipality=centre.municipality, name="Глава округа Полянин О. И.", kind=BodyKind.OFFICIAL
    )


def wrote(account: ChannelAccount, text: str, to: str = "", kind: str = "letter") -> Appeal:
    message, _ = accept_message(
        account=account, external_id=text, kind=kind, received_at=clock.now(), raw=b"x",
        text=text, sender="ivanova@mail.test", addressee=to,
    )  # fmt: skip
    case = take_message(message_id=message.pk)
    assert case is not None
    return case


def by_form(slug: str, text: str, body: Body | None) -> Appeal:
    citizen = Client()
    page = citizen.get(f"/m/{slug}/new/").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    given = {"text": text, "form_token": token.group(1), "addressee": body.pk if body else ""}
    assert citizen.post(f"/m/{slug}/new/", given).status_code == 302
    return Appeal.objects.get(text=text)


@pytest.mark.clause("ust-kubinsky:3.1.a")
def test_boxes_accounts_and_the_form_keep_whom_the_citizen_wrote_to(
    centre: Centre, setter: Person, mailbox: ChannelAccount, mayor: Body
) -> None:
    """To the administration, an institution, a unitary enterprise and a named official."""
    place = centre.municipality
    office = Body.objects.create(
        municipality=place, name="Администрация округа", kind=BodyKind.ADMINISTRATION
    )
    group = ChannelAccount.objects.create(municipality=place, kind="vk", title="Водоканал ВК")
    setter.client.post(PAGE, {"body": mayor.pk, "box": "Glava@Zaozersk.test"})
    setter.client.post(PAGE, {"body": office.pk, "account": mailbox.pk})
    setter.client.post(PAGE, {"body": centre.water.pk, "account": group.pk})
    page = setter.client.get(PAGE).content.decode()
    assert "glava@zaozersk.test" in page
    assert "Водоканал ВК" in page

    cases = {
        mayor: wrote(mailbox, "Прошу принять меры к пилораме", "glava@zaozersk.test"),
        office: wrote(mailbox, "Нет света на Лесной", "mail@zaozersk.test"),
        centre.roads: wrote(mailbox, "Яма у школы", "roads@zaozersk.test"),
        centre.water: wrote(group, "Третий день без воды", kind="comment"),
    }
    filed = by_form(place.slug, "Просим открыть кабинет врача", mayor)
    for body, case in cases.items():
        assert (case.addressee_body, case.addressee) == (body, body.name)
        card = centre.operator.client.get(f"/desk/appeals/{case.pk}/").content.decode()
        assert f"<dt>Кому</dt><dd>{body.name}</dd>" in card
        listed = centre.operator.client.get("/desk/appeals/", {"addressee": body.pk})
        found = {row["appeal"].pk for row in listed.context["rows"]}
        assert found == {case.pk, *([filed.pk] if body == mayor else [])}
    assert filed.addressee_body == mayor
    assert Entry.objects.filter(name="DoorOpened").count() == 3


def test_the_form_offers_everyone_but_outsiders(centre: Centre, mayor: Body) -> None:
    place = centre.municipality
    far = Body.objects.create(municipality=place, name="Сетевая", kind=BodyKind.EXTERNAL)
    page = Client().get(f"/m/{place.slug}/new/").content.decode()
    for words in ("Должностные лица", mayor.name, "Учреждения", "Предприятия", "Водоканал"):
        assert words in page
    assert f'value="{far.pk}"' not in page
    case = by_form(place.slug, "Нет перехода у рынка", None)
    assert (case.addressee, case.addressee_body) == (place.name, None)
    card = centre.operator.client.get(f"/desk/appeals/{case.pk}/").content.decode()
    assert f"<dt>Кому</dt><dd>{place.name}</dd>" in card


def test_what_nobody_owns_keeps_the_box_or_the_account(
    centre: Centre, mailbox: ChannelAccount
) -> None:
    assert wrote(mailbox, "Первое", "info@zaozersk.test").addressee == "info@zaozersk.test"
    assert wrote(mailbox, "Второе").addressee == "Почта округа"


def test_a_door_has_one_owner_and_may_be_taken_away(
    centre: Centre, setter: Person, mailbox: ChannelAccount
) -> None:
    setter.client.post(PAGE, {"body": centre.water.pk, "box": "a@zaozersk.test"})
    again = setter.client.post(PAGE, {"body": centre.roads.pk, "box": "a@zaozersk.test"})
    assert "Уже закреплено: Водоканал." in again.content.decode()
    both = {"body": centre.roads.pk, "box": "b@zaozersk.test", "account": mailbox.pk}
    assert "Нужно что-то одно." in setter.client.post(PAGE, both).content.decode()
    wrong = setter.client.post(PAGE, {"body": centre.roads.pk, "box": "ящик"})
    assert "не похоже на адрес почты" in wrong.content.decode()
    door = Door.objects.get()
    assert centre.operator.client.post(f"{PAGE}{door.pk}/removal/").status_code == 403
    setter.client.post(f"{PAGE}{door.pk}/removal/")
    assert not Door.objects.exists()


def test_a_person_registers_with_an_addressee(centre: Centre, mayor: Body) -> None:
    card = {
        "q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text": "Прошу о личном приёме",
        "applicant_kind": "citizen", "channel": "paper", "addressee": mayor.pk,
        "name": "Иванова Мария", "postal_address": "Мира, 1",
    }  # fmt: skip
    assert centre.operator.client.post("/desk/appeals/new/", card).status_code == 302
    case = Appeal.objects.get()
    assert (case.addressee, case.addressee_body) == (mayor.name, mayor)

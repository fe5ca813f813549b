"""Settings of the form on other sites and of ПОС on the portal."""

from __future__ import annotations

import pytest
from django.test import Client

from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.channels.models import ChannelAccount
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.settings_pages import plain
from otklik.web.look.tests.counting import counts_of, over

PAGE = "/desk/settings/embedding/"


def test_sites_are_named_and_the_code_is_given(centre: Centre, setter: Person) -> None:
    client = setter.client
    assert "Код для сайта" not in plain(client.get(PAGE).content)
    client.post(
        PAGE, {"sites": "https://Adm.test/\nhttps://школа.рф", "widget_id": "", "oktmo": ""}
    )
    kept = ChannelAccount.objects.get()
    assert (kept.kind, kept.settings["sites"].split()[0]) == ("portal", "https://adm.test")
    page = client.get(PAGE).content.decode()
    assert "/m/zaozersk/widget.js&quot; async" in page
    assert Entry.objects.filter(name="ChannelSetUp").count() == 1
    client.post(PAGE, {"sites": "https://adm.test https://xn--80aa9awci.xn--p1ai"})
    shown = Client().get("/m/zaozersk/widget/")
    assert "https://adm.test" in shown["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"sites": "adm.test"}, "не адрес сайта"),
        ({"sites": "https://adm.test/page"}, "не адрес сайта"),
        ({"sites": "https://*.test"}, "не адрес сайта"),
        ({"widget_id": "12a"}, "только из цифр"),
        ({"oktmo": "123"}, "восемь или одиннадцать"),
    ],
)
def test_a_wrong_value_is_named(setter: Person, form: dict[str, str], said: str) -> None:
    page = setter.client.post(PAGE, form)
    assert said in plain(page.content)
    assert not ChannelAccount.objects.exists()


def test_pos_keeps_its_other_settings(centre: Centre, setter: Person) -> None:
    link = "https://pos.example.test/{number}"
    set_up_account(access=setter.access, kind="pos", title="Наш ПОС", settings={"link": link})
    setter.client.post(PAGE, {"widget_id": "778", "oktmo": "27603000"})
    kept = ChannelAccount.objects.get()
    assert kept.title == "Наш ПОС"
    assert kept.settings == {"link": link, "widget_id": "778", "oktmo": "27603000"}
    assert 'data-id="778"' in Client().get("/m/zaozersk/pos/").content.decode()


def test_only_who_sets_up_opens_it(centre: Centre, setter: Person) -> None:
    assert centre.operator.client.get(PAGE).status_code == 403
    assert "Форма на других сайтах" in setter.client.get("/desk/settings/").content.decode()
    assert over(counts_of(setter.client, {"page": PAGE}), {"page": 9}) == {}

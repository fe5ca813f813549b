"""The form on other sites and ПОС on ours: no cookies, only named sites, one case."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.connectors.portal.settings import sites_in
from otklik.exchange.channels.models import ChannelAccount
from otklik.records.attachments.models import Attachment
from otklik.web.look.tests.counting import counts_of, over

pytestmark = pytest.mark.django_db
PAGE = "/m/zaozersk/widget/"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def centre() -> Municipality:
    cache.clear()
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip


@pytest.fixture
def sites(centre: Municipality) -> ChannelAccount:
    return ChannelAccount.objects.create(
        municipality=centre, kind="portal", title="Сайт",
        settings={"sites": "https://adm.test https://school.test"},
    )  # fmt: skip


def guest() -> Client:
    """A browser that keeps no cookies and checks CSRF as a real one does."""
    return Client(enforce_csrf_checks=True)


def filled(page: str, **more: Any) -> dict[str, Any]:
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    return {"text": "На Садовой у дома 5 яма", "ticket": ticket.group(1), **more}


def test_the_form_opens_only_on_named_sites_and_sets_no_cookie(sites: ChannelAccount) -> None:
    shown = guest().get(PAGE)
    policy = shown["Content-Security-Policy"]
    assert "frame-ancestors https://adm.test https://school.test;" in policy + ";"
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in shown
    assert not shown.cookies
    assert "Set-Cookie" not in shown
    other = guest().get("/m/zaozersk/new/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_without_sites_there_is_no_form(sites: ChannelAccount) -> None:
    ChannelAccount.objects.update(settings={})
    assert guest().get(PAGE).status_code == 404
    ChannelAccount.objects.update(settings={"sites": "https://adm.test"}, enabled=False)
    assert guest().get(PAGE).status_code == 404


def test_a_message_sent_twice_is_one_case_with_a_number_and_a_code(sites: ChannelAccount) -> None:
    client = guest()
    photo = SimpleUploadedFile("яма.png", PNG, "image/png")
    data = filled(client.get(PAGE).content.decode(), photos=[photo], name="Мария")
    done = client.post(PAGE, data, headers={"Origin": "http://testserver"})
    assert done.status_code == 200
    assert not done.cookies
    again = client.post(PAGE, {**data, "photos": []}).content.decode()
    case = Appeal.objects.get()
    assert (case.regime, case.channel) == (Regime.PORTAL, Channel.PORTAL)
    assert case.number in done.content.decode()
    code = re.search(r"[А-Я0-9]{5}-[А-Я0-9]{5}", again)
    assert code
    assert Attachment.objects.filter(subject="appeal", subject_id=case.pk).count() == 1
    followed = client.__class__()
    answer = followed.post("/follow/", {"number": case.number, "code": code.group(0)})
    assert answer.status_code == 302
    assert case.number in followed.get("/follow/case/").content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_another_site_cannot_send_the_form(sites: ChannelAccount, headers: dict[str, str]) -> None:
    client = guest()
    refused = client.post(PAGE, filled(client.get(PAGE).content.decode()), headers=headers)
    assert refused.status_code == 422
    assert "не с нашей страницы" in refused.content.decode()
    assert not Appeal.objects.exists()


def test_tickets_are_signed_belong_to_a_centre_and_grow_old(
    sites: ChannelAccount, centre: Municipality
) -> None:
    client = guest()
    data = filled(client.get(PAGE).content.decode())
    forged = client.post(PAGE, {**data, "ticket": "1.abc:xyz:sign"})
    assert "слишком давно" in forged.content.decode()
    assert data["text"] in forged.content.decode()
    centre.pk, centre.slug = None, "drugoy"
    centre.name = centre.short_name = "Другой округ"
    centre._state.adding = True
    centre.save()
    ChannelAccount.objects.create(municipality=centre, kind="portal", title="Сайт",
                                  settings={"sites": "https://adm.test"})  # fmt: skip
    moved = client.post("/m/drugoy/widget/", data)
    assert "другого муниципалитета" in moved.content.decode()
    assert not Appeal.objects.exists()
    renewed = filled(forged.content.decode())
    assert client.post(PAGE, renewed).status_code == 200


def test_robots_and_floods_are_stopped(sites: ChannelAccount) -> None:
    client = guest()
    page = client.get(PAGE).content.decode()
    robot = client.post(PAGE, filled(page, website="spam"))
    assert robot.status_code == 422
    empty = client.post(PAGE, filled(page, text=""))
    assert "Опишите вопрос" in empty.content.decode()
    for _ in range(20):
        assert client.post(PAGE, filled(client.get(PAGE).content.decode())).status_code == 200
    late = client.post(PAGE, filled(client.get(PAGE).content.decode()))
    assert late.status_code == 422
    assert "Слишком много попыток" in late.content.decode()
    assert Appeal.objects.count() == 20


def test_the_snippet_puts_a_frame_on_the_page() -> None:
    given = guest().get("/m/zaozersk/widget.js")
    assert given["Content-Type"].startswith("text/javascript")
    assert "max-age" in given["Cache-Control"]
    assert 'new URL("widget/", script.src)' in given.content.decode()
    assert not given.cookies


@pytest.mark.parametrize(
    ("settings", "there", "missing"),
    [
        ({"widget_id": "12345"}, 'data-id="12345"', "municipality_id"),
        ({"oktmo": "27603000"}, "municipality_id=27603000", "data-id"),
    ],
)
def test_pos_stands_on_the_portal_only_when_it_is_set_up(
    centre: Municipality, settings: dict[str, str], there: str, missing: str
) -> None:
    page = "/m/zaozersk/pos/"
    assert guest().get(page).status_code == 404
    home = guest().get("/m/zaozersk/")
    assert "Решаем вместе" not in home.content.decode()
    ChannelAccount.objects.create(municipality=centre, kind="pos", title="ПОС", settings=settings)
    shown = guest().get(page)
    text = shown.content.decode()
    assert there in text
    assert missing not in text
    policy = shown["Content-Security-Policy"]
    assert "frame-src 'self' https://pos.gosuslugi.ru" in policy
    if "widget_id" in settings:
        assert 'src="https://pos.gosuslugi.ru/bin/script.min.js"' in text
        assert 'id="js-show-iframe-wrapper"' in text
        assert "pos-banner-btn_2" in text
        assert "opaId=12345&amp;fz59=false" in text
    home = guest().get("/m/zaozersk/")
    assert "Решаем вместе" in home.content.decode()
    assert "gosuslugi" not in home["Content-Security-Policy"]


def test_pages_ask_little(sites: ChannelAccount, centre: Municipality) -> None:
    ChannelAccount.objects.create(municipality=centre, kind="pos", title="ПОС",
                                  settings={"widget_id": "1"})  # fmt: skip
    limits = {"portal:widget": 5, "portal:widget-script": 0, "portal:pos": 2}
    urls = dict(zip(limits, (PAGE, "/m/zaozersk/widget.js", "/m/zaozersk/pos/"), strict=True))
    assert over(counts_of(guest(), urls), limits) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://adm.ru/", ["https://adm.ru"]),
        (
            "https://Adm.ru, https://adm.ru\nhttps://x.ru:8443",
            ["https://adm.ru", "https://x.ru:8443"],
        ),
        ("https://заозёрск.рф", ["https://xn--80affkjj5bg6b2b.xn--p1ai"]),
        ("", []),
    ],
)
def test_sites_are_kept_as_browsers_name_them(text: str, found: list[str]) -> None:
    assert [one.split("--")[0] for one in sites_in(text)] == [one.split("--")[0] for one in found]


@given(st.text(alphabet="htps:/ *.;'\"абв-_%@?#\\\n", max_size=40))
def test_nothing_but_origins_gets_into_the_policy(text: str) -> None:
    try:
        found = sites_in(text)
    except ValueError:
        return
    for one in found:
        assert re.fullmatch(r"https://[a-z0-9.-]+(?::\d{2,5})?", one)


def test_a_ticket_lasts_a_day(sites: ChannelAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    client = guest()
    data = filled(client.get(PAGE).content.decode())
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 25 * 3600)
    late = client.post(PAGE, data)
    assert "слишком давно" in late.content.decode()
    assert client.post(PAGE, filled(late.content.decode())).status_code == 200
    assert Appeal.objects.count() == 1

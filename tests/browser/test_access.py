"""Pages for everybody: no serious axe violation, and a form that needs no scripts."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, Page, expect

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Municipality
from otklik.web.look.tests.counting import views_of
from tests.browser.driving import aside, send, serious
from tests.browser.test_story import file_appeal, sign_in
from tests.peers.mail import MailServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = (
    "/", "/m/zaozersk/", "/m/zaozersk/map/", "/m/zaozersk/new/", "/follow/", "/privacy/",
    "/accessibility/", "/accounts/login/", "/accounts/password/reset/", "/a/nothing/",
)  # fmt: skip
ASKED = ("/desk/appeals/?overdue=1&q=яма", "/desk/settings/calendar/?day=2026-03-04")


def desk_pages() -> list[str]:
    """Every address of the desk that needs no number of a case, as the program resolves them."""
    found = set()
    for name in views_of("otklik.web.desk"):
        with suppress(NoReverseMatch):
            found.add(reverse(name))
    return [*sorted(found), *ASKED]


WIDTHS = (1440, 390)


def faults(page: Page) -> dict[int, list[str]]:
    """Serious violations of the page as it stands, on a desk and on a phone."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = serious(page)
    return {width: told for width, told in found.items() if told}


def opens(page: Page, path: str) -> bool:
    """Whether the address is a page, which then stands open; a file, a refusal or a part of a page
    is not one."""
    answer = page.request.get(path)
    assert answer.status < 500, path
    if answer.status != 200 or "<html" not in answer.text():
        return False
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(path)
    return True


def test_no_page_has_a_serious_violation(
    chromium: Browser, live_server: Any, town: Municipality, mail_server: MailServer
) -> None:
    base = live_server.url
    page = chromium.new_page(base_url=base, bypass_csp=True)
    file_appeal(page, mail_server.user("petrova"))
    found = {"receipt": faults(page)}
    for path in OPEN:
        page.goto(path)
        found[path] = faults(page)
    desk = sign_in(chromium, base, "keeper")
    for cookie in desk.context.cookies():
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": base}])
    case = aside(lambda: Appeal.objects.get().pk)
    for path in (*desk_pages(), f"/desk/appeals/{case}/"):
        if opens(page, path):
            found[path] = faults(page)
    assert len(found) > 100, "the desk has more pages than that"
    assert {path: told for path, told in found.items() if told} == {}


def test_form_needs_no_scripts(chromium: Browser, live_server: Any, town: Municipality) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/m/zaozersk/new/")
    page.get_by_label("Что случилось").fill("Не горит фонарь у школы на улице Лесной")
    page.locator("input[type=file]").set_input_files(
        {"name": "фонарь.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 50}
    )
    send(page.get_by_role("button", name="Отправить"))
    text = page.content()
    number = re.search(r"С-\d+/\d\d", text)
    code = re.search(r"[А-Я0-9]{5}-[А-Я0-9]{5}", text)
    assert number
    assert code
    page.goto("/follow/")
    page.get_by_label("Номер").fill(number.group(0))
    page.get_by_label("Код").fill(code.group(0))
    send(page.get_by_role("button", name="Показать"))
    expect(page.get_by_text("Не горит фонарь у школы")).to_be_visible()


def test_desk_is_driven_by_keys(
    chromium: Browser, live_server: Any, town: Municipality, mail_server: MailServer
) -> None:
    page = sign_in(chromium, live_server.url, "operator")
    file_appeal(chromium.new_page(base_url=live_server.url), mail_server.user("sokolova"))
    page.keyboard.press("o")
    page.wait_for_url("**/desk/appeals/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/appeals/\d+/"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()

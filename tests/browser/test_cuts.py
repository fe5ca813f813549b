"""The builder of summary tables by keyboard alone, without violations, on a phone too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.models import SavedCut
from otklik.insight.facts.actions import rebuild
from tests.browser.driving import aside, serious
from tests.browser.test_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGIMES = {Channel.POS: Regime.POS, Channel.INCIDENT: Regime.INCIDENT}
MOST_STEPS = 200


def write_in(town: Municipality, count: int) -> int:
    access, topic = Access.system(town.pk), Topic.objects.get()
    for n in range(count):
        channel = list(REGIMES)[n % 2]
        new = NewAppeal(
            regime=REGIMES[channel],
            channel=channel,
            text=f"На Садовой яма, случай {n}",
            topic_id=topic.pk if n % 3 else None,
            received_at=clock.now(),
            applicant=NewApplicant(name="Иванова Мария Петровна", phone="+7 900 000-11-22"),
        )
        take(access=access, new=new)
    return rebuild(municipality_id=town.pk)


def reach(page: Page, wanted: str) -> None:
    """Press Tab until the focus stands where the expression says."""
    for _ in range(MOST_STEPS):
        if page.evaluate(f"(() => {{ const at = document.activeElement; return {wanted}; }})()"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach: {wanted}")


def named(name: str) -> str:
    return f"at.name === '{name}'"


def said(words: str, tag: str = "BUTTON") -> str:
    return f"at.tagName === '{tag}' && at.textContent.includes('{words}')"


def pick(page: Page, name: str, value: str) -> None:
    """Choose an option as the keyboard does: arrow by arrow."""
    reach(page, named(name))
    for _ in range(MOST_STEPS):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"no such choice: {value}")


def flows(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_a_cut_is_built_ordered_opened_and_kept_by_keyboard(
    chromium: Browser, live_server: Any, town: Municipality
) -> None:
    aside(lambda: write_in(town, 9))
    page = sign_in(chromium, live_server.url, "keeper")
    page.goto("/desk/summary/")
    pick(page, "rows", "channel")
    pick(page, "columns", "topic")
    pick(page, "picture", "stacked")
    reach(page, "at.tagName === 'SUMMARY' && at.textContent.includes('Показатели рядом')")
    page.keyboard.press("Enter")
    reach(page, "at.name === 'measure' && at.value === 'in_work'")
    page.keyboard.press("Space")
    reach(page, said("Показать"))
    page.keyboard.press("Enter")
    page.wait_for_url("**rows=channel**measure=in_work**")
    reach(page, "at.className.includes('indicator')")
    page.keyboard.press("Enter")
    expect(page.locator(".indicator-body:popover-open")).to_have_count(1)
    expect(page.locator(".indicator-body:popover-open")).to_contain_text("Единица")
    page.keyboard.press("Escape")
    expect(page.locator(".indicator-body:popover-open")).to_have_count(0)
    reach(page, "at.tagName === 'A' && at.closest('th') && at.textContent.includes('Канал')")
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=0**")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    reach(page, named("name"))
    page.keyboard.type("По каналам")
    page.keyboard.press("Enter")
    page.get_by_text("Разрез «По каналам» сохранён").wait_for()
    assert aside(lambda: SavedCut.objects.get().measures) == ["received", "in_work"]
    reach(page, "at.tagName === 'A' && at.closest('td.num') !== null")
    number = int(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/appeals/**")
    expect(page.locator("tr[data-row]")).to_have_count(number)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_builder_breaks_no_rule_and_fits_the_window(
    chromium: Browser, live_server: Any, town: Municipality, width: int
) -> None:
    aside(lambda: write_in(town, 9))
    desk = sign_in(chromium, live_server.url, "keeper")
    page = chromium.new_page(
        base_url=live_server.url, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    for one in desk.context.cookies():
        page.context.add_cookies(
            [{"name": one["name"], "value": one["value"], "url": live_server.url}]
        )
    for query in (
        "rows=channel&columns=topic&measure=received&measure=in_work",
        "rows=day&columns=channel&picture=heat",
        "rows=week&picture=lines&against=year&share=total",
        "rows=day&since=2001-01-01&until=2098-01-01",
    ):
        page.goto(f"/desk/summary/?{query}")
        # A phone shows the numbers first.
        expect(page.locator("[data-filterbar][open]")).to_have_count(int(width > 640))
        assert serious(page) == []
        assert flows(page), query
    page.goto("/desk/indicators/#overdue")
    assert serious(page) == []
    assert flows(page)

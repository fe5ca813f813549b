"""The map in a real browser: by keys alone, by touch, played over time, over a base of one file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from otklik.directory.organisation.models import Municipality
from tests.browser.driving import send, serious
from tests.browser.mapping import drawing, entered, mapped
from tests.browser.pmtiles_writer import write_pmtiles

__all__ = ["drawing", "mapped"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "document.querySelector('[data-heat]')?.dataset.ready === '1'"


def opened(browser: Browser, base: str, address: str = "/desk/map/", **more: Any) -> Page:
    page = entered(browser, base, **more).new_page()
    page.goto(address)
    page.wait_for_function(READY)
    return page


def hears(page: Page, words: str) -> None:
    """A screen reader is told the words."""
    expect(page.locator("[data-heat-said]")).to_contain_text(words)


@pytest.mark.clause("pereslavl:1.1.3")
def test_places_are_chosen_and_opened_by_keys_alone(
    drawing: Browser, live_server: Any, mapped: Municipality
) -> None:
    page = opened(drawing, live_server.url)
    assert serious(page) == []
    page.get_by_role("button", name="Выбрать клавишами").focus()
    page.keyboard.press("Enter")
    hears(page, "деревня Бор: 12 обращений")
    page.keyboard.press("Space")
    hears(page, "Выбрано.")
    page.keyboard.press("ArrowRight")
    hears(page, "деревня Луговое: 6 обращений")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    hears(page, "мест нет")
    assert serious(page) == []
    expect(page.locator("[data-heat-chosen]")).to_contain_text("мест: 2, обращений: 18")
    expect(page.locator("input[name=choose]:checked")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/appeals/\?.*places="))
    expect(page.locator("main")).to_contain_text("18")


@pytest.mark.parametrize("view", ["places", "hexagons", "points"])
def test_time_is_played_from_the_keyboard(
    drawing: Browser, live_server: Any, mapped: Municipality, view: str
) -> None:
    page = opened(drawing, live_server.url, f"/desk/map/?view={view}", reduced_motion="reduce")
    play = page.get_by_role("button", name="Проиграть по времени")
    play.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Остановить").press("Enter")
    slider = page.get_by_role("slider", name="Время")
    slider.focus()
    page.keyboard.press("End")
    last = slider.get_attribute("aria-valuetext") or ""
    assert last.endswith("обращений: 3")
    page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") != last
    assert serious(page) == []
    send(page.get_by_role("link", name="Список", exact=True))
    page.wait_for_url(re.compile(r"/desk/appeals/\?"))
    expect(page.locator("tr[data-row]")).to_have_count(3)


def test_a_place_encircled_by_a_finger_leads_to_its_cases(
    drawing: Browser, live_server: Any, mapped: Municipality
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = opened(drawing, live_server.url, "/desk/map/?view=hexagons", **phone)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    page.get_by_role("button", name="Обвести").tap()
    page.evaluate(
        """() => {
          const box = document.querySelector('[data-map]'), sheet = box.querySelector('.lasso');
          const { left, top } = box.getBoundingClientRect();
          const corners = [[38.9, 58.9], [39.2, 58.9], [39.2, 59.3], [38.9, 59.3]];
          const at = corners.map((one) => box.lookMap.project(one));
          const send = (type, { x, y }) => sheet.dispatchEvent(new PointerEvent(type,
            { clientX: left + x, clientY: top + y, pointerId: 1, bubbles: true }));
          sheet.setPointerCapture = () => {};
          send('pointerdown', at[0]);
          for (const point of at.slice(1)) send('pointermove', point);
          send('pointerup', at.at(-1));
        }"""
    )
    link = page.get_by_role("link", name="Открыть список (12)")
    link.wait_for()
    link.tap()
    page.wait_for_url(re.compile(r"/desk/appeals/\?.*area="))


def test_a_base_of_one_file_is_asked_for_by_pieces(
    drawing: Browser, live_server: Any, mapped: Municipality, settings: Any, tmp_path: Path
) -> None:
    settings.BASE_MAP = write_pmtiles(tmp_path / "base.pmtiles")
    page = entered(drawing, live_server.url).new_page()
    answers: list[tuple[int, str]] = []
    page.on("response", lambda one: answers.append((one.status, one.url)))
    page.goto("/desk/map/")
    page.wait_for_function(READY)
    page.wait_for_function(
        """() => document.querySelector('[data-map]').lookMap
          .queryRenderedFeatures({ layers: ['t-water-water'] }).length > 0"""
    )
    assert {status for status, url in answers if "basemap.pmtiles" in url} == {206}
    assert all(url.startswith((live_server.url, "blob:", "data:")) for _, url in answers)


def test_the_table_needs_no_scripts(
    drawing: Browser, live_server: Any, mapped: Municipality
) -> None:
    page = entered(drawing, live_server.url, java_script_enabled=False).new_page()
    page.goto("/desk/map/")
    expect(page.locator("table tbody tr")).to_have_count(2)
    page.get_by_label("Выбрать: деревня Луговое").check()
    send(page.get_by_role("button", name="Обращения выбранных мест"))
    page.wait_for_url(re.compile(r"/desk/appeals/\?.*places="))
    expect(page.locator("tr[data-row]")).to_have_count(6)

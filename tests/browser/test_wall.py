"""A screen on a wall for an hour: fresh within seconds, and no heavier at the end."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from otklik.directory.organisation.models import Municipality
from otklik.directory.territory.models import Settlement
from otklik.insight.heatmap.models import Screen
from tests.browser.driving import aside, send, serious
from tests.browser.mapping import drawing, entered, file_cases, mapped

__all__ = ["drawing", "mapped"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEP_SECONDS, STEPS, WARM = 30, 120, 20
MB = 1024 * 1024
FIRST = "[data-wall-figures] .wall-figure:nth-child(2) b"


def weight(page: Page, probe: Any) -> dict[str, float]:
    """Memory of scripts, nodes and listeners after the rubbish is out."""
    for _ in range(3):
        probe.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in probe.send("Performance.getMetrics")["metrics"]}
    return {name: found[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}


def test_an_hour_of_events_leaves_the_screen_fresh_and_light(
    drawing: Browser, live_server: Any, mapped: Municipality
) -> None:
    page = entered(drawing, live_server.url, viewport={"width": 1280, "height": 720}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.install()
    page.goto("/desk/map/wall/")
    village = aside(lambda: Settlement.objects.order_by("lon")[0])
    page.locator(FIRST).get_by_text("18").wait_for()
    probe = page.context.new_cdp_session(page)
    probe.send("Performance.enable")
    shown, titles, warm = 18, set(), {}
    for step in range(STEPS):
        if step % 10 == 5:
            aside(lambda: file_cases(mapped, [village]))
            shown += 1
        with page.expect_response(lambda one: "/wall/data/" in one.url):
            page.clock.fast_forward(STEP_SECONDS * 1000)
        page.locator(FIRST).get_by_text(str(shown), exact=True).wait_for()
        titles.add(page.locator("[data-wall-title]").inner_text())
        if step == WARM:
            warm = weight(page, probe)
    after = weight(page, probe)
    assert faults == []
    assert titles == {"Все обращения", "Просрочено", "На 1000 жителей", "Дороги"}
    assert after["JSHeapUsedSize"] - warm["JSHeapUsedSize"] < 4 * MB
    assert after["Nodes"] <= warm["Nodes"] * 1.2 + 50
    assert after["JSEventListeners"] <= warm["JSEventListeners"] + 10


def test_a_screen_says_that_its_link_or_its_server_is_gone(
    drawing: Browser, live_server: Any, mapped: Municipality
) -> None:
    desk = entered(drawing, live_server.url).new_page()
    desk.goto("/desk/map/screens/")
    desk.get_by_label("Где стоит").fill("Зал заседаний")
    send(desk.get_by_role("button", name="Сделать ссылку"))
    link = desk.get_by_text("/desk/map/wall/").inner_text().strip()
    page = drawing.new_context(base_url=live_server.url, bypass_csp=True).new_page()
    page.clock.install()
    page.goto(link)
    page.locator(FIRST).get_by_text("18").wait_for(timeout=90_000)
    assert serious(page) == []
    page.context.set_offline(True)
    page.clock.fast_forward(6_000)
    state = page.locator("[data-wall-state]")
    expect(state).to_contain_text("Нет связи", timeout=30_000)
    expect(state).to_contain_text("Данные на")
    page.context.set_offline(False)
    page.clock.fast_forward(6_000)
    expect(state).not_to_contain_text("Нет связи", timeout=30_000)
    page.get_by_role("button", name="Ночной вид").click()
    assert serious(page) == []
    pk = aside(lambda: Screen.objects.get().pk)
    desk.goto("/desk/map/screens/")
    send(desk.get_by_role("button", name="Отключить"))
    assert aside(lambda: Screen.objects.get(pk=pk).revoked_at) is not None
    page.clock.fast_forward(6_000)
    expect(state).to_contain_text("больше не действует", timeout=30_000)

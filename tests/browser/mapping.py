"""A centre with places and cases on the map, and a browser that draws without a graphics card."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Playwright

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic
from otklik.insight.facts.actions import rebuild
from tests.browser.conftest import HEAD, appoint
from tests.browser.driving import FLAGS, aside, require_chromium

DRAWING = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SLOW = 90_000
"""Milliseconds: drawing without a card on a busy machine takes its time."""


@pytest.fixture(scope="module")
def drawing(playing: Playwright) -> Iterator[Browser]:
    flags = [flag for flag in FLAGS if flag != "--disable-gpu"] + DRAWING
    browser = playing.chromium.launch(executable_path=require_chromium(), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def mapped(transactional_db: None, settings: Any) -> Municipality:
    """Three villages in a row; twelve cases in the first, six in the second, none in the third."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip
    edition = Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    Topic.objects.create(edition=edition, code="1", name="Ямы на дорогах", group="Дороги")
    for n, name in enumerate(("Бор", "Луговое", "Сосны")):
        west, south = 39.0 + n / 5, 59.0
        ring = [[west, south], [west + 0.2, south], [west + 0.2, 59.2], [west, 59.2], [west, south]]
        Settlement.objects.create(
            municipality=place, name=name, kind="hamlet", population=1000, lat=59.1,
            lon=west + 0.1, boundary={"type": "Polygon", "coordinates": [ring]},
        )  # fmt: skip
    appoint(place, "Белов Пётр Ильич", "head@zaozersk.test", HEAD)
    villages = list(Settlement.objects.order_by("lon"))
    file_cases(place, [villages[0]] * 12 + [villages[1]] * 6)
    return place


def file_cases(place: Municipality, villages: list[Settlement]) -> None:
    dice, topic = random.Random(7), Topic.objects.get()
    for n, village in enumerate(villages):
        new = NewAppeal(
            regime=Regime.PORTAL, channel=Channel.PORTAL, text=f"Яма номер {n} у школы",
            received_at=clock.now() - timedelta(days=n % 6), topic_id=topic.pk,
            applicant=NewApplicant(name="Иванова Мария", phone="+7 900 000-11-22"),
            place=PlaceGiven(
                settlement_id=village.pk,
                lat=59.1 + dice.uniform(-0.05, 0.05),
                lon=(village.lon or 0) + dice.uniform(-0.05, 0.05),
            ),
        )  # fmt: skip
        take(access=Access.system(place.pk), new=new)
    rebuild(municipality_id=place.pk)


def entered(browser: Browser, base: str, **more: Any) -> BrowserContext:
    """A context in which the head has signed in."""
    context = browser.new_context(base_url=base, bypass_csp=True, **more)
    context.set_default_timeout(SLOW)
    context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": aside(_session), "url": base}]
    )
    return context


def _session() -> str:
    head = Account.objects.get(email="head@zaozersk.test")
    session = SessionStore()
    session[SESSION_KEY] = str(head.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = head.get_session_auth_hash()
    session.create()
    assert session.session_key
    return session.session_key

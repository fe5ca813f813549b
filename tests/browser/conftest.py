"""The centre of the browser tests: people with passwords and a real mailbox."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Edition, Topic
from otklik.exchange.channels.actions import set_up_account
from tests.browser.driving import FLAGS, require_chromium
from tests.peers.mail import MailServer

PASSWORD = "berег-1947-lodka"
OPERATOR = (
    "view_appeals", "view_personal", "register", "classify", "send", "control", "import", "extend",
    "analytics", "report", "journal", "set_up", "organise",
)  # fmt: skip
HEAD = ("view_appeals", "view_personal", "assign", "analytics", "control")
APPROVER = ("view_appeals", "view_personal", "approve", "sign")


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    """One for the whole run: a second one beside it is refused."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=30_000)  # a busy machine is no fault of the page
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def chromium(playing: Playwright) -> Iterator[Browser]:
    browser = playing.chromium.launch(executable_path=require_chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def town(transactional_db: None, mail_server: MailServer, settings: Any) -> Municipality:
    settings.UNDO_SECONDS = 0
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    # Files under their plain names, straight from the rooms: nothing is gathered for tests.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="zaozersk",
        name="Заозёрский муниципальный округ",
        short_name="Заозёрский округ",
        kind="municipal_okrug",
        region="Северореченская область",
        centre_name="Муниципальный центр управления Заозёрского округа",
    )
    Body.objects.create(
        municipality=place,
        name="Дорожная служба",
        kind="institution",
        email=mail_server.user("roads"),
    )
    own = Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    Topic.objects.create(edition=own, code="1", name="Ямы на дорогах", group="Дороги")
    for name, email, rights in (
        ("Сидорова Анна Павловна", "operator@zaozersk.test", OPERATOR),
        ("Хранителева Нина Ильинична", "keeper@zaozersk.test", tuple(Permission.values)),
        ("Белов Пётр Ильич", "head@zaozersk.test", HEAD),
        ("Орлова Вера Юрьевна", "approver@zaozersk.test", APPROVER),
    ):
        appoint(place, name, email, rights)
    set_up_account(
        access=Access.system(place.pk),
        kind="email",
        title="Почта центра",
        settings={
            "address": mail_server.user("centre"),
            "imap_host": "127.0.0.1",
            "imap_port": mail_server.imap_port,
            "imap_security": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": mail_server.smtp_port,
            "smtp_security": "none",
            "smtp_login": False,
        },
        secret={"password": mail_server.password},
        basis="распоряжение № 5",
    )
    return place


def appoint(place: Municipality, name: str, email: str, rights: tuple[str, ...]) -> None:
    role = Role.objects.create(municipality=place, slug=email.split("@", maxsplit=1)[0], label=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=Permission(right), scope="municipality") for right in rights
    )
    account = Account.objects.create_user(email, name, PASSWORD)
    Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1))

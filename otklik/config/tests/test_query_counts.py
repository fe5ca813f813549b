"""Pages of signing in and of one's own account: how many queries, however many people there are."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from otklik.directory.accounts.models import Account
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

pytestmark = pytest.mark.django_db

# Page → most queries, for a guest and for somebody signed in.
GUEST = {
    "account_login": 3,
    "account_signup": 2,
    "account_reset_password": 2,
    "account_reset_password_done": 2,
    "account_reset_password_from_key_done": 2,
    "account_email_verification_sent": 2,
    "account_inactive": 2,
}
SIGNED_IN = {
    "account_logout": 4,
    "account_change_password": 6,
    "account_email": 8,
    "mfa_index": 8,
}
# Only after a step before them (a code, a second factor, a fresh password), or by POST.
AFTER_A_STEP = {
    "account_confirm_email", "account_confirm_login_code", "account_reauthenticate",
    "account_reset_password_from_key", "account_set_password", "mfa_activate_totp",
    "mfa_authenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate", "mfa_view_recovery_codes",
}  # fmt: skip
# The way to another system and back: they show no page but a refusal.
ELSEWHERE = {"openid_connect_login", "openid_connect_callback", "esia_start", "esia_back"}
POST_ONLY = {"demo-signin", "demo-walk"}


@pytest.fixture
def signed_in() -> Client:
    account = Account.objects.create_user("own@zaozersk.test", "Сидорова Анна Петровна")
    account.set_password("a-long-enough-secret")
    account.save()
    client = Client()
    client.login(email="own@zaozersk.test", password="a-long-enough-secret")
    return client


def people(names: range) -> None:
    for n in names:
        account = Account.objects.create_user(f"person{n}@zaozersk.test", f"Человек {n}")
        account.is_demo = True
        account.save()


@pytest.mark.parametrize("demo", [False, True])
def test_pages_ask_the_same_of_three_people_and_of_thirty(
    signed_in: Client, settings: LazySettings, demo: bool
) -> None:
    settings.DEMO = demo
    doors = [(Client(), GUEST), (signed_in, SIGNED_IN)]
    pages = [(client, {name: reverse(name) for name in table}) for client, table in doors]
    people(range(3))
    few = [counts_of(*door) for door in pages]
    people(range(3, 30))
    many = [counts_of(*door) for door in pages]
    assert [grown(*pair) for pair in zip(few, many, strict=True)] == [{}, {}]
    assert [over(counts, table) for counts, (_, table) in zip(many, doors, strict=True)] == [{}, {}]


def test_every_address_of_accounts_is_known() -> None:
    known = {*GUEST, *SIGNED_IN, *AFTER_A_STEP, *ELSEWHERE}
    assert {*views_of("allauth"), *views_of("otklik.config.signin")} == known
    assert set(views_of("otklik.config.demo")) == POST_ONLY


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_demo_verbs_show_no_page(name: str, client: Client) -> None:
    assert client.get(reverse(name)).status_code == 405

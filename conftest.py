"""Tests run over a real PostgreSQL: a shared embedded server, a database of its own per session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
import pytest_django
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from otklik.config.postgres import testing

ROOT = Path(__file__).resolve().parent
_OPTIONAL_PLUGINS = (
    "tests.requirements.plugin",
    "tests.peers.mail",
    "tests.processes.programs",
)
pytest_plugins = [
    name
    for name in _OPTIONAL_PLUGINS
    if ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()
]

# How long an example takes says nothing: a busy machine is no fault of the program.
settings.register_profile("otklik", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("otklik")

_server = testing.TestServer(ROOT)
# Before Django reads its settings, hence here and not in the ini file.
_server.describe()
os.environ["DJANGO_SETTINGS_MODULE"] = "otklik.config.settings"
django.setup()
# Stretching a password a million times shows nothing in a test; what is kept is read as ever.
PBKDF2PasswordHasher.iterations = 1000


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The shared server is up while this session needs it."""
    _server.start()
    yield
    _server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> None:
    with django_db_blocker.unblock():
        testing.use_own_database(ROOT)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: testing.renew())
    monkeypatch.setattr(
        DatabaseCreation, "_destroy_test_db", lambda _, name, __: testing.drop(name)
    )

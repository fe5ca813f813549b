"""Opening and sending pages of the order of work."""

from __future__ import annotations

import re

from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.web.desk.tests.conftest import Person

ROOT = "/desk/settings"
LISTS = [
    "channels", "addressees", "routing", "terms", "calendar", "approval", "norms", "topics",
    "samples",
]  # fmt: skip
FORMS = ["channels/new/email", "routing/new", "terms/new", "samples/new"]
SETS_UP = {Permission.SET_UP: Scope.MUNICIPALITY}
SECRET = "Tайна-7-ключ"
MAILBOX = {
    "title": "Почта администрации",
    "enabled": "on",
    "basis": "Распоряжение от 12.01.2026 № 3",
    "set_address": "mail@zaozersk.test",
    "set_imap_host": "127.0.0.1",
    "set_imap_port": "1",
    "set_imap_security": "none",
    "set_folder": "INBOX",
    "set_smtp_host": "127.0.0.1",
    "set_smtp_port": "1",
    "set_smtp_security": "none",
    "set_smtp_login": "on",
    "set_timeout": "2",
    "secret_password": SECRET,
}


def text(person: Person, path: str) -> str:
    response = person.client.get(f"{ROOT}/{path}/")
    assert response.status_code == 200, path
    return plain(response.content)


def plain(content: bytes) -> str:
    """A page with ordinary spaces in place of the unbreakable ones."""
    return content.decode().replace("\xa0", " ")


def send(person: Person, path: str, form: dict[str, object] | None = None) -> None:
    response = person.client.post(f"{ROOT}/{path}/", form or {})
    shown = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
    assert response.status_code == 302, shown

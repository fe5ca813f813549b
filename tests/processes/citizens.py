"""Citizens who send the form of the portal and try again until they are answered."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar

from tests.processes.programs import PATIENCE

_FIELD = r'name="{}" value="([^"]+)"'
_NUMBER = re.compile(r"Номер:.*?<strong>(.*?)</strong>", re.S)
_CODE = re.compile(r"Код:.*?<strong>(.*?)</strong>", re.S)
_COPIED = re.compile(r"[\w-]*\d[\w/.-]*|[A-Z0-9]{5}-[A-Z0-9]{5}")


@dataclass(frozen=True)
class Receipt:
    token: str
    number: str
    code: str


class Citizen:
    """One browser with its cookies, behind an address of its own."""

    def __init__(self, site: str, slug: str, address: str) -> None:
        self._form = f"{site}/m/{slug}/new/"
        self._site = site
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._browser.addheaders = [("X-Forwarded-For", address)]
        self.sent = 0

    def file(self, text: str) -> Receipt:
        """Fill the form in once, send it until the receipt is seen."""
        page = self._insist(self._form)
        token = _found(_FIELD.format("form_token"), page)
        fields = {
            "text": text,
            "email": "ivanova@example.test",
            "form_token": token,
            "csrfmiddlewaretoken": _found(_FIELD.format("csrfmiddlewaretoken"), page),
        }
        shown = self._insist(self._form, urllib.parse.urlencode(fields).encode())
        return Receipt(token, _copied(_NUMBER, shown), _copied(_CODE, shown))

    def _insist(self, url: str, data: bytes | None = None) -> str:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                self.sent += data is not None
                with self._browser.open(url, data, timeout=20) as answer:
                    return str(answer.read().decode())
            except urllib.error.HTTPError as refusal:
                raise AssertionError(refusal.read().decode()) from refusal
            except (OSError, HTTPException):
                # No answer: nobody knows whether the form was taken.
                if time.monotonic() > ends:
                    raise
                time.sleep(0.05)


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found.group(1)


def _copied(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found, page
    words = re.sub(r"<[^>]+>", " ", found.group(1)).split()
    return words[0]

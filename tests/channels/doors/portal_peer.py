"""A citizen with a browser: writes on the site, adds to it, reads the answer there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx

from tests.channels.doors.base import Sending, Step, Told
from tests.channels.story import Story

FORM = "/m/zaozersk/new/"
ADDING = "/follow/case/materials/"
_TOKEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')
_NUMBER = re.compile(r"С-\d+/\d\d")
_CODE = re.compile(r"[А-Я0-9]{5}-[А-Я0-9]{5}")


@dataclass
class PortalPeer(Sending):
    """`url` is that of the site; the receipt is kept as a citizen keeps it."""

    url: str = ""
    answer: str = ""
    number: str = ""
    code: str = ""
    kind: str = "portal"
    page: str = ""
    sent: dict[str, Any] = field(default_factory=dict)
    browser: httpx.Client = field(default_factory=httpx.Client)
    lacks: ClassVar[Mapping[Step, str]] = {
        Step.ORDER: "what the author adds stands by its time, nothing is replaced",
        Step.COUNTERS: "the site has no posts",
    }

    def __post_init__(self) -> None:
        self.browser = httpx.Client(base_url=self.url, follow_redirects=True, timeout=20)

    def close(self) -> None:
        self.browser.close()

    def settings(self) -> dict[str, Any]:
        return {}

    def secret(self) -> dict[str, str]:
        return {}

    def stand(self, story: Story) -> None:
        """The form is open to everybody."""

    def write(self, text: str, *photos: bytes) -> None:
        given = {**self._tokens(FORM), "text": text, "name": "Мария Соколова"}
        files = [("photos", (f"{n}.jpg", one, "image/jpeg")) for n, one in enumerate(photos)]
        self.send(lambda: self._filed(given, files))

    def _filed(self, given: dict[str, str], files: list[Any]) -> None:
        page = self.browser.post(FORM, data=given, files=files).text
        number, code = _NUMBER.search(page), _CODE.search(page)
        if number and code:
            self.number, self.code = number.group(), code.group()

    def correct(self, text: str) -> None:
        self._follow()
        given = {**self._tokens(ADDING), "text": text}
        assert text in self.browser.post(ADDING, data=given).text

    def older(self) -> None:
        raise NotImplementedError

    def nonsense(self) -> Iterator[Told]:
        given = self._tokens(FORM)
        spoilt: list[tuple[dict[str, Any], Any]] = [
            ({**given, "text": "  "}, None),
            ({**given, "text": "Яма", "lat": "семь"}, None),
            ({**given, "text": "Яма"}, [("photos", ("a.exe", b"MZ", "image/png"))]),
            ({"text": "Яма"}, None),
        ]
        for data, files in spoilt:
            answer = self.browser.post(FORM, data=data, files=files)
            yield Told(answer.status_code, answer.text)

    def carry(self, story: Story) -> None:
        """Nothing is carried: the page is ours."""

    def answers(self) -> list[str]:
        if not self.number:
            return []
        self._follow()
        shown = self.browser.get("/follow/case/").text
        return [self.answer] * int(all(line in shown for line in self.answer.splitlines()))

    def _follow(self) -> None:
        given = {**self._tokens("/follow/"), "number": self.number, "code": self.code}
        assert self.browser.post("/follow/", data=given).url.path == "/follow/case/"

    def _tokens(self, path: str) -> dict[str, str]:
        return dict(_TOKEN.findall(self.browser.get(path).text))

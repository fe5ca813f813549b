"""A client and a stand-in that know one another; keys are made here and now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from otklik.exchange.standins.esia.application import Esia, System
from otklik.exchange.standins.esia.signing import Keys, Signing, gost_there
from otklik.exchange.standins.serving import served
from otklik.exchange.vendors.esia.client import EsiaClient, Registration
from otklik.exchange.vendors.esia.gost import COMMAND
from otklik.exchange.vendors.esia.profiles import PROFILES, Form
from otklik.exchange.vendors.esia.signers import GostSigner, RsaSigner
from otklik.exchange.vendors.esia.tokens import Trust

BACK = "http://127.0.0.1:8000/back/"
needs_gost = pytest.mark.skipif(not gost_there(), reason=f"OpenSSL без ГОСТ: {COMMAND}")


class Pair:
    """`client` is registered at `esia` by the profile of this name."""

    def __init__(self, esia: Esia, client: EsiaClient, keys: Keys) -> None:
        self.esia, self.client, self.keys = esia, client, keys

    def code(self, url: str, citizen: int) -> dict[str, str]:
        """Go to the address as a browser, choose the citizen; the answer's parameters."""
        with httpx.Client(trust_env=False) as browser:
            page = browser.get(url)
            if page.status_code == 302:
                return dict(httpx.URL(page.headers["Location"]).params)
            assert page.status_code == 200, page.text
            asked = dict(httpx.URL(url).params)
            form = {**asked, "citizen": str(citizen)}
            chosen = browser.post(f"{self.esia.url}/standin/choice", data=form)
            back = httpx.URL(chosen.headers["Location"])
            assert str(back).startswith(BACK)
            return dict(back.params)


MakePair = Callable[..., Pair]


@pytest.fixture
def make_pair(tmp_path: Path) -> Iterator[MakePair]:
    with ExitStack() as stack:

        def made(profile: str = "epgu", *, gost: bool = False, told: str = "") -> Pair:
            """`told`: the profile by which the stand-in checks, when it is another one."""
            keys = Keys.make(tmp_path, gost=gost, name="mcu")
            esia = stack.enter_context(served(Esia(gost=gost)))
            known, here = PROFILES[told or profile], PROFILES[profile]
            signing = Signing(
                keys.certificate.read_bytes(), known.entry, known.exchange,
                known.form == Form.CMS, known.backwards, gost,
            )  # fmt: skip
            esia.register(System("MCU01", frozenset({BACK}), signing))
            signer = (GostSigner if gost else RsaSigner)(keys.key, keys.certificate)
            http = stack.enter_context(httpx.Client(trust_env=False, timeout=10))
            trust = Trust(esia.keys.certificate.read_bytes())
            system = Registration(esia.url, "MCU01", "openid fullname email mobile", here)
            return Pair(esia, EsiaClient(system, signer, trust, http), keys)

        yield made

"""What is signed in a request to ЕСИА. Published clients disagree, hence data and not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The shape of a signature: bare bytes, or a detached CMS message in DER."""

    RAW = "raw"
    CMS = "cms"


class Fingerprint(StrEnum):
    """How `client_certificate_hash` is counted over the certificate in DER."""

    NONE = "none"
    SHA256 = "sha256"
    STREEBOG = "streebog"


@dataclass(frozen=True)
class Profile:
    """`entry` and `exchange` are the parameters joined without separators and signed."""

    slug: str
    label: str
    entry: tuple[str, ...]
    exchange: tuple[str, ...]
    form: Form
    backwards: bool
    fingerprint: Fingerprint

    def entry_text(self, values: Mapping[str, str]) -> bytes:
        return "".join(values[name] for name in self.entry).encode()

    def exchange_text(self, values: Mapping[str, str]) -> bytes:
        return "".join(values[name] for name in self.exchange).encode()


_OLD = ("scope", "timestamp", "client_id", "state")
_NEW = ("client_id", "scope", "timestamp", "state", "redirect_uri")
PROFILES: dict[str, Profile] = {
    one.slug: one
    for one in (
        Profile(
            "epgu",
            "по методике v2/v3: подпись без оболочки, отпечаток «Стрибог»",
            _NEW,
            (*_NEW, "code"),
            Form.RAW,
            True,
            Fingerprint.STREEBOG,
        ),
        Profile(
            "raw_sha256",
            "прежний порядок полей, подпись без оболочки, отпечаток SHA-256",
            _OLD,
            _OLD,
            Form.RAW,
            True,
            Fingerprint.SHA256,
        ),
        Profile(
            "legacy",
            "прежний порядок полей, отсоединённая подпись PKCS#7, без отпечатка",
            _OLD,
            _OLD,
            Form.CMS,
            False,
            Fingerprint.NONE,
        ),
    )
}
DEFAULT = "epgu"

"""Keys of the stand-in and the check of others' signatures, all by the program OpenSSL."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

GOST_CONFIG = Path(__file__).with_name("openssl-gost.cnf")


class Refusal(Exception):
    """OpenSSL said no."""


@cache
def gost_there() -> bool:
    try:
        return b"gost2012_256" in openssl("engine", "gost", "-c", gost=True)
    except Refusal:
        return False


def openssl(*arguments: str, data: bytes = b"", gost: bool = False) -> bytes:
    environment = {**os.environ, "OPENSSL_CONF": str(GOST_CONFIG)} if gost else None
    command = ("openssl", *arguments)
    done = subprocess.run(
        command,
        input=data,
        env=environment,
        capture_output=True,
        timeout=20,
        check=False,
    )
    if done.returncode:
        raise Refusal(done.stderr.decode(errors="replace"))
    return done.stdout


@dataclass(frozen=True)
class Keys:
    """A key and its certificate in a folder, made when the stand-in starts."""

    folder: Path
    gost: bool

    @classmethod
    def make(cls, folder: Path, *, gost: bool, name: str = "ESIA stand-in") -> Keys:
        made = cls(folder, gost)
        kind = ["gost2012_256", "-pkeyopt", "paramset:A"] if gost else ["RSA"]
        openssl("genpkey", "-algorithm", *kind, "-out", str(made.key), gost=gost)
        request = ["req", "-new", "-x509", made.digest, "-key", str(made.key), "-batch"]
        subject = ["-subj", f"/CN={name}", "-days", "30", "-out", str(made.certificate)]
        openssl(*request, *subject, gost=gost)
        return made

    @property
    def key(self) -> Path:
        return self.folder / "key.pem"

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @property
    def digest(self) -> str:
        return "-md_gost12_256" if self.gost else "-sha256"

    def token(self, claims: Mapping[str, Any], kind: str) -> str:
        """A JWT signed by these keys."""
        algorithm = "GOST3410_2012_256" if self.gost else "RS256"
        header = {"ver": 1, "typ": "JWT", "sbt": kind, "alg": algorithm}
        text = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        signature = openssl("dgst", self.digest, "-sign", str(self.key), data=text, gost=self.gost)
        return b".".join((text, _encoded(signature))).decode()


@dataclass(frozen=True)
class Signing:
    """How a registered system signs. `certificate`: PEM."""

    certificate: bytes
    entry: tuple[str, ...]
    exchange: tuple[str, ...]
    cms: bool
    backwards: bool
    gost: bool

    def accepts(self, values: Mapping[str, str], fields: tuple[str, ...], secret: str) -> bool:
        """Whether `client_secret` is the signature of these values by this certificate."""
        text = "".join(values.get(name, "") for name in fields).encode()
        try:
            signature = base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
        except ValueError:
            return False
        signature = signature[::-1] if self.backwards else signature
        with tempfile.TemporaryDirectory() as folder:
            return self._verified(Path(folder), text, signature)

    def fingerprint_is(self, given: str) -> bool:
        """Whether the hash names this certificate, counted in one of the two ways."""
        der = openssl("x509", "-outform", "DER", data=self.certificate, gost=self.gost)
        ways = [("-sha256", False), *([("-md_gost12_256", True)] if gost_there() else [])]
        known = [openssl("dgst", way, "-binary", data=der, gost=gost).hex() for way, gost in ways]
        return given.lower() in known

    def _verified(self, folder: Path, text: bytes, signature: bytes) -> bool:
        files = {"text": text, "signature": signature, "certificate": self.certificate}
        for name, content in files.items():
            (folder / name).write_bytes(content)
        try:
            return self._by_cms(folder) if self.cms else self._by_digest(folder)
        except Refusal:
            return False

    def _by_cms(self, folder: Path) -> bool:
        # -nointern: only the registered certificate counts, whatever the message carries.
        check = ["cms", "-verify", "-binary", "-inform", "DER", "-noverify", "-nointern"]
        given = ["-in", str(folder / "signature"), "-content", str(folder / "text")]
        known = ["-certfile", str(folder / "certificate"), "-out", os.devnull]
        openssl(*check, *given, *known, gost=self.gost)
        return True

    def _by_digest(self, folder: Path) -> bool:
        key = openssl("x509", "-noout", "-pubkey", data=self.certificate, gost=self.gost)
        (folder / "key").write_bytes(key)
        digest = "-md_gost12_256" if self.gost else "-sha256"
        given = ["-verify", str(folder / "key"), "-signature", str(folder / "signature")]
        said = openssl("dgst", digest, *given, str(folder / "text"), gost=self.gost)
        return b"Verified OK" in said


def _encoded(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")

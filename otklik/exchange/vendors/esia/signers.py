"""Who signs requests to ЕСИА: OpenSSL with the GOST engine, RSA, a program of the administrator."""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from otklik.exchange.vendors.esia import gost
from otklik.exchange.vendors.esia.gost import SigningFailed, openssl
from otklik.exchange.vendors.esia.profiles import Fingerprint, Form


class Signer(Protocol):
    """Raises SigningFailed, in words, from both calls."""

    def sign(self, text: bytes, form: Form) -> bytes:
        """The signature: bare bytes as the algorithm gives them, or a CMS message in DER."""

    def fingerprint(self, kind: Fingerprint) -> str:
        """The certificate's hash, upper-case hexadecimal."""


def der_of(certificate: Path) -> bytes:
    """The certificate in DER, whichever of the two encodings the file has."""
    content = read(certificate, "сертификат")
    if b"-----BEGIN" not in content:
        return content
    body = content.split(b"-----BEGIN CERTIFICATE-----", 1)[-1].split(b"-----END")[0]
    try:
        return base64.b64decode(body)
    except binascii.Error:
        raise SigningFailed(f"{certificate} — не сертификат.", "Нужен файл PEM или DER.") from None


def read(file: Path, what: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SigningFailed(
            f"Не читается {what} {file}: {error.strerror}.",
            "Проверьте путь и дайте право чтения пользователю службы.",
        ) from error


def count_fingerprint(certificate: Path, kind: Fingerprint) -> str:
    """SHA-256 is counted here; «Стрибог» needs OpenSSL with GOST."""
    if kind == Fingerprint.NONE:
        return ""
    content = der_of(certificate)
    if kind == Fingerprint.SHA256:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(content)
        return digest.finalize().hex().upper()
    return openssl(["dgst", "-md_gost12_256", "-binary"], content).hex().upper()


@dataclass(frozen=True)
class GostSigner:
    """Key and certificate of GOST R 34.10-2012 as files, PEM."""

    key: Path
    certificate: Path

    def sign(self, text: bytes, form: Form) -> bytes:
        read(self.key, "ключ")
        if form == Form.RAW:
            return openssl(["dgst", "-md_gost12_256", "-sign", str(self.key)], text)
        read(self.certificate, "сертификат")
        made = ["cms", "-sign", "-binary", "-outform", "DER", "-md", "md_gost12_256"]
        return openssl([*made, "-signer", str(self.certificate), "-inkey", str(self.key)], text)

    def fingerprint(self, kind: Fingerprint) -> str:
        return count_fingerprint(self.certificate, kind)


@dataclass(frozen=True)
class RsaSigner:
    """RSA key and certificate as files, PEM: the test stand of ЕСИА has taken them."""

    key: Path
    certificate: Path

    def sign(self, text: bytes, form: Form) -> bytes:
        key = self._key()
        if form == Form.RAW:
            return key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        try:
            known = x509.load_der_x509_certificate(der_of(self.certificate))
        except ValueError as error:
            raise SigningFailed(
                f"{self.certificate} — не сертификат.", "Нужен файл PEM или DER."
            ) from error
        built = pkcs7.PKCS7SignatureBuilder().set_data(text)
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        return built.add_signer(known, key, hashes.SHA256()).sign(
            serialization.Encoding.DER, options
        )

    def fingerprint(self, kind: Fingerprint) -> str:
        return count_fingerprint(self.certificate, kind)

    def _key(self) -> rsa.RSAPrivateKey:
        try:
            key = serialization.load_pem_private_key(read(self.key, "ключ"), None)
        except (ValueError, TypeError) as error:
            raise SigningFailed(
                f"{self.key} — не ключ RSA без пароля.", "Нужен файл PEM без пароля."
            ) from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise SigningFailed(
                f"{self.key} — ключ другого вида, не RSA.",
                "Для ключа ГОСТ задайте OTKLIK_ESIA_SIGNER=gost.",
            )
        return key


@dataclass(frozen=True)
class CommandSigner:
    """A program (КриптоПро and others): the text by stdin, the signature's bytes by stdout.

    The environment variable OTKLIK_ESIA_FORM tells it the form: `raw` or `cms`. `known` is the
    certificate's hash, where the program's certificate is no file.
    """

    command: Sequence[str]
    certificate: Path | None = None
    known: str = ""

    def sign(self, text: bytes, form: Form) -> bytes:
        made = gost.run(self.command, text, {**os.environ, "OTKLIK_ESIA_FORM": form.value})
        if not made:
            raise SigningFailed(
                "Программа подписи ничего не вернула.",
                "Она должна писать подпись в стандартный вывод.",
            )
        return made

    def fingerprint(self, kind: Fingerprint) -> str:
        if kind == Fingerprint.NONE or self.known:
            return "" if kind == Fingerprint.NONE else self.known.upper()
        if self.certificate is None:
            raise SigningFailed(
                "Отпечаток сертификата взять неоткуда.",
                "Задайте OTKLIK_ESIA_CERTIFICATE или OTKLIK_ESIA_CERTIFICATE_HASH.",
            )
        return count_fingerprint(self.certificate, kind)


def verified_by_gost(text: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the bare GOST signature of the text is right. `public_key`: PEM."""
    with tempfile.TemporaryDirectory() as folder:
        key, made = Path(folder, "key.pem"), Path(folder, "signature")
        key.write_bytes(public_key)
        made.write_bytes(signature)
        check = ["dgst", "-md_gost12_256", "-verify", str(key), "-signature", str(made)]
        try:
            return b"Verified OK" in openssl(check, text)
        except SigningFailed:
            return False

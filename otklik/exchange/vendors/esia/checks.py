"""What is wrong with the set-up of ЕСИА, in words, before anybody tries to enter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import split

from otklik.base.errors import OtklikError
from otklik.exchange.vendors.esia import gost
from otklik.exchange.vendors.esia.profiles import Fingerprint, Profile
from otklik.exchange.vendors.esia.signers import CommandSigner, GostSigner, RsaSigner, Signer
from otklik.exchange.vendors.esia.tokens import Trust

MNEMONIC = re.compile(r"[A-Za-z0-9_.-]{2,50}")
PROBE = "проверка подписи".encode()


@dataclass(frozen=True)
class Check:
    """One thing looked at. `mend` is empty when it is in order."""

    what: str
    state: str
    mend: str = ""

    @property
    def good(self) -> bool:
        return not self.mend


def signer_of(machine: Mapping[str, str]) -> Signer:
    """The signer that the machine is set to (OTKLIK_ESIA_*). Raises OtklikError."""
    kind = machine.get("signer", "") or "gost"
    certificate = Path(machine["certificate"]) if machine.get("certificate") else None
    if kind == "command":
        command = split(machine.get("command", ""))
        if not command:
            raise OtklikError(
                "Не задана программа подписи.", "Задайте OTKLIK_ESIA_COMMAND: программа и её ключи."
            )
        return CommandSigner(command, certificate, machine.get("certificate_hash", ""))
    if kind not in ("gost", "rsa"):
        raise OtklikError(
            f"OTKLIK_ESIA_SIGNER={kind}: такой подписи нет.", "Задайте gost, rsa или command."
        )
    if not machine.get("key") or certificate is None:
        raise OtklikError(
            "Не задан ключ подписи запросов к ЕСИА.",
            "Задайте OTKLIK_ESIA_KEY и OTKLIK_ESIA_CERTIFICATE: пути к файлам PEM на сервере.",
        )
    made = GostSigner if kind == "gost" else RsaSigner
    return made(Path(machine["key"]), certificate)


def trust_of(machine: Mapping[str, str]) -> Trust:
    """The certificate of ЕСИА (OTKLIK_ESIA_TRUST). Raises OtklikError."""
    file = machine.get("trust", "")
    if not file:
        raise OtklikError(
            "Не задан сертификат, которым ЕСИА подписывает ответы.",
            "Возьмите его у оператора ЕСИА и задайте путь в OTKLIK_ESIA_TRUST.",
        )
    try:
        return Trust(Path(file).read_bytes())
    except OSError as error:
        raise OtklikError(
            f"Не читается сертификат ЕСИА {file}: {error.strerror}.",
            "Проверьте путь в OTKLIK_ESIA_TRUST и права на файл.",
        ) from error


def check(machine: Mapping[str, str], mnemonic: str, profile: Profile) -> list[Check]:
    """Everything that can be looked at without asking ЕСИА."""
    kind = machine.get("signer", "") or "gost"
    named = bool(MNEMONIC.fullmatch(mnemonic))
    found = [
        Check(
            "Мнемоника системы",
            mnemonic or "не задана",
            "" if named else "Впишите мнемонику из заявки на подключение к ЕСИА.",
        )
    ]
    streebog = profile.fingerprint == Fingerprint.STREEBOG and not machine.get("certificate_hash")
    if kind == "gost" or streebog:
        there = gost.available()
        found.append(
            Check(
                "OpenSSL с алгоритмами ГОСТ",
                "есть" if there else "нет",
                "" if there else f"Выполните на сервере от имени root: {gost.COMMAND}",
            )
        )
    return [*found, _signing(machine, profile), _trusting(machine)]


def _signing(machine: Mapping[str, str], profile: Profile) -> Check:
    what = "Ключ и подпись запросов"
    try:
        signer = signer_of(machine)
        made = signer.sign(PROBE, profile.form)
        signer.fingerprint(profile.fingerprint)
    except OtklikError as error:
        return Check(what, error.message, error.mend or "Проверьте настройку подписи.")
    return Check(what, f"подпись получается: {len(made)} байт")


def _trusting(machine: Mapping[str, str]) -> Check:
    what = "Сертификат ЕСИА"
    try:
        trust_of(machine).public_key()
    except OtklikError as error:
        return Check(what, error.message, error.mend or "Проверьте файл сертификата.")
    return Check(what, "читается, подпись ответов проверяется")

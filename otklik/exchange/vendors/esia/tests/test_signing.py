"""Signers and the checks of a set-up: every fault says what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import OtklikError
from otklik.exchange.standins.esia.signing import Keys
from otklik.exchange.vendors.esia import gost
from otklik.exchange.vendors.esia.checks import check, signer_of
from otklik.exchange.vendors.esia.gost import SigningFailed, available
from otklik.exchange.vendors.esia.profiles import PROFILES, Fingerprint, Form
from otklik.exchange.vendors.esia.signers import CommandSigner, GostSigner
from otklik.exchange.vendors.esia.tests.conftest import needs_gost

FIELDS = ("client_id", "scope", "timestamp", "state", "redirect_uri", "code")


def machine(keys: Keys, **changed: str) -> dict[str, str]:
    files = {"key": str(keys.key), "certificate": str(keys.certificate)}
    kind = "gost" if keys.gost else "rsa"
    return {"signer": kind, **files, "trust": str(keys.certificate), **changed}


@given(st.fixed_dictionaries({name: st.text(max_size=9) for name in FIELDS}))
def test_a_profile_signs_its_fields_in_its_order(values: dict[str, str]) -> None:
    for profile in PROFILES.values():
        entry = "".join(values[name] for name in profile.entry).encode()
        assert profile.entry_text(values) == entry
        assert profile.exchange_text(values).startswith(entry)
    new = PROFILES["epgu"]
    assert new.exchange_text(values) == new.entry_text(values) + values["code"].encode()


def test_a_program_signs_and_knows_its_form(tmp_path: Path) -> None:
    program = tmp_path / "sign.py"
    program.write_text(
        "import os, sys\n"
        "text = sys.stdin.buffer.read()\n"
        "sys.stdout.buffer.write(os.environ['OTKLIK_ESIA_FORM'].encode() + b':' + text[::-1])\n"
    )
    signer = CommandSigner([sys.executable, str(program)], known="ab01")
    assert signer.sign(b"abc", Form.RAW) == b"raw:cba"
    assert signer.sign(b"abc", Form.CMS) == b"cms:cba"
    assert signer.fingerprint(Fingerprint.STREEBOG) == "AB01"
    assert signer.fingerprint(Fingerprint.NONE) == ""


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("raise SystemExit('нет ключа на носителе')", "нет ключа на носителе"),
        ("pass", "ничего не вернула"),
    ],
)
def test_a_program_that_fails_is_told_in_words(script: str, why: str) -> None:
    signer = CommandSigner([sys.executable, "-c", script])
    with pytest.raises(SigningFailed, match=why) as failed:
        signer.sign(b"abc", Form.RAW)
    assert failed.value.mend
    with pytest.raises(SigningFailed, match="Отпечаток"):
        signer.fingerprint(Fingerprint.SHA256)
    with pytest.raises(SigningFailed, match="Программы подписи нет"):
        CommandSigner(["/no/such/program"]).sign(b"", Form.RAW)


@needs_gost
def test_a_good_set_up_has_nothing_to_mend(tmp_path: Path) -> None:
    keys = Keys.make(tmp_path, gost=True)
    found = check(machine(keys), "MCU01", PROFILES["epgu"])
    assert [one.mend for one in found] == [""] * 4
    assert "64 байт" in found[2].state
    assert available()


def test_every_lack_is_named_with_its_mend(tmp_path: Path) -> None:
    keys = Keys.make(tmp_path, gost=False)
    (tmp_path / "text").write_text("не ключ")
    old = PROFILES["raw_sha256"]
    lacks = {
        "мнемонику": check(machine(keys), "мнемоника с пробелами", old),
        "OTKLIK_ESIA_KEY": check(machine(keys, key=""), "MCU01", old),
        "OTKLIK_ESIA_TRUST": check(machine(keys, trust=""), "MCU01", old),
        "путь в OTKLIK_ESIA_TRUST": check(machine(keys, trust="/no/file"), "MCU01", old),
        "gost, rsa или command": check(machine(keys, signer="gpg"), "MCU01", old),
        "OTKLIK_ESIA_COMMAND": check(machine(keys, signer="command"), "MCU01", old),
        "право чтения": check(machine(keys, key="/no/key"), "MCU01", old),
        "файл PEM": check(machine(keys, key=str(tmp_path / "text")), "MCU01", old),
    }
    for mend, found in lacks.items():
        assert any(mend in one.mend for one in found), (mend, found)
        assert not all(one.good for one in found)


def test_a_machine_without_gost_is_told_the_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gost, "available", lambda: False)
    keys = Keys.make(tmp_path, gost=False)
    found = check(machine(keys, signer="gost"), "MCU01", PROFILES["raw_sha256"])
    assert found[1].mend.endswith("apt-get install -y libengine-gost-openssl")
    by_rsa = check(machine(keys), "MCU01", PROFILES["raw_sha256"])
    assert all(one.good for one in by_rsa)


def test_a_gost_key_is_not_taken_for_rsa(tmp_path: Path) -> None:
    signer = signer_of({"signer": "gost", "key": "/no/key", "certificate": "/no/certificate"})
    assert isinstance(signer, GostSigner)
    with pytest.raises(SigningFailed, match="Не читается ключ"):
        signer.sign(b"", Form.RAW)
    with pytest.raises(OtklikError):
        signer.fingerprint(Fingerprint.SHA256)

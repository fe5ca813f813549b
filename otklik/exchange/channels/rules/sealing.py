"""Secrets of channel accounts are kept encrypted (Fernet) under a key of the installation."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from otklik.base.errors import OtklikError


def seal(secret: Mapping[str, str], key: str) -> str:
    """The secret as text that is of no use without the key."""
    return _box(key).encrypt(json.dumps(dict(secret)).encode()).decode()


def unseal(sealed: str, key: str) -> dict[str, str]:
    """The secret again; raise OtklikError when the installation's key is another one now."""
    if not sealed:
        return {}
    try:
        opened = json.loads(_box(key).decrypt(sealed.encode()))
    except InvalidToken as error:
        raise OtklikError(
            "Пароль канала зашифрован другим ключом установки.",
            "Верните прежний ключ (OTKLIK_SECRET_KEY) или введите пароль канала заново.",
        ) from error
    return {str(name): str(value) for name, value in opened.items()}


def _box(key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"otklik channel secrets").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))

"""Headers as people meant them: encoded words, raw 8-bit bytes, RFC 2231 file names, addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import TypeAlias

from otklik.exchange.vendors.mail.charsets import clean, decode
from otklik.exchange.vendors.mail.model import Address

MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
FORBIDDEN_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e]')
MAX_NAME = 180

RawMessage: TypeAlias = "Message[str, str]"


def raw_values(message: RawMessage, name: str) -> list[str]:
    """Values of a header as they came, without the library's own decoding."""
    wanted = name.lower()
    return [str(value) for key, value in message.raw_items() if key.lower() == wanted]


def header(message: RawMessage, name: str) -> str:
    """The first value of a header as readable text, empty when there is none."""
    values = raw_values(message, name)
    return readable(values[0]) if values else ""


def readable(value: str) -> str:
    """A header value with its encodings undone and its folding removed."""
    if _has_raw_bytes(value):
        value = decode(value.encode("utf-8", "surrogateescape"))
    if ENCODED_WORD.search(value):
        value = _undo_encoded_words(value)
    return clean(re.sub(r"\s*[\r\n]+\s*", " ", value)).strip()


def addresses(message: RawMessage, *names: str) -> tuple[Address, ...]:
    """Every address of these headers; broken ones are left out."""
    found = []
    for name in names:
        for value in raw_values(message, name):
            # Split before decoding: a decoded name may itself hold a comma.
            safe = decode(value.encode("utf-8", "surrogateescape"))
            for label, address in getaddresses([safe]):
                if "@" in address:
                    found.append(Address(name=readable(label), address=clean(address).lower()))
    return tuple(found)


def message_ids(message: RawMessage, name: str) -> tuple[str, ...]:
    """Every <id> of a header, in order, once each."""
    text = " ".join(raw_values(message, name))
    return tuple(dict.fromkeys(clean(found) for found in MESSAGE_ID.findall(text)))


def sent_at(message: RawMessage) -> datetime | None:
    """The date the sender's machine claims; None when it makes no sense."""
    for value in raw_values(message, "Date"):
        try:
            moment = parsedate_to_datetime(clean(value))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def file_name(part: RawMessage) -> str:
    """The file name of a part, safe to store; empty when the part has none."""
    for where, param in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = _plain_bytes_undone(part, where).get_param(param, header=where)
        except (ValueError, TypeError, IndexError, LookupError):
            continue
        if value:
            return safe_name(_param_text(value))
    return ""


def safe_name(name: str) -> str:
    """A name without folders, control characters and direction tricks, keeping the extension."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = FORBIDDEN_IN_NAMES.sub("_", clean(name)).strip(" .")
    if len(name) > MAX_NAME:
        stem, dot, extension = name.rpartition(".")
        if dot and len(extension) <= 10:
            name = stem[: MAX_NAME - len(extension) - 1] + "." + extension
        name = name[:MAX_NAME]
    return name


def _plain_bytes_undone(part: RawMessage, name: str) -> RawMessage:
    """A stand-in holding the header as text when the sender wrote it in raw 8-bit bytes."""
    values = raw_values(part, name)
    if not values or not _has_raw_bytes(values[0]):
        return part
    stand_in: RawMessage = Message()
    stand_in[name] = decode(values[0].encode("utf-8", "surrogateescape"))
    return stand_in


def _param_text(value: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(value, tuple):
        charset, _language, text = value
        try:
            return decode(text.encode("latin-1"), charset)
        except UnicodeError:
            return clean(text)
    return readable(value)


def _has_raw_bytes(value: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in value)


def _undo_encoded_words(value: str) -> str:
    # Some senders forget the space between words; without it the library sees none of them.
    spaced = re.sub(r"\?=(?==\?)", "?= ", value)
    try:
        pieces = decode_header(spaced)
    except (ValueError, LookupError):
        return value
    return "".join(
        piece if isinstance(piece, str) else decode(piece, charset) for piece, charset in pieces
    )

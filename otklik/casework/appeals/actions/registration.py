"""What a new case is made of, and numbers for it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection

from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Priority, Regime

# No letters or digits that are taken for one another when read aloud or written down.
CODE_LETTERS = "АВЕКМНРСТУХ23456789"
CODE_LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class NewApplicant:
    name: str = ""
    kind: str = ApplicantKind.CITIZEN
    phone: str = ""
    email: str = ""
    postal_address: str = ""
    category: str = ""
    external_profile: str = ""


@dataclass(frozen=True, kw_only=True)
class PlaceGiven:
    """Where: any part may be missing. `text` is what people wrote."""

    text: str = ""
    settlement_id: int | None = None
    street_id: int | None = None
    house_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class NewQuestion:
    text: str = ""
    topic_id: int | None = None
    place: PlaceGiven | None = None


@dataclass(frozen=True, kw_only=True)
class NewAppeal:
    """A word of a citizen before it has a number. `questions` empty = one question, the text."""

    regime: Regime
    channel: Channel
    text: str
    received_at: datetime
    applicant: NewApplicant = field(default_factory=NewApplicant)
    questions: tuple[NewQuestion, ...] = ()
    place: PlaceGiven = field(default_factory=PlaceGiven)
    topic_id: int | None = None
    kind: str = ""
    priority: str = Priority.NORMAL
    complained_body_id: int | None = None
    addressee: str = ""
    addressee_body_id: int | None = None
    reply_address: str = ""
    inbound_message_id: int | None = None
    external_system: str = ""
    external_number: str = ""
    code: str = ""
    fingerprint: str = ""
    fast_track: bool = False


REGISTERS = {Regime.LAW59: "О"}


def take_numbers(municipality_id: int, regime: str, year: int, count: int = 1) -> list[str]:
    """Numbers «О-12/26» (обращения) or «С-12/26» (сообщения), without gaps for a rollback."""
    return take_of_register(municipality_id, REGISTERS.get(Regime(regime), "С"), year, count)


def take_of_register(municipality_id: int, register: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of any register: «И-12/26» of outgoing letters.

    The row of the register stays locked till the caller's transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appeals_sequence (municipality_id, register, year, last)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (municipality_id, register, year)"
            " DO UPDATE SET last = appeals_sequence.last + excluded.last RETURNING last",
            [municipality_id, register, year, count],
        )
        row = cursor.fetchone()
    last = int(row[0]) if row else count
    return [f"{register}-{n}/{year % 100:02d}" for n in range(last - count + 1, last + 1)]


def new_code() -> str:
    """A receipt code that the citizen keeps, about 42 bits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def code_hash(code: str) -> str:
    """Keyed hash: the database alone does not open anybody's case."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    plain = plain.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()

"""Robots' letters are known, people's letters are not taken for them."""

from __future__ import annotations

import pytest

from otklik.exchange.vendors.mail.automatic import (
    automatic_reason,
    bounce_of,
    is_automatic,
)
from otklik.exchange.vendors.mail.parsing import parse
from otklik.exchange.vendors.mail.tests.letters import letter, report


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "X-Autoreply: yes",
        "Return-Path: <>",
        "From: MAILER-DAEMON@example.org",
        "Subject: Автоответ: я на больничном",
        "Subject: Out of Office: back on Monday",
        "List-Id: <news.example.org>",
    ],
)
def test_robot_is_known(header: str) -> None:
    assert is_automatic(parse(letter(b"text", header)))


def test_russian_answerphone_without_headers_is_known() -> None:
    body = "Добрый день! Нахожусь в отпуске до 14 марта.".encode()
    assert automatic_reason(parse(letter(body, "In-Reply-To: <our@mail.test>")))


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Subject: Прошу ответ по дороге",
        "Precedence: normal",
        "X-Other: 1",
    ],
)
def test_person_is_not_taken_for_a_robot(header: str) -> None:
    body = "Я был в отпуске, вернулся, а яма на месте.".encode()
    assert automatic_reason(parse(letter(body, header, "In-Reply-To: <our@mail.test>"))) == ""


def test_delivery_report_names_the_lost_letter() -> None:
    mail = parse(report())
    bounce = bounce_of(mail)
    assert is_automatic(mail)
    assert bounce is not None
    assert (bounce.original_id, bounce.recipient, bounce.permanent, bounce.reason) == (
        "<otklik.abc@mail.test>",
        "petrov@example.org",
        True,
        "550 no such user",
    )


def test_delay_is_not_a_failure() -> None:
    bounce = bounce_of(parse(report().replace(b"Action: failed", b"Action: delayed")))
    assert bounce is not None
    assert not bounce.permanent


def test_old_style_bounce_is_understood_by_its_words() -> None:
    mail = parse(
        letter(
            b"Message-ID: <otklik.abc@mail.test> failed",
            "From: mailer-daemon@example.org",
            "Subject: Mail delivery failed: returning message to sender",
            "X-Failed-Recipients: petrov@example.org",
        )
    )
    bounce = bounce_of(mail)
    assert bounce is not None
    assert bounce.original_id == "<otklik.abc@mail.test>"


def test_letter_of_a_person_is_no_bounce() -> None:
    assert bounce_of(parse(letter(b"text", "Subject: Mail delivery failed, why?"))) is None

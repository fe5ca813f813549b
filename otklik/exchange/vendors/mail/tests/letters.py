"""Letters as bytes, the way odd mail programs write them."""

from __future__ import annotations

from base64 import b64encode


def letter(body: bytes = b"text", *headers: str | bytes, to: str = "mcu@mail.test") -> bytes:
    """A letter of these headers and body; headers given later stand first."""
    lines = [each if isinstance(each, bytes) else each.encode() for each in headers]
    names = {line.split(b":")[0].lower() for line in lines}
    for name, value in (
        ("From", "ivanova@example.org"),
        ("To", to),
        ("Subject", "test"),
        ("Message-ID", "<one@example.org>"),
        ("Date", "Mon, 02 Mar 2026 10:00:00 +0300"),
        ("Return-Path", "<ivanova@example.org>"),
    ):
        if name.lower().encode() not in names:
            lines.append(f"{name}: {value}".encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def word(text: str, charset: str) -> str:
    """A header word encoded as RFC 2047 wants."""
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def with_file(name_parameter: str, content: bytes = b"\x89PNG picture") -> bytes:
    """A letter with one picture whose name parameter is given as it stands on the wire."""
    return letter(
        b"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + "Посмотрите на фото.".encode()
        + b"\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        + f"Content-Disposition: attachment; {name_parameter}\r\n\r\n".encode()
        + b64encode(content)
        + b"\r\n--B--\r\n",
        'Content-Type: multipart/mixed; boundary="B"',
    )


REPORT = (
    b"--R\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
    b"--R\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; mx.example.org\r\n\r\n"
    b"Final-Recipient: rfc822; Petrov@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
    b"--R\r\nContent-Type: message/rfc822\r\n\r\n"
    b"From: mcu@mail.test\r\nMessage-ID: <otklik.abc@mail.test>\r\nSubject: answer\r\n\r\nbody\r\n"
    b"--R--\r\n"
)


def report() -> bytes:
    """A delivery report of RFC 3464."""
    return letter(
        REPORT,
        'Content-Type: multipart/report; report-type=delivery-status; boundary="R"',
        "From: MAILER-DAEMON@example.org",
        "Message-ID: <dsn@example.org>",
        "Return-Path: <>",
    )

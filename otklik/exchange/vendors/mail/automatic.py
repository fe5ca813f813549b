"""Letters written by robots, and reports on letters of ours that did not arrive."""

from __future__ import annotations

import re

from otklik.exchange.vendors.mail.headers import MESSAGE_ID
from otklik.exchange.vendors.mail.model import Bounce, ParsedMail

ROBOT_SENDERS = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|autoreply|auto-reply)@")
ROBOT_SUBJECTS = re.compile(
    r"^\s*(?:авто-?ответ|автоматический ответ|автоматическое (?:сообщение|уведомление)"
    r"|нет на (?:работе|месте)\s*[:(]|вне офиса|отсутствие на рабочем месте"
    r"|automatic reply|auto(?:matic)?[ -]?reply|out of (?:the )?office)",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"\b(?:нахожусь в отпуске|буду отсутствовать|отсутствую на рабочем месте"
    r"|в отпуске (?:с|до|по) \d{1,2})",
    re.IGNORECASE,
)
BOUNCE_SUBJECTS = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|returned mail|mail delivery failed"
    r"|недоставленное|не доставлено|не удалось доставить",
    re.IGNORECASE,
)
DELAYED = re.compile(r"delay|задерж|отложен", re.IGNORECASE)


def is_automatic(parsed: ParsedMail) -> bool:
    """Whether a robot wrote it: no case is opened and nothing is answered (RFC 3834)."""
    return bool(automatic_reason(parsed))


def automatic_reason(parsed: ParsedMail) -> str:
    """Why the letter is taken for a robot's, in Russian; empty for a person's letter."""
    return _by_headers(parsed) or _by_sender(parsed) or _by_words(parsed)


def bounce_of(parsed: ParsedMail) -> Bounce | None:
    """The failed or delayed letter this report speaks of; None when it is no such report."""
    report = parsed.report
    if report is not None:
        if report.action not in ("failed", "delayed"):
            return None
        return Bounce(
            original_id=report.original_id or _mentioned_id(parsed),
            recipient=report.recipient.strip("<>").lower(),
            permanent=report.action == "failed",
            reason=(report.diagnostic or report.status)[:500],
        )
    return _bounce_by_words(parsed)


def _by_headers(parsed: ParsedMail) -> str:
    headers = parsed.headers
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return "письмо помечено как автоматическое"
    if headers.get("precedence", "").strip().lower() in (
        "bulk",
        "junk",
        "list",
        "auto_reply",
    ):
        return "рассылка"
    if any(name in headers for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return "автоответчик"
    suppress = headers.get("x-auto-response-suppress", "").lower()
    if any(word in suppress for word in ("all", "oof", "autoreply")):
        return "отправитель просит не отвечать автоматически"
    if "list-id" in headers or "list-unsubscribe" in headers:
        return "рассылка"
    return ""


def _by_sender(parsed: ParsedMail) -> str:
    if parsed.content_type == "multipart/report" or parsed.report is not None:
        return "отчёт о доставке"
    if parsed.sender is None or parsed.headers.get("return-path", "").strip() == "<>":
        return "письмо без обратного адреса"
    if ROBOT_SENDERS.match(parsed.sender.address):
        return "письмо почтового сервера"
    return ""


def _by_words(parsed: ParsedMail) -> str:
    if ROBOT_SUBJECTS.match(parsed.subject):
        return "автоответ"
    # «Буду отсутствовать» opens an answerphone's letter only as a reply to ours.
    if parsed.in_reply_to and len(parsed.text) < 600 and ABSENT.search(parsed.text):
        return "сообщение об отсутствии"
    return ""


def _bounce_by_words(parsed: ParsedMail) -> Bounce | None:
    failed = parsed.headers.get("x-failed-recipients", "")
    robot = parsed.sender is None or bool(ROBOT_SENDERS.match(parsed.sender.address))
    if not failed and not (robot and BOUNCE_SUBJECTS.search(parsed.subject)):
        return None
    return Bounce(
        original_id=_mentioned_id(parsed),
        recipient=failed.partition(",")[0].strip().lower(),
        permanent=not DELAYED.search(parsed.subject),
        reason=parsed.text[:500],
    )


def _mentioned_id(parsed: ParsedMail) -> str:
    if parsed.thread_ids:
        return parsed.thread_ids[0]
    found = re.search(r"Message-ID:\s*" + MESSAGE_ID.pattern, parsed.text + parsed.quoted, re.I)
    return found.group(0).partition(":")[2].strip() if found else ""

"""How states look: a word and a shape of the component «status»."""

from __future__ import annotations

from otklik.casework.appeals.vocabulary import Status
from otklik.casework.replies.vocabulary import ReplyStatus

SHAPES: dict[str, str] = {
    Status.RECEIVED: "new",
    Status.REGISTERED: "new",
    Status.ASSIGNED: "work",
    Status.ON_APPROVAL: "review",
    Status.APPROVED: "wait",
    Status.ANSWERED: "done",
    Status.FORWARDED: "closed",
    Status.LEFT: "off",
    Status.WITHDRAWN: "off",
}
REPLY_SHAPES: dict[str, str] = {
    ReplyStatus.DRAFT: "draft",
    ReplyStatus.ON_APPROVAL: "review",
    ReplyStatus.RETURNED: "warn",
    ReplyStatus.SIGNED: "wait",
    ReplyStatus.SENDING: "wait",
    ReplyStatus.SENT: "done",
    ReplyStatus.FAILED: "danger",
    ReplyStatus.CANCELLED: "off",
}


def status_shape(status: str) -> str:
    return SHAPES.get(status, "off")


def reply_shape(status: str) -> str:
    return REPLY_SHAPES.get(status, "off")

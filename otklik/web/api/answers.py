"""Answers to programs: JSON that nobody keeps, refusals with what to do."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from otklik.base.errors import Conflict, Forbidden, NotFound, OtklikError
from otklik.directory.programs.actions import NotAdmitted, TooOften

STATUS: dict[type[OtklikError], tuple[int, str]] = {
    NotAdmitted: (401, "not_admitted"),
    Forbidden: (403, "forbidden"),
    NotFound: (404, "not_found"),
    Conflict: (409, "conflict"),
    TooOften: (429, "too_often"),
}
LARGEST_BODY = 25 * 1024 * 1024


class WrongMethod(OtklikError):
    """The address is known, but not with this method."""


class BadFields(OtklikError):
    """Fields of the request are wrong; each is named."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        told = "; ".join(f"{name or 'тело запроса'} — {words}" for name, words in fields[:20])
        super().__init__(f"Запрос заполнен неверно: {told}.", "Исправьте эти поля и повторите.")
        self.fields = fields


def json_answer(content: Any, status: int = 200) -> HttpResponse:
    """`content`: plain values, or JSON as bytes."""
    body = (
        content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    )
    response = HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


def refusal(error: OtklikError) -> HttpResponse:
    """The error as JSON: `error.code`, `.message`, `.mend`, and `.fields` when some are wrong."""
    status, code = STATUS.get(type(error), (422, "refused"))
    if isinstance(error, WrongMethod):
        status, code = 405, "wrong_method"
    told: dict[str, Any] = {"code": code, "message": error.message, "mend": error.mend}
    if isinstance(error, BadFields):
        told["code"] = "bad_fields"
        told["fields"] = [{"field": name, "problem": words} for name, words in error.fields]
    response = json_answer({"error": told}, status)
    if isinstance(error, NotAdmitted):
        response["WWW-Authenticate"] = 'Bearer realm="otklik"'
    if isinstance(error, TooOften):
        response["Retry-After"] = str(error.seconds)
    return response

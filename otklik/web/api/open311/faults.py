"""Refusals as GeoReport v2 writes them: a list of codes with descriptions."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.directory.programs.actions import NotAdmitted, TooOften
from otklik.web.api.open311.formats import answer


@dataclass(frozen=True)
class Fault(Exception):
    """`status` is the HTTP status and the code; `told`: descriptions, one per error."""

    status: int
    told: tuple[str, ...]

    @classmethod
    def one(cls, status: int, words: str) -> Fault:
        return cls(status, (words,))


STATUS: dict[type[OtklikError], int] = {
    NotAdmitted: 403,
    Forbidden: 403,
    NotFound: 404,
    TooOften: 429,
}


def fault_of(error: OtklikError) -> Fault:
    return Fault.one(STATUS.get(type(error), 400), f"{error.message} {error.mend}".strip())


def refusal(form: str, fault: Fault) -> HttpResponse:
    errors = [{"code": fault.status, "description": words} for words in fault.told]
    return answer(form, "errors", errors, fault.status)

"""The part of the card «Совместная работа»: the thread, requests, receipts, hand-backs."""

from __future__ import annotations

from typing import Any

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.deadlines.queries import executor_terms
from otklik.casework.deadlines.vocabulary import TermStage
from otklik.casework.teamwork.models import Entry, HandBack, Handling, InfoRequest
from otklik.casework.teamwork.queries import (
    hand_backs_of,
    handlings_of,
    may_ask,
    requests_of,
    thread_of,
)
from otklik.casework.teamwork.rules import in_words
from otklik.casework.teamwork.vocabulary import HandBackState, RequestKind, RequestState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.bodies import bodies_once
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest

SHAPES = {
    RequestState.ASKED: "wait",
    RequestState.ANSWERED: "done",
    RequestState.CANCELLED: "closed",
}


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel:
    """For everybody who sees the case: five queries, and one for the bodies of the whole page."""
    backs = list(hand_backs_of(case.pk)) if has(case, HandBack) else []
    handlings = handlings_of(case.pk)
    live = [
        assignment
        for question in case.questions.all()
        for assignment in question.assignments.all()
        if assignment.withdrawn_at is None
    ]
    terms = executor_terms(request.municipality, [one.pk for one in live]) if live else {}
    context = {
        "case": case,
        "assignments": [
            _assignment(request, one, handlings.get(one.pk), backs)
            | {
                "terms": terms.get(one.pk, []),
                "may_set_term": case.is_open
                and request.access.allows(Permission.EXTEND, body_id=one.body_id),
            }
            for one in live
        ],
        "stages": TermStage.choices,
        "backs": backs,
        "thread": list(thread_of(case.pk)) if has(case, Entry) else [],
        "asked": _asked(case),
        "may_ask": may_ask(request.access, case),
        "may_pass": case.is_open and (rights.assign or request.access.may(Permission.REGISTER)),
        "assigns": rights.assign,
        "kinds": RequestKind.choices,
        "bodies": bodies_once(request),
    }
    return Panel("desk/teamwork/panel.html", context)


def _asked(case: Appeal) -> list[dict[str, Any]]:
    if not has(case, InfoRequest):
        return []
    return [request_row(one) for one in requests_of(case.pk)]


def request_row(one: InfoRequest) -> dict[str, Any]:
    late = one.state == RequestState.ASKED and one.due_at < clock.now()
    return {
        "one": one,
        "shape": "danger" if late else SHAPES[RequestState(one.state)],
        "label": "просрочено" if late else one.get_state_display(),
        "open": one.state == RequestState.ASKED,
    }


def _assignment(
    request: DeskRequest, one: Assignment, handling: Handling | None, backs: list[HandBack]
) -> dict[str, Any]:
    mine = request.access.allows(Permission.DRAFT, body_id=one.body_id, account_id=one.account_id)
    waiting = any(
        back.assignment_id == one.pk and back.state == HandBackState.WAITING for back in backs
    )
    received = handling.received_at if handling else None
    return {
        "one": one,
        "handling": handling,
        "received": received,
        "may_receive": mine and received is None,
        "may_hand_back": mine and not waiting,
        "returned": waiting,
        "reaction": reaction_of(one, handling),
    }


def reaction_of(one: Assignment, handling: Handling | None) -> str:
    """«через 12 мин», counted from the passing; empty while there is no reaction."""
    if handling is None or handling.reacted_at is None:
        return ""
    return in_words(handling.reacted_at - (handling.urgent_at or one.assigned_at))

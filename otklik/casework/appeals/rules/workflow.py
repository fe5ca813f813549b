"""The one status table: from which state, by which verb, to which state, with which right."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.base.errors import Conflict

RECEIVED, REGISTERED, ASSIGNED = "received", "registered", "assigned"
ON_APPROVAL, APPROVED, ANSWERED = "on_approval", "approved", "answered"
FORWARDED, LEFT, WITHDRAWN = "forwarded", "left", "withdrawn"

IN_WORK = frozenset({REGISTERED, ASSIGNED, ON_APPROVAL, APPROVED})
DONE = frozenset({ANSWERED, FORWARDED, LEFT, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Transition:
    verb: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str
    reason_required: bool = False


TRANSITIONS = {
    t.verb: t
    for t in (
        Transition(
            "register",
            "зарегистрировать",
            frozenset({RECEIVED}),
            REGISTERED,
            "register",
        ),
        Transition("assign", "назначить исполнителя", IN_WORK - {APPROVED}, ASSIGNED, "assign"),
        Transition(
            "submit",
            "отправить на согласование",
            frozenset({REGISTERED, ASSIGNED}),
            ON_APPROVAL,
            "draft",
        ),
        Transition(
            "return",
            "вернуть на доработку",
            frozenset({ON_APPROVAL, APPROVED}),
            ASSIGNED,
            "approve",
        ),
        Transition("approve", "согласовать", frozenset({ON_APPROVAL}), APPROVED, "approve"),
        Transition("answer", "дать ответ", frozenset({APPROVED}), ANSWERED, "send"),
        Transition("forward", "направить по компетенции", IN_WORK, FORWARDED, "send", True),
        Transition("leave", "оставить без ответа", IN_WORK, LEFT, "sign", True),
        Transition("withdraw", "прекратить по заявлению", IN_WORK, WITHDRAWN, "sign", True),
        Transition("site_link", "ответить ссылкой на сайт", IN_WORK, ANSWERED, "send", True),
        Transition(
            "explain",
            "закрыть объяснением",
            frozenset({REGISTERED, ASSIGNED}),
            ANSWERED,
            "send",
            True,
        ),
        Transition("reopen", "возобновить", DONE, ASSIGNED, "assign", True),
    )
}


def target_of(verb: str, status: str, reason: str = "") -> str:
    """The state after the verb; raise Conflict when it does not fit the present state."""
    transition = TRANSITIONS[verb]
    if status not in transition.sources:
        raise Conflict(
            f"Сейчас нельзя {transition.label}: обращение в другом состоянии.",
            "Обновите карточку: возможно, это уже сделал коллега.",
        )
    if transition.reason_required and not reason.strip():
        raise Conflict(f"Чтобы {transition.label}, нужна причина.", "Напишите её одной фразой.")
    return transition.target


def next_verbs(status: str) -> list[str]:
    """Verbs that fit the present state."""
    return [verb for verb, transition in TRANSITIONS.items() if status in transition.sources]

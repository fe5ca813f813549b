"""The kinds of actions a rule may take; a new kind is a module here and a line in `KINDS`."""

from __future__ import annotations

from otklik.base.errors import Refused
from otklik.casework.automation.actions.kinds.answering import ReadyAnswer
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.casework.automation.actions.kinds.executors import CoExecutors, Executor
from otklik.casework.automation.actions.kinds.joining import JoinProblem
from otklik.casework.automation.actions.kinds.naming import SetTopic
from otklik.casework.automation.actions.kinds.telling import Notify
from otklik.casework.automation.actions.kinds.urgency import FastTrack, HighPriority, Term

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        SetTopic(),
        HighPriority(),
        FastTrack(),
        Executor(),
        CoExecutors(),
        Term(),
        ReadyAnswer(),
        JoinProblem(),
        Notify(),
    )
}
"""By slug, in the order in which they are carried out."""


def kind_of(params: Params) -> Kind:
    found = KINDS.get(str(params.get("kind", "")))
    if found is None:
        raise Refused("Такого действия нет.", "Выберите действие из списка.")
    return found


__all__ = ["KINDS", "JoinProblem", "Kind", "NotAppliedError", "Params", "Run", "kind_of"]

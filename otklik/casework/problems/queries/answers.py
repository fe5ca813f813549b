"""Answers to all of a problem."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.problems.models import AnswerRow, AnswerRun, AnswerStage, Problem
from otklik.casework.problems.queries.seeing import problems_of
from otklik.casework.problems.vocabulary import RowState, Stage, StageState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

NEXT: dict[str, str] = {RowState.SUBMITTED: Stage.APPROVE, RowState.SIGNED: Stage.SEND}
RIGHTS: dict[str, tuple[Permission, ...]] = {
    Stage.PREPARE: (Permission.DRAFT,),
    Stage.APPROVE: (Permission.APPROVE, Permission.SIGN),
    Stage.SEND: (Permission.SEND,),
}


@dataclass(frozen=True)
class Progress:
    """`states`: rows by state; `running`: the stage under way; `tried`: rows it has come to."""

    states: dict[str, int]
    total: int
    running: AnswerStage | None
    tried: int

    @property
    def offers(self) -> list[str]:
        """Stages that have rows to work on, when none is under way."""
        if self.running:
            return []
        return [stage for state, stage in NEXT.items() if self.states.get(state)]


def runs_of(problem: Problem) -> list[AnswerRun]:
    return list(problem.answers.all()[:10])


def run_of(access: Access, run_id: int) -> AnswerRun:
    """One; NotFound when its problem is hidden or it is absent."""
    found = AnswerRun.objects.select_related("problem", "problem__municipality").filter(
        pk=run_id, problem__in=problems_of(access).values("pk")
    )
    run = found.first()
    if run is None:
        raise NotFound("Такого ответа всем нет или он вам не доступен.", "Обновите страницу.")
    return run


def rows_of(access: Access, run: AnswerRun, *, after: int = 0, limit: int = 100) -> list[AnswerRow]:
    """Rows of visible cases after this row id."""
    seen = visible_to(access).values("pk")
    rows = AnswerRow.objects.filter(run=run, pk__gt=after, appeal__in=seen)
    return list(
        rows.select_related("appeal", "reply").defer("appeal__search").order_by("pk")[:limit]
    )


def progress_of(access: Access, run: AnswerRun) -> Progress:
    """Of rows of visible cases. Three queries at most."""
    rows = run.rows.filter(appeal__in=visible_to(access).values("pk"))
    states = Counter(rows.values_list("state", flat=True))
    running = run.stages.exclude(state=StageState.DONE).first()
    tried = rows.filter(tried=running).count() if running else 0
    return Progress(dict(states), sum(states.values()), running, tried)


def may_take(access: Access, stage: str) -> bool:
    return any(access.may(right) for right in RIGHTS[stage])

"""Joining a mass problem that is open."""

from __future__ import annotations

from otklik.base.errors import Refused
from otklik.casework.automation.actions.kinds.base import Kind, Params, Run
from otklik.casework.problems.actions import join_by_rule
from otklik.casework.problems.models import Problem
from otklik.casework.problems.vocabulary import OPEN_STATES


class JoinProblem(Kind):
    slug = "problem"
    label = "присоединить к проблеме"

    def check(self, municipality_id: int, params: Params) -> None:
        known = Problem.objects.filter(municipality_id=municipality_id, state__in=OPEN_STATES)
        if not known.filter(pk=params["problem"]).exists():
            raise Refused(
                "Такой открытой проблемы нет.", "Выберите проблему, которая ещё не закрыта."
            )

    def apply(self, run: Run, params: Params) -> str:
        problem = join_by_rule(
            access=run.access,
            problem_id=params["problem"],
            appeal_id=run.appeal.pk,
            rule=run.rule.name,
        )
        return f"присоединило к проблеме {problem.number} «{problem.title}»"

"""Cases into a problem and out of it; one problem out of another, two into one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.queries import visible_to
from otklik.casework.problems.actions.shaping import hold, new_problem, note, put, shape, taken
from otklik.casework.problems.events import CaseJoined, CaseTakenOut, ProblemOpened, ProblemsMerged
from otklik.casework.problems.models import Problem, ProblemCase
from otklik.casework.problems.queries import keeper
from otklik.casework.problems.vocabulary import (
    IN_STATES,
    OPEN_STATES,
    CaseState,
    How,
    ProblemState,
)
from otklik.directory.organisation.rules import Access

MOST_AT_ONCE = 500


@transaction.atomic
def open_problem(*, access: Access, appeal_ids: Iterable[int]) -> Problem:
    """A confirmed problem of these cases, by a person's hand. Raises Refused when all of them
    stand in other problems."""
    access = keeper(access)
    hold(access.municipality_id)
    chosen = _chosen(access, appeal_ids)
    problem = new_problem(access, ProblemState.CONFIRMED)
    joined = put(
        problem, dict.fromkeys(chosen, ""), access=access, state=CaseState.JOINED, how=How.HAND
    )
    if not joined:
        raise Refused("Все эти обращения уже в других проблемах.", "Выберите другие обращения.")
    shape(problem)
    _told(access, problem, joined, How.HAND)
    note(access, ProblemOpened(subject_id=problem.pk, number=problem.number, cases=len(joined)))
    return problem


@transaction.atomic
def join(
    *,
    access: Access,
    problem_id: int,
    appeal_ids: Iterable[int],
    how: How = How.HAND,
    reason: str = "",
) -> list[int]:
    """Put cases into an open problem; ids of those that stood in none before."""
    access = keeper(access)
    problem = taken(access, problem_id)
    chosen = _chosen(access, appeal_ids)
    mine = problem.cases.filter(appeal_id__in=chosen, state=CaseState.PROPOSED)
    accepted = list(mine.values_list("appeal_id", flat=True))
    mine.update(state=CaseState.JOINED, by_label=access.actor.label)
    joined = put(problem, dict.fromkeys(chosen, reason), access=access, state=CaseState.JOINED,
                 how=how)  # fmt: skip
    shape(problem)
    _told(access, problem, accepted + joined, how, reason)
    return sorted(accepted + joined)


@transaction.atomic
def take_out(
    *, access: Access, problem_id: int, appeal_ids: Iterable[int], reason: str = ""
) -> int:
    """Take cases out; they are not proposed to this problem again. How many were in it."""
    access = keeper(access)
    problem = taken(access, problem_id)
    gone = _remove(access, problem, appeal_ids, reason.strip()[:300] or "о другом")
    shape(problem)
    return len(gone)


@transaction.atomic
def split(*, access: Access, problem_id: int, appeal_ids: Iterable[int]) -> Problem:
    """Cases of a problem into a confirmed problem of their own. Refused when none would stay."""
    access = keeper(access)
    source = taken(access, problem_id)
    chosen = set(_chosen(access, appeal_ids))
    inside = set(source.cases.filter(state__in=IN_STATES).values_list("appeal_id", flat=True))
    if not chosen & inside:
        raise Refused("Не выбраны обращения этой проблемы.", "Отметьте их в списке.")
    if inside <= chosen:
        raise Refused("В проблеме не останется обращений.", "Выберите только часть из них.")
    gone = _remove(access, source, chosen, "выделено в другую проблему")
    problem = new_problem(access, ProblemState.CONFIRMED)
    why = f"выделено из {source.number}"
    put(problem, dict.fromkeys(gone, why), access=access, state=CaseState.JOINED, how=How.HAND)
    shape(problem)
    shape(source)
    _told(access, problem, gone, How.HAND, why)
    event = ProblemOpened(
        subject_id=problem.pk, number=problem.number, cases=len(gone), split_from=source.number
    )
    note(access, event)
    return problem


@transaction.atomic
def merge(*, access: Access, problem_id: int, other_id: int) -> Problem:
    """The cases of the other problem go over to this one, and the other is closed."""
    access = keeper(access)
    problem, other = taken(access, problem_id), taken(access, other_id)
    if problem.pk == other.pk:
        raise Refused("Это одна и та же проблема.", "Выберите другую проблему.")
    state = CaseState.JOINED if problem.state == ProblemState.CONFIRMED else CaseState.PROPOSED
    moved = list(other.cases.filter(state__in=IN_STATES).values_list("appeal_id", flat=True))
    other.cases.filter(state__in=IN_STATES).update(
        state=CaseState.OUT, out_at=clock.now(), out_label=access.actor.label,
        out_reason=f"присоединено к {problem.number}",
    )  # fmt: skip
    why = f"из проблемы {other.number}"
    put(problem, dict.fromkeys(moved, why), access=access, state=state, how=How.HAND)
    shape(problem)
    other.state, other.closed_at = ProblemState.SOLVED, clock.now()
    other.merged_into, other.cases_count = problem, 0
    other.save(update_fields=["state", "closed_at", "merged_into", "cases_count"])
    if state == CaseState.JOINED:
        _told(access, problem, moved, How.HAND, why)
    event = ProblemsMerged(
        subject_id=problem.pk, number=problem.number, other=other.number, cases=len(moved)
    )
    note(access, event)
    return problem


@transaction.atomic
def join_by_rule(*, access: Access, problem_id: int, appeal_id: int, rule: str) -> Problem:
    """What an automatic rule does. Raises NotFound, and Conflict when the problem is closed, the
    case stands in a problem, or a person took it out of this one."""
    hold(access.municipality_id)
    problem = Problem.objects.filter(pk=problem_id, municipality_id=access.municipality_id).first()
    if problem is None or problem.state not in OPEN_STATES:
        raise Conflict("проблема уже закрыта", "Выберите в правиле другую проблему.")
    rows = ProblemCase.objects.filter(appeal_id=appeal_id)
    if rows.filter(state__in=IN_STATES).exists():
        raise Conflict("обращение уже в проблеме", "")
    if rows.filter(problem=problem).exists():
        raise Conflict("человек исключил обращение из этой проблемы", "")
    reason = f"правило «{rule}»"
    put(problem, {appeal_id: reason}, access=access, state=CaseState.JOINED, how=How.RULE)
    shape(problem)
    _told(access, problem, [appeal_id], How.RULE, reason)
    return problem


def _chosen(access: Access, appeal_ids: Iterable[int]) -> list[int]:
    wanted = sorted(set(appeal_ids))
    if not wanted:
        raise Refused("Обращения не выбраны.", "Отметьте нужные строки.")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"За один раз — не больше {MOST_AT_ONCE} обращений.", "Выберите меньше.")
    if visible_to(access).filter(pk__in=wanted).count() != len(wanted):
        raise NotFound("Часть обращений вам не доступна.", "Обновите страницу и выберите заново.")
    return wanted


def _remove(access: Access, problem: Problem, wanted: Iterable[int], reason: str) -> list[int]:
    rows = problem.cases.filter(appeal_id__in=_chosen(access, wanted), state__in=IN_STATES)
    gone = sorted(rows.values_list("appeal_id", flat=True))
    rows.update(
        state=CaseState.OUT, out_at=clock.now(), out_label=access.actor.label, out_reason=reason
    )
    for pk in gone:
        note(access, CaseTakenOut(
            subject_id=problem.pk, case_id=pk, number=problem.number, reason=reason
        ))  # fmt: skip
    return gone


def _told(
    access: Access, problem: Problem, cases: Iterable[int], how: How, reason: str = ""
) -> None:
    for pk in cases:
        note(access, CaseJoined(
            subject_id=problem.pk, case_id=pk, number=problem.number, how=how, reason=reason
        ))  # fmt: skip

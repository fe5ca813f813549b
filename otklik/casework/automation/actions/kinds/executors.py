"""Naming who works on the case. A person's choice stays; the body complained of is never named."""

from __future__ import annotations

from collections.abc import Iterable

from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.directory.organisation.models import Body


def existing(municipality_id: int, ids: Iterable[int]) -> list[Body]:
    """The bodies of the centre; raises NotFound when one is of elsewhere or in the archive."""
    wanted = set(ids)
    found = list(
        Body.objects.filter(municipality_id=municipality_id, pk__in=wanted, is_active=True)
    )
    if len(found) != len(wanted):
        raise NotFound("Такого органа нет среди действующих.", "Выберите орган из списка.")
    return found


class Executor(Kind):
    slug = "executor"
    label = "назначить исполнителя"

    def check(self, municipality_id: int, params: Params) -> None:
        existing(municipality_id, [params["body"]])

    def apply(self, run: Run, params: Params) -> str:
        body_id = params["body"]
        if run.decided.executor:
            raise NotAppliedError("исполнителя назвал человек")
        if run.appeal.complained_body_id == body_id:
            raise NotAppliedError("на этот орган жалуются (ст. 8 ч. 6 № 59-ФЗ)")
        if run.appeal.executor_body_id == body_id:
            raise NotAppliedError("исполнитель уже такой")
        made = assign_executor(
            access=run.access, appeal_id=run.appeal.pk, body_id=body_id, rule=run.rule.name
        )
        run.appeal.refresh_from_db()
        return f"назначило исполнителя — {made[0].body}"


class CoExecutors(Kind):
    slug = "co_executors"
    label = "назначить соисполнителей"

    def check(self, municipality_id: int, params: Params) -> None:
        if not params["bodies"]:
            raise Refused("Соисполнители не выбраны.", "Отметьте хотя бы один орган.")
        existing(municipality_id, params["bodies"])

    def apply(self, run: Run, params: Params) -> str:
        appeal = run.appeal
        barred = {appeal.executor_body_id, appeal.complained_body_id, *appeal.body_ids}
        bodies = existing(appeal.municipality_id, set(params["bodies"]) - barred)
        if not bodies:
            raise NotAppliedError("соисполнители уже назначены или на них жалуются")
        if appeal.executor_body_id is None:
            raise NotAppliedError("нет основного исполнителя")
        for body in bodies:
            assign_executor(
                access=run.access,
                appeal_id=appeal.pk,
                body_id=body.pk,
                role=AssignmentRole.CO,
                rule=run.rule.name,
            )
        appeal.refresh_from_db()
        return f"назначило соисполнителей — {', '.join(str(body) for body in bodies)}"

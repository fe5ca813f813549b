"""Telling staff that a case of a kind has come."""

from __future__ import annotations

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.queries import appointments_in_force
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind


class Notify(Kind):
    slug = "notify"
    label = "известить"

    def check(self, municipality_id: int, params: Params) -> None:
        people, roles = params.get("accounts", []), params.get("roles", [])
        if not people and not roles:
            raise Refused("Не сказано, кого известить.", "Выберите сотрудника или роль.")
        known = Role.objects.filter(municipality_id=municipality_id, pk__in=roles).count()
        if known != len(set(roles)):
            raise NotFound("Такой роли нет.", "Выберите роль из списка.")
        here = appointments_in_force(clock.today()).filter(
            account_id__in=people, role__municipality_id=municipality_id
        )
        if here.values("account_id").distinct().count() != len(set(people)):
            raise NotFound("Такого сотрудника в центре нет.", "Выберите сотрудника из списка.")

    def apply(self, run: Run, params: Params) -> str:
        appeal = run.appeal
        today = clock.today(appeal.municipality.tz)
        held = appointments_in_force(today).filter(role_id__in=params.get("roles", []))
        people = {*params.get("accounts", []), *held.values_list("account_id", flat=True)}
        told = tell(
            municipality_id=appeal.municipality_id,
            account_ids=people,
            kind=NoticeKind.RULE_FIRED,
            text=f"Обращение №\u00a0{appeal.number}: сработало автоправило «{run.rule.name}».",
            url=f"/desk/appeals/{appeal.pk}/",
            case_id=appeal.pk,
            key=f"auto-rule:{run.rule.pk}:{appeal.pk}",
        )
        if not told:
            raise NotAppliedError("извещать некого")
        return f"известило сотрудников: {len(told)}"

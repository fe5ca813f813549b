"""Executors, approvers, authors and controllers are told once; ten cost as many queries as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.intake import jobs
from otklik.casework.intake.actions import take
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.casework.satisfaction.models import Survey
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice

pytestmark = pytest.mark.django_db
People = Callable[..., list[Account]]


@pytest.fixture
def roads(municipality: Municipality) -> Body:
    return Body.objects.create(municipality=municipality, name="Отдел дорог", kind="department")


@pytest.fixture
def people(municipality: Municipality) -> People:
    """So many persons with the right, appointed to the body or to the whole centre."""

    def make(permission: Permission, count: int = 1, body: Body | None = None) -> list[Account]:
        found = []
        for _ in range(count):
            number = Account.objects.count()
            role = Role.objects.create(municipality=municipality, slug=f"r{number}", label="Роль")
            scope = Scope.BODY if body else Scope.MUNICIPALITY
            RoleGrant.objects.create(role=role, permission=permission, scope=scope)
            account = Account.objects.create_user(f"p{number}@mail.test", "Орлова Вера Ильинична")
            Appointment.objects.create(
                account=account, role=role, body=body, since=date(2020, 1, 1)
            )
            found.append(account)
        return found

    return make


@pytest.fixture
def appeal(municipality: Municipality, roads: Body) -> Appeal:
    new = NewAppeal(
        regime=Regime.PORTAL,
        channel=Channel.PORTAL,
        text="У школы не горят фонари.",
        received_at=clock.now(),
    )
    made = take(access=Access.system(municipality.pk), new=new)
    Appeal.objects.filter(pk=made.pk).update(executor_body=roads, body_ids=[roads.pk])
    made.refresh_from_db()
    return made


@pytest.fixture
def reply(appeal: Appeal, roads: Body) -> Reply:
    return Reply.objects.create(
        appeal=appeal, body=roads, text="Фонари заменят 5 марта.", status=ReplyStatus.ON_APPROVAL,
        author_label="Отдел дорог", created_at=clock.now(),
    )  # fmt: skip


def told(job: Callable[[], None]) -> set[int]:
    """Whom the job tells; done twice it tells nobody again."""
    Notice.objects.all().delete()
    job()
    job()
    got = list(Notice.objects.values_list("account_id", flat=True))
    assert len(got) == len(set(got))
    return set(got)


def cost(job: Callable[[], None]) -> int:
    Notice.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        job()
    return len(captured)


def ids(accounts: list[Account]) -> set[int]:
    return {account.pk for account in accounts}


def test_the_body_is_told_of_its_assignment(appeal: Appeal, roads: Body, people: People) -> None:
    mine = people(Permission.DRAFT, 2, roads)
    other = Body.objects.create(municipality=appeal.municipality, name="ЖКХ", kind="department")
    people(Permission.DRAFT, 1, other)
    Assignment.objects.create(
        question=appeal.questions.get(), body=roads, role=AssignmentRole.MAIN,
        assigned_at=clock.now(), assigned_by="Глава",
    )  # fmt: skip

    def job() -> None:
        jobs.tell_executor(appeal.pk, roads.pk, 1)

    assert told(job) == ids(mine)
    few = cost(job)
    people(Permission.DRAFT, 10, roads)
    assert cost(job) == few


def test_those_who_approve_are_told(
    appeal: Appeal, reply: Reply, roads: Body, people: People
) -> None:
    everywhere, here = people(Permission.APPROVE), people(Permission.APPROVE, 1, roads)
    people(Permission.SIGN)

    def job() -> None:
        jobs.tell_approvers(reply.pk, 1)

    assert told(job) == ids(everywhere + here)
    few = cost(job)
    people(Permission.APPROVE, 10)
    assert cost(job) == few
    Reply.objects.update(status=ReplyStatus.SIGNED)
    assert told(job) == set()


def test_the_author_is_told_of_a_return_and_each_return_anew(
    reply: Reply, people: People, roads: Body
) -> None:
    (author,) = people(Permission.DRAFT, 1, roads)
    Reply.objects.update(author_id=author.pk, returns=1)
    assert told(lambda: jobs.tell_author(reply.pk)) == {author.pk}
    Reply.objects.update(returns=2)
    jobs.tell_author(reply.pk)
    assert Notice.objects.count() == 2


def test_where_nobody_can_be_written_to_the_controllers_hear_of_a_return(
    reply: Reply, people: People
) -> None:
    control = people(Permission.CONTROL)
    Reply.objects.update(author_id=None, returns=1)
    assert told(lambda: jobs.tell_author(reply.pk)) == ids(control)
    assert "Передайте его исполнителю" in Notice.objects.get().text


@pytest.mark.parametrize(("score", "heard"), [(2, True), (5, False)])
def test_those_who_control_hear_of_a_low_score(
    appeal: Appeal, reply: Reply, people: People, score: int, heard: bool
) -> None:
    control = people(Permission.CONTROL)
    survey = Survey.objects.create(
        appeal=appeal, reply_id=reply.pk, score=score, asked_at=clock.now(),
        expires_at=clock.now() + timedelta(days=30), token_hash="x",
    )  # fmt: skip

    def job() -> None:
        jobs.tell_low_score(survey.pk)

    assert told(job) == (ids(control) if heard else set())
    few = cost(job)
    people(Permission.CONTROL, 10)
    assert cost(job) == few

"""The whole way of a case through the actions: taken, assigned, returned, signed, sent, scored."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Kind, Regime, Status
from otklik.casework.intake.actions import take
from otklik.casework.replies.actions import (
    approve_reply,
    note_delivery,
    return_reply,
    save_draft,
    send_reply,
    submit,
)
from otklik.casework.satisfaction.actions import ask, rate
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.queries import story_of

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = (
    "Здравствуйте! Бригада заделала яму на улице Садовой 5 марта 2026 года, "
    "качество работ проверено. Спасибо, что сообщили."
)
TICKED = {"on_point": True, "all_questions": True, "facts_checked": True}

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Municipality:
    return Municipality.objects.create(
        slug="zaozersk",
        name="Заозёрский округ",
        short_name="Заозёрский",
        kind="municipal_okrug",
        region="Край",
    )


@pytest.fixture
def roads(place: Municipality) -> Body:
    return Body.objects.create(municipality=place, name="Дорожная служба", kind="institution")


def person(place: Municipality, name: str, body: Body | None, **grants: str) -> Access:
    role = Role.objects.create(municipality=place, slug=f"r{Role.objects.count()}", label=name)
    for permission, scope in grants.items():
        RoleGrant.objects.create(role=role, permission=permission, scope=scope)
    account = Account.objects.create_user(f"p{role.pk}@zaozersk.test", name)
    Appointment.objects.create(account=account, role=role, body=body, since=date(2020, 1, 1))
    return access_of(account, place.pk, date(2026, 3, 2))


@pytest.fixture
def operator(place: Municipality) -> Access:
    return person(
        place,
        "Сидорова Анна Павловна",
        None,
        view_appeals="municipality",
        register="municipality",
        send="municipality",
        classify="municipality",
    )


@pytest.fixture
def head(place: Municipality) -> Access:
    return person(
        place,
        "Глава Пётр Ильич",
        None,
        view_appeals="municipality",
        assign="municipality",
        approve="municipality",
        sign="municipality",
    )


@pytest.fixture
def executor(place: Municipality, roads: Body) -> Access:
    return person(place, "Дорожный Иван Петрович", roads, view_appeals=Scope.BODY, draft=Scope.BODY)


def new(text: str = "На улице Садовой яма, разбили колесо", **more: object) -> NewAppeal:
    values: dict[str, object] = {
        "regime": Regime.PORTAL,
        "channel": Channel.PORTAL,
        "text": text,
        "received_at": NOON,
        "applicant": NewApplicant(name="Иванова Мария Петровна"),
        "code": "АВЕКМ-23456",
    }
    return NewAppeal(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.clause("ust-kubinsky:4.6.v.4")
@pytest.mark.clause("ust-kubinsky:4.9.v")
def test_case_goes_from_citizen_to_score_and_back(
    operator: Access, head: Access, executor: Access, roads: Body
) -> None:
    with clock.frozen(NOON):
        appeal = take(access=operator, new=new())
        assign_executor(access=head, appeal_id=appeal.pk, body_id=roads.pk)
        save_draft(access=executor, appeal_id=appeal.pk, text="Сделаем.", confirmed=TICKED)
        with pytest.raises(Refused, match="не слишком короткий"):
            submit(access=executor, appeal_id=appeal.pk)
        save_draft(access=executor, appeal_id=appeal.pk, text=GOOD, confirmed=TICKED)
        reply = submit(access=executor, appeal_id=appeal.pk)
        return_reply(
            access=head, reply_id=reply.pk, remark="Укажите, кто проверял", reasons=["no_proof"]
        )
        save_draft(
            access=executor,
            appeal_id=appeal.pk,
            text=f"{GOOD} Проверил мастер участка.",
            confirmed=TICKED,
        )
        reply = submit(access=executor, appeal_id=appeal.pk)
        approve_reply(access=head, reply_id=reply.pk)
        with pytest.raises(Conflict):
            send_reply(access=operator, reply_id=reply.pk)
        approve_reply(access=head, reply_id=reply.pk)
        sent = send_reply(access=operator, reply_id=reply.pk)
        assert sent.outbound_id
        _deliver(sent.outbound_id)
        appeal.refresh_from_db()
        assert appeal.status == Status.ANSWERED
        assert appeal.answered_at == NOON
        survey = ask(reply_id=reply.pk)
        rate(survey_id=survey.pk, score=2, comment="Яма снова", wants_reopening=True)
    appeal.refresh_from_db()
    assert (appeal.status, appeal.reopened, appeal.score) == (Status.ASSIGNED, 1, 2)
    story = [entry.sentence for entry in story_of(appeal.pk)]
    assert any("Возвращён на доработку: нет подтверждения (фото, акт); Укажите" in s for s in story)
    assert any("Заявитель оценил ответ на 2 из 5" in s for s in story)
    assert any("Возобновлено" in s for s in story)


def _deliver(outbound_id: int) -> None:
    from otklik.exchange.channels.actions import deliver

    with clock.frozen(datetime(2026, 3, 2, 9, 1, tzinfo=UTC)):
        deliver(message_id=outbound_id)
    with clock.frozen(NOON):
        from otklik.exchange.channels.models import OutboundMessage

        OutboundMessage.objects.filter(pk=outbound_id).update(sent_at=NOON)
        note_delivery(outbound_id=outbound_id)


def test_complaint_never_goes_to_the_body_complained_of(
    operator: Access, head: Access, roads: Body
) -> None:
    appeal = take(access=operator, new=new(kind=Kind.COMPLAINT, complained_body_id=roads.pk))
    with pytest.raises(Refused, match=r"ст\. 8 ч\. 6"):
        assign_executor(access=head, appeal_id=appeal.pk, body_id=roads.pk)


def test_same_external_number_changes_nothing(operator: Access) -> None:
    first = take(access=operator, new=new(external_system="pos", external_number="77"))
    again = take(access=operator, new=new(external_system="pos", external_number="77"))
    assert first.pk == again.pk
    assert Appeal.objects.count() == 1


def test_executor_may_not_assign_or_sign(executor: Access, operator: Access, roads: Body) -> None:
    appeal = take(access=operator, new=new())
    with pytest.raises(Forbidden):
        assign_executor(access=executor, appeal_id=appeal.pk, body_id=roads.pk)
    assert Permission.SIGN not in executor.grants

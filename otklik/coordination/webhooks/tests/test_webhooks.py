"""Programs are told what they may know, signed, once; failures are kept, tried again, shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.coordination.webhooks import actions
from otklik.coordination.webhooks.models import Delivery, DeliveryTry, Subscription
from otklik.coordination.webhooks.queries import forgotten
from otklik.coordination.webhooks.rules import FAILURES_TO_PAUSE, MOST_ATTEMPTS, PAUSES
from otklik.coordination.webhooks.tests.conftest import Listener, work
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import stop_program
from otklik.directory.programs.models import Program
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry, PersonalRead

LetIn = Callable[..., Program]
Subscribe = Callable[..., tuple[Subscription, str]]
FileCase = Callable[..., Appeal]


def test_news_are_signed_and_told_once(
    system: Access, roads: Body, let_in: LetIn, subscribe: Subscribe, file_case: FileCase,
    listener: Listener,
) -> None:  # fmt: skip
    _, secret = subscribe(let_in())
    case = file_case()
    assign_executor(
        access=system, appeal_id=case.pk, body_id=roads.pk, instruction="Позвоните Ивановой"
    )
    for _ in range(3):
        work()
    registered, assigned = listener.bodies
    assert registered["event"] == "case.registered"
    assert assigned["change"]["body"] == "Дорожная служба"
    assert assigned["case"]["number"] == case.number
    assert all(listener.is_ours(number, secret) for number in range(2))
    assert not listener.is_ours(0, "другой ключ")
    headers = listener.came[0][0]
    assert headers["x-otklik-event"] == "case.registered"
    assert headers["x-otklik-delivery"] == registered["id"]
    assert "Иванов" not in str(listener.bodies)
    assert not PersonalRead.objects.exists()
    assert {(one.state, one.code, one.attempts) for one in Delivery.objects.all()} == {
        ("done", 200, 1)
    }


def test_personal_data_need_the_wish_and_the_right_and_are_not_stored(
    let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    plain = let_in(title="Без права")
    with pytest.raises(Refused, match="нет права видеть персональные данные"):
        subscribe(plain, personal=True)
    able = let_in(Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL)
    subscribe(able, "case.registered", personal=True)
    case = file_case()
    work()
    assert listener.bodies[0]["personal"]["applicant"]["phone"] == "+7 900 000-11-22"
    assert PersonalRead.objects.get().case_ids == [case.pk]
    assert "900" not in str(Delivery.objects.values_list("body", flat=True))
    Program.objects.filter(pk=able.pk).update(permissions=[Permission.VIEW_APPEALS])
    file_case("Другая яма")
    work()
    assert "personal" not in listener.bodies[1]


def test_only_cases_within_the_reach_of_the_program_are_told(
    let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    subscribe(let_in(channels=["hotline122"]), "case.registered")
    file_case()
    heard = file_case("Труба", channel=Channel.HOTLINE122, regime=Regime.HOTLINE)
    work()
    assert [one["case"]["id"] for one in listener.bodies] == [heard.pk]


def test_what_is_not_taken_is_tried_again_later_and_later(
    let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    subscribe(let_in(), "case.registered")
    listener.codes = [500]
    file_case()
    moment = clock.now()
    with clock.frozen(moment):
        work()
    for number, pause in enumerate(PAUSES, start=1):
        delivery = Delivery.objects.get()
        assert (delivery.attempts, delivery.state) == (number, "waiting")
        assert delivery.next_at == moment + pause
        with clock.frozen(delivery.next_at - timedelta(seconds=1)):
            assert actions.deliver(delivery.pk) == "nothing to do"
        moment = delivery.next_at
        with clock.frozen(moment):
            actions.deliver(delivery.pk)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.code) == ("failed", MOST_ATTEMPTS, 500)
    tries = DeliveryTry.objects.order_by("number")
    assert [one.code for one in tries] == [500] * MOST_ATTEMPTS
    assert len(listener.came) == MOST_ATTEMPTS


def test_a_failed_delivery_is_replayed_by_hand_under_its_number(
    system: Access, let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    subscribe(let_in(), "case.registered")
    file_case()
    work()
    delivery = Delivery.objects.get()
    actions.replay(access=system, delivery_id=delivery.pk)
    with pytest.raises(Conflict):
        actions.replay(access=system, delivery_id=delivery.pk)
    actions.deliver(delivery.pk)
    assert [one["id"] for one in listener.bodies] == [str(delivery.uid)] * 2
    assert Entry.objects.filter(name="DeliveryReplayed").count() == 1


def test_after_many_failures_nobody_is_called_and_staff_are_told(
    centre: Municipality, system: Access, let_in: LetIn, subscribe: Subscribe,
    file_case: FileCase, listener: Listener,
) -> None:  # fmt: skip
    keeper = _keeper(centre)
    subscription, _ = subscribe(let_in(), "case.registered")
    listener.codes = [503]
    for number in range(FAILURES_TO_PAUSE):
        file_case(f"Яма {number}")
    work()
    subscription.refresh_from_db()
    assert subscription.paused_at
    assert "код ответа 503" in subscription.pause_reason
    assert Notice.objects.get(account=keeper).url.endswith(f"subscriptions/{subscription.pk}/")
    file_case("Ещё яма")
    work()
    assert len(listener.came) == FAILURES_TO_PAUSE
    listener.codes = [200]
    assert actions.resume_subscription(access=system, subscription_id=subscription.pk) == (
        FAILURES_TO_PAUSE + 1
    )
    work()
    assert not Delivery.objects.exclude(state="done").exists()
    numbers = sorted(one.number for one in DeliveryTry.objects.filter(code=200))
    assert numbers == [1] + [2] * FAILURES_TO_PAUSE


def test_gone_is_an_answer_for_good(
    let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    subscription, _ = subscribe(let_in(), "case.registered")
    listener.codes = [410]
    file_case()
    work()
    subscription.refresh_from_db()
    assert subscription.paused_at


def test_redirects_are_not_followed_and_silence_is_a_failure(
    system: Access, let_in: LetIn, subscribe: Subscribe, listener: Listener
) -> None:
    subscription, _ = subscribe(let_in())
    listener.codes = [302]
    first = actions.ping(access=system, subscription_id=subscription.pk)
    actions.deliver(first.pk)
    Subscription.objects.update(url="http://127.0.0.1:1/nobody")
    second = actions.ping(access=system, subscription_id=subscription.pk)
    actions.deliver(second.pk)
    for delivery, code in ((first, 302), (second, None)):
        delivery.refresh_from_db()
        assert (delivery.state, delivery.code) == ("waiting", code)
    assert "Нет соединения" in second.problem
    assert len(listener.came) == 1


def test_an_inner_address_is_not_called_even_when_it_was_allowed_before(
    system: Access, let_in: LetIn, subscribe: Subscribe, listener: Listener, settings: Any
) -> None:
    program = let_in()
    subscription, _ = subscribe(program)
    settings.WEBHOOKS_TO_PRIVATE = False
    for url in (listener.url, "https://имя:пароль@example.test/", "не адрес"):
        with pytest.raises(Refused):
            actions.save_subscription(
                access=system, program_id=program.pk, url=url, news=["case.answered"]
            )
    Subscription.objects.update(url="https://127.0.0.1/inner")
    delivery = actions.ping(access=system, subscription_id=subscription.pk)
    actions.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert "внутренней сети" in delivery.problem
    assert not listener.came


def test_a_delivery_whose_sender_died_is_taken_up_again(
    let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    subscribe(let_in(), "case.registered")
    file_case()

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("otklik.coordination.webhooks.actions.sending.post", die)
        with pytest.raises(KeyboardInterrupt):
            work()
    delivery = Delivery.objects.get()
    assert actions.deliver(delivery.pk) == "nothing to do"
    with clock.frozen(clock.now() + timedelta(minutes=10)):
        assert forgotten(clock.now() - timedelta(minutes=2)) == [delivery.pk]
        assert actions.deliver(delivery.pk) == "done"
    first, second = DeliveryTry.objects.order_by("number")
    assert (first.finished_at, second.code) == (None, 200)


def test_subscriptions_are_kept_by_those_who_set_up_and_of_ones_own_centre(
    centre: Municipality, system: Access, let_in: LetIn, subscribe: Subscribe
) -> None:
    program = let_in()
    subscription, secret = subscribe(program)
    assert secret
    assert secret not in subscription.secret
    (told,) = Entry.objects.filter(name="SubscriptionSaved")
    assert "from=otklik" not in told.sentence + str(told.payload)
    nobody = Access(actor=system.actor, municipality_id=centre.pk)
    neighbour = Municipality.objects.create(
        slug="d", name="Другой", short_name="Другой", kind="settlement", region="Край"
    )
    with pytest.raises(Forbidden):
        actions.pause_subscription(access=nobody, subscription_id=subscription.pk)
    with pytest.raises(NotFound):
        actions.pause_subscription(
            access=Access.system(neighbour.pk), subscription_id=subscription.pk
        )
    with pytest.raises(Refused, match="о чём оповещать"):
        actions.save_subscription(
            access=system, program_id=program.pk, url=subscription.url, news=["нет такого"]
        )
    actions.end_subscription(access=system, subscription_id=subscription.pk)
    with pytest.raises(NotFound):
        actions.ping(access=system, subscription_id=subscription.pk)


def test_a_stopped_program_hears_nothing(
    system: Access, let_in: LetIn, subscribe: Subscribe, file_case: FileCase, listener: Listener
) -> None:
    program = let_in()
    subscribe(program, "case.registered")
    file_case("Яма")
    stop_program(access=system, program_id=program.pk)
    file_case("Ещё яма")
    work()
    assert not listener.came


def _keeper(centre: Municipality) -> Account:
    role = Role.objects.create(municipality=centre, slug="keeper", label="Настройщик")
    RoleGrant.objects.create(role=role, permission=Permission.SET_UP, scope=Scope.MUNICIPALITY)
    account = Account.objects.create_user("keeper@zaozersk.test", "Настройкин Пётр Ильич")
    Appointment.objects.create(account=account, role=role, since=clock.today() - timedelta(days=1))
    return account

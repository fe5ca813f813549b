"""Booking, moving, cancelling; nobody is booked on a taken place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, OtklikError, Refused
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception.actions import (
    NewVisit,
    book,
    cancel,
    close_days,
    keep_category,
    miss,
    move,
    remind,
)
from otklik.casework.reception.models import Visit
from otklik.casework.reception.queries import (
    categories_applied,
    day_list,
    host_of,
    open_days,
    visit_by_code,
)
from otklik.casework.reception.tests.conftest import MONDAY, Reception, set_up, visits_to
from otklik.casework.reception.vocabulary import VisitState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.models import Entry

Given = Callable[..., NewVisit]
AT = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_citizen_books_and_finds_the_visit_by_code(reception: Reception, visit: Given) -> None:
    made, code = book(access=reception.access, new=visit())
    assert made.number == "ЛП-1/26"
    assert visit_by_code("лп-1/26", code.lower()) == made
    with pytest.raises(NotFound):
        visit_by_code(made.number, "ААААА-ААААА")
    assert code not in made.code_hash
    told = Entry.objects.get(name="VisitBooked").sentence
    assert "03.03.2026, 14:00" in told
    assert "Иванова" not in told


@pytest.mark.django_db
def test_a_taken_place_is_refused_and_the_same_form_makes_one_visit(
    reception: Reception, visit: Given
) -> None:
    made, code = book(access=reception.access, new=visit(1, code="АВЕКМ-23456"))
    assert book(access=reception.access, new=visit(1, code="АВЕКМ-23456")) == (made, code)
    with pytest.raises(Conflict):
        book(access=reception.access, new=visit(2))
    with pytest.raises(Refused, match="уже есть запись"):
        book(access=reception.access, new=visit(1, starts_at=AT + timedelta(minutes=20)))
    free = open_days(host_of(reception.access, reception.host.pk), now=MONDAY)[0]
    assert [slot.starts_at.minute for slot in free.slots] == [20, 40]


@pytest.mark.django_db
def test_the_database_itself_refuses_overlapping_visits(reception: Reception, visit: Given) -> None:
    made, _ = book(access=reception.access, new=visit())
    made.pk, made.number, made.code_hash = None, "ЛП-9/26", "x"
    made.starts_at, made.ends_at = AT + timedelta(minutes=10), AT + timedelta(minutes=30)
    with pytest.raises(IntegrityError, match="visit_slot_once"), transaction.atomic():
        made.save(force_insert=True)
    Visit.objects.update(state=VisitState.CANCELLED)
    made.save(force_insert=True)
    assert Visit.objects.count() == 2


@pytest.mark.django_db
def test_moving_frees_the_old_place_and_cancelling_frees_it_too(
    reception: Reception, visit: Given
) -> None:
    first, _ = book(access=reception.access, new=visit(1))
    move(access=reception.access, visit_id=first.pk, starts_at=AT + timedelta(minutes=40))
    second, _ = book(access=reception.access, new=visit(2))
    with pytest.raises(Conflict):
        move(access=reception.access, visit_id=second.pk, starts_at=AT + timedelta(minutes=40))
    cancel(access=reception.access, visit_id=first.pk, reason="заболел")
    with pytest.raises(Conflict):
        cancel(access=reception.access, visit_id=first.pk)
    move(access=reception.access, visit_id=second.pk, starts_at=AT + timedelta(minutes=40))
    with pytest.raises(Refused, match="не наступил"):
        miss(access=reception.access, visit_id=second.pk)
    told = [e.sentence for e in Entry.objects.filter(name__startswith="Visit").order_by("pk")]
    assert any("03.03.2026, 14:00 → 03.03.2026, 14:40" in one for one in told)
    assert any("отменена: заболел" in one for one in told)


@pytest.mark.django_db
def test_days_off_and_absences_are_closed(reception: Reception, visit: Given) -> None:
    with clock.frozen(datetime(2026, 2, 20, 6, 0, tzinfo=UTC)):
        host = host_of(reception.access, reception.host.pk)
        assert date(2026, 2, 24) not in {d.day for d in open_days(host, now=clock.now())}
    booked, _ = book(access=reception.access, new=visit())
    left = close_days(
        access=reception.access, host_id=reception.host.pk, since=date(2026, 3, 3),
        until=date(2026, 3, 3), reason="командировка",
    )  # fmt: skip
    assert left == [booked]
    with pytest.raises(Conflict):
        book(access=reception.access, new=visit(2, starts_at=AT + timedelta(minutes=20)))
    # 9 March 2026 is a day off; 10 March is the next Tuesday.
    host = host_of(reception.access, reception.host.pk)
    assert [one.day for one in open_days(host, now=MONDAY, days=10)] == [date(2026, 3, 10)]


@pytest.mark.django_db
def test_out_of_turn_needs_a_category_and_comes_first(reception: Reception, visit: Given) -> None:
    book(access=reception.access, new=visit(1))
    with pytest.raises(Refused, match="Не выбрано время"):
        book(access=reception.access, new=visit(2, starts_at=None, day=date(2026, 3, 3)))
    category = categories_applied(reception.place.pk)[0]
    assert "59-ФЗ" in category.article
    assert "сверьте" in category.note
    first, _ = book(
        access=reception.access,
        new=visit(2, starts_at=None, day=date(2026, 3, 3), category_id=category.pk),
    )
    assert day_list(reception.access, date(2026, 3, 3))[0] == first
    keep_category(
        access=reception.access, label=category.label, article=category.article, is_active=False
    )
    assert category.label not in {c.label for c in categories_applied(reception.place.pk)}


@pytest.mark.django_db
def test_who_keeps_another_reception_sees_and_changes_nothing(
    reception: Reception, visit: Given
) -> None:
    made, _ = book(access=reception.access, new=visit())
    with pytest.raises(Forbidden):
        book(access=reception.other, new=visit(2, starts_at=AT + timedelta(minutes=20)))
    with pytest.raises(NotFound):
        cancel(access=reception.other, visit_id=made.pk)
    assert day_list(reception.other, date(2026, 3, 3)) == []


@pytest.mark.django_db
def test_reminder_goes_once_to_those_of_tomorrow(reception: Reception, visit: Given) -> None:
    set_up_account(
        access=Access.system(reception.place.pk), kind="email", title="Почта", basis="распоряжение",
        settings={"address": "centre@zaozersk.test", "imap_host": "127.0.0.1",
                  "smtp_host": "127.0.0.1"}, secret={"password": "x"},
    )  # fmt: skip
    person = NewApplicant(name="Иванова Мария", email="ivanova@zaozersk.test")
    _, code = book(access=reception.access, new=visit(1, applicant=person))
    book(access=reception.access, new=visit(2, starts_at=AT + timedelta(minutes=20)))
    assert code in OutboundMessage.objects.get().text
    assert remind(municipality_id=reception.place.pk, now=MONDAY) == 1
    assert remind(municipality_id=reception.place.pk, now=MONDAY) == 0
    letter = OutboundMessage.objects.order_by("-pk")[0]
    assert letter.recipient == "ivanova@zaozersk.test"
    assert "03.03.2026, 14:00" in letter.text
    assert remind(municipality_id=reception.place.pk, now=MONDAY - timedelta(days=1)) == 0


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.lists(st.integers(0, 2), min_size=3, max_size=5))
def test_many_at_once_never_share_a_place(wanted: list[int]) -> None:
    """Whoever is first gets the place; all others are told so, in whatever order they come."""
    with clock.frozen(MONDAY):
        Visit.objects.all().delete()
        place = _reception()
    outcomes = _at_once(place, wanted)
    taken = [one for one in outcomes if isinstance(one, int)]
    assert len(outcomes) == len(wanted)
    assert all(isinstance(one, int | OtklikError) for one in outcomes)
    assert sorted(taken) == sorted(set(wanted))
    assert Visit.objects.filter(host=place.host).count() == len(set(wanted))


def _reception() -> Reception:
    if not Municipality.objects.exists():
        _KEPT.append(set_up())
    return _KEPT[-1]


_KEPT: list[Reception] = []


def _at_once(place: Reception, wanted: list[int]) -> list[object]:
    make, gate = visits_to(place.host.pk), threading.Barrier(len(wanted))
    outcomes: list[object] = []

    def one(n: int, slot: int) -> None:
        try:
            gate.wait(10)
            with clock.frozen(MONDAY):
                book(access=place.access, new=make(n, starts_at=AT + timedelta(minutes=20 * slot)))
            outcomes.append(slot)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(wanted, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes

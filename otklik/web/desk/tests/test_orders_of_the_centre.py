"""Sending on question by question, letters closed by the template, words of the centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewQuestion
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Result, Status
from otklik.casework.deadlines.jobs import recount
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.intake.actions.messages import take_message
from otklik.casework.proceedings.jobs import arrived, mark_anew
from otklik.exchange.channels.models import OutboundMessage
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.lawful import law, letter, text_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db


def test_the_term_of_forwarding_runs_for_questions_nobody_answers(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    """59-ФЗ, art. 8 parts 3 and 4: seven days for each question, and only while it needs them."""
    names = ("Яма", "Пенсия", "Протечка")
    case = file_law(questions=tuple(NewQuestion(text=name) for name in names))
    card = reverse("desk:appeal", args=[case.pk])
    term = Deadline.objects.get(appeal=case, kind=DeadlineKind.FORWARDING)
    assert "Не направлено и никому не поручено: вопросы 1, 2, 3." in text_of(decider, card)
    sent = {"question_1": "2", "addressee_1": "Отделение Социального фонда",
            "reason": "Пенсии назначает фонд", "next": "decide"}  # fmt: skip
    decider.client.post(law(case, "art8-4"), sent)
    term.refresh_from_db()
    assert term.state == DeadlineState.RUNNING
    assert "Не направлено и никому не поручено: вопросы 1, 3." in text_of(decider, card)
    give = {"role": "main"}
    url = reverse("desk:assignments", args=[case.pk])
    centre.head.client.post(url, {**give, "question": 1, "body": centre.roads.pk})
    recount(case.pk)
    assert "Не направлено и никому не поручено: вопрос 3." in text_of(decider, card)
    centre.head.client.post(url, {**give, "question": 3, "body": centre.water.pk})
    recount(case.pk)
    term.refresh_from_db()
    pension = case.questions.get(number=2)
    assert (term.state, term.met_at) == (DeadlineState.MET, pension.answered_at)
    assert "никому не поручено" not in text_of(decider, card)
    last = Assignment.objects.get(question__number=3, withdrawn_at__isnull=True)
    off = {"assignment": last.pk, "reason": "Не их вопрос"}
    centre.head.client.post(reverse("desk:withdrawal", args=[case.pk]), off)
    recount(case.pk)
    term.refresh_from_db()
    assert term.state == DeadlineState.RUNNING
    assert "Не направлено и никому не поручено: вопрос 3." in text_of(decider, card)


def test_a_case_given_out_whole_has_no_term_of_forwarding(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    case = file_law()
    card = reverse("desk:appeal", args=[case.pk])
    assert "<strong>переадресация</strong>" in text_of(decider, card)
    url = reverse("desk:assignments", args=[case.pk])
    centre.head.client.post(url, {"body": centre.roads.pk, "role": "main"})
    recount(case.pk)
    assert "<strong>переадресация</strong>" not in text_of(decider, card)


def test_a_letter_closed_by_the_template_opens_when_its_author_writes_again(
    centre: Centre, decider: Person
) -> None:
    """547-ФЗ, in force 30.03.2025: a letter files no обращение, so its author is told how to."""
    decider.client.post(
        reverse("desk:law_orders"),
        {"what": "mail", "mail-email": "explain",
         "mail-email_template": "Сообщение № {номер} принято. Обращение подайте на Госуслугах."},
    )  # fmt: skip
    first = letter(centre, "На Садовой яма", external_id="<first@example.test>")
    case = take_message(message_id=first.pk)
    assert case is not None
    arrived(case.pk)
    case.refresh_from_db()
    term = Deadline.objects.get(appeal=case, kind=DeadlineKind.ANSWER)
    assert (case.status, term.state) == (Status.ANSWERED, DeadlineState.MET)
    assert [one.result for one in case.questions.all()] == [Result.EXPLAINED]
    card = reverse("desk:appeal", args=[case.pk])
    assert "Обращение подайте на Госуслугах." in text_of(decider, card)
    told = OutboundMessage.objects.get(case_id=case.pk)
    for number in (1, 2):
        more = letter(
            centre, f"Не вышло, помогите ({number})", external_id=f"<more{number}@example.test>",
            subject=f"Re: {told.subject}", details={"thread_ids": ["<first@example.test>"]},
        )  # fmt: skip
        assert take_message(message_id=more.pk) == case
        arrived(case.pk)
    case.refresh_from_db()
    assert (case.status, case.reopened) == (Status.ASSIGNED, 1)
    assert OutboundMessage.objects.filter(case_id=case.pk).count() == 1
    page = text_of(decider, card)
    assert "Не вышло, помогите (2)" in page
    assert "Заявитель ответил на письмо по шаблону." in page
    assert case.number in text_of(decider, reverse("desk:appeals") + "?open=1&unassigned=1")


def test_a_multiple_case_is_marked_filtered_and_counted_by_own_words(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    cases = []
    for month in range(3):
        with clock.frozen(clock.now() - timedelta(days=90 - 30 * month)):
            case = file_law(f"Яма, раз {month}", topic_id=centre.holes.pk)
            arrived(case.pk)
            Appeal.objects.filter(pk=case.pk).update(
                status=Status.ANSWERED, answered_at=clock.now()
            )
            cases.append(case)
    card = text_of(decider, reverse("desk:appeal", args=[cases[2].pk]))
    assert "Многократное" in card
    assert "сверьте с действующей редакцией" in card
    address = reverse("desk:appeals") + "?repetition="
    assert found_in(decider, address + "multiple", cases) == [2]
    assert found_in(decider, address + "repeat", cases) == [1]
    orders = reverse("desk:law_orders")
    assert "Сверьте с действующей редакцией" in text_of(decider, orders)
    words = {"what": "multiple", "multiple-text": "Два раза за год.", "multiple-days": 365}
    assert decider.client.post(orders, words).status_code == 422
    assert decider.client.post(orders, {**words, "multiple-count": 2}).status_code == 302
    mark_anew(centre.municipality.pk)
    assert found_in(decider, address + "multiple", cases) == [1, 2]


def found_in(person: Person, address: str, cases: list[Appeal]) -> list[int]:
    """Places of the cases that the list shows."""
    page = text_of(person, address)
    return [n for n, case in enumerate(cases) if f">{case.number}<" in page]

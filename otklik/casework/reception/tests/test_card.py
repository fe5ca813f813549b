"""The card: consent, refusals by the law, and what is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions import NewAppeal, register
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.reception.actions import NewCard, NewVisit, QuestionHeard, book, hold
from otklik.casework.reception.models import Visit
from otklik.casework.reception.tests.conftest import TUESDAY, Reception
from otklik.casework.reception.vocabulary import Outcome, VisitState
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.models import Attachment
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(reception: Reception, visit: Callable[..., NewVisit]) -> Iterator[Visit]:
    made, _ = book(access=reception.access, new=visit())
    with clock.frozen(TUESDAY):
        yield made


def card(*questions: QuestionHeard, **more: object) -> NewCard:
    return NewCard(**{"identity_shown": True, "questions": questions, **more})  # type: ignore[arg-type]


ORAL = QuestionHeard(text="Когда аптека?", outcome=Outcome.ORAL, answer="В мае", consent=True)
LETTER = NewAppeal(regime=Regime.LAW59, channel=Channel.PAPER, text="Мост", received_at=TUESDAY)
PAPER = QuestionHeard(text="Прошу починить мост", outcome=Outcome.HANDED_IN)


def test_handed_in_and_written_become_one_appeal_of_two_questions(
    reception: Reception, booked: Visit
) -> None:
    written = QuestionHeard(text="Нет света на Лесной", outcome=Outcome.WRITTEN)
    done = hold(
        access=reception.access, visit_id=booked.pk,
        new=card(ORAL, PAPER, written, files=[("скан.txt", "Прошу".encode())]),
    )  # fmt: skip
    case = Appeal.objects.get()
    assert (case.regime, case.channel) == (Regime.LAW59, Channel.RECEPTION)
    assert case.number.startswith("О-")
    assert case.due_at is not None
    assert [q.text for q in case.questions.all()] == ["Прошу починить мост", "Нет света на Лесной"]
    assert [q.appeal_id for q in done.questions.all()] == [None, case.pk, case.pk]
    assert Attachment.objects.get().subject_id == case.pk
    booked.refresh_from_db()
    assert booked.state == VisitState.HELD
    told = Entry.objects.get(name="ReceptionHeld")
    assert told.case_id == case.pk
    assert told.actor_label == "Сидорова А. П."
    assert "вопрос 1 — ответ дан устно с согласия" in told.sentence
    with pytest.raises(Conflict):
        hold(access=reception.access, visit_id=booked.pk, new=card(ORAL))


def test_oral_answer_alone_registers_nothing(reception: Reception, booked: Visit) -> None:
    hold(access=reception.access, visit_id=booked.pk, new=card(ORAL))
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (QuestionHeard(text="?", outcome=Outcome.ORAL, answer="Да"), "нет согласия"),
        (QuestionHeard(text="?", outcome=Outcome.ORAL, consent=True), "нет устного ответа"),
        (QuestionHeard(text="?", outcome=Outcome.NOT_OURS), "ст. 13 ч. 5"),
        (QuestionHeard(text="?", outcome=Outcome.ANSWERED, earlier="О-7/26"), "ст. 13 ч. 6"),
        (QuestionHeard(text="?", outcome=""), "не выбран исход"),
        (QuestionHeard(text=" ", outcome=Outcome.ORAL), "ни одного вопроса"),
    ],
)
def test_what_the_law_does_not_allow_is_refused(
    reception: Reception, booked: Visit, question: QuestionHeard, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        hold(access=reception.access, visit_id=booked.pk, new=card(question))
    assert Visit.objects.get().state == VisitState.BOOKED


def test_without_a_document_nobody_is_received(reception: Reception, booked: Visit) -> None:
    with pytest.raises(Refused, match="документ предъявлен"):
        hold(access=reception.access, visit_id=booked.pk, new=card(ORAL, identity_shown=False))


def test_refusal_rests_on_a_case_that_was_answered(reception: Reception, booked: Visit) -> None:
    case = register(access=Access.system(reception.place.pk), new=LETTER)
    again = QuestionHeard(text="Опять мост", outcome=Outcome.ANSWERED, earlier=f"№ {case.number}")
    with pytest.raises(Refused, match="ответа ещё не было"):
        hold(access=reception.access, visit_id=booked.pk, new=card(again))
    Appeal.objects.update(answered_at=clock.now() - timedelta(days=1))
    done = hold(access=reception.access, visit_id=booked.pk, new=card(again))
    assert done.questions.get().earlier == case
    assert Appeal.objects.count() == 1

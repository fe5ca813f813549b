"""The card of a reception: what was asked, what was said, what was registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, NewQuestion
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import take
from otklik.casework.reception.events import ReceptionHeld
from otklik.casework.reception.models import Card, CardQuestion, Visit
from otklik.casework.reception.queries import visible_to
from otklik.casework.reception.vocabulary import REGISTERED, Outcome, VisitState
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class QuestionHeard:
    """One question; `answer` is the oral answer or the explanation, `earlier` a case number."""

    text: str
    outcome: str
    answer: str = ""
    consent: bool = False
    topic_id: int | None = None
    earlier: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCard:
    identity_shown: bool
    questions: Sequence[QuestionHeard]
    note: str = ""
    files: Sequence[tuple[str, bytes]] = ()


@transaction.atomic
def hold(*, access: Access, visit_id: int, new: NewCard) -> Card:
    """Fill in the card and register what must be answered in writing (59-ФЗ, art. 13 parts 1–6).

    Raises Refused: an oral answer needs the citizen's consent (part 3), a matter of others an
    explanation where to turn (part 5), a refusal the earlier case that was answered (part 6).
    """
    visit = _locked(access, visit_id)
    access = access.under(
        Permission.RECEIVE, body_id=visit.host.body_id, account_id=visit.host.account_id
    )
    questions = [one for one in new.questions if one.text.strip()]
    if not questions:
        raise Refused("В карточке нет ни одного вопроса.", "Запишите, о чём спрашивал гражданин.")
    if not new.identity_shown:
        raise Refused(
            "Не отмечено, что документ предъявлен (ст. 13 ч. 2 № 59-ФЗ).",
            "Попросите документ, удостоверяющий личность, и отметьте это.",
        )
    for number, one in enumerate(questions, 1):
        _check(number, one)
    earlier = [_earlier(access, visit, one) for one in questions]
    appeal = _register(access, visit, questions, new.files)
    card = _write(access, visit, new)
    CardQuestion.objects.bulk_create(
        _row(card, number, one, before, appeal)
        for number, (one, before) in enumerate(zip(questions, earlier, strict=True), 1)
    )
    visit.state = VisitState.HELD
    visit.save(update_fields=["state"])
    event = ReceptionHeld(
        subject_id=visit.pk,
        case_id=appeal.pk if appeal else None,
        number=visit.number,
        host=str(visit.host),
        identity_shown=new.identity_shown,
        outcomes=tuple(Outcome(one.outcome).label for one in questions),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return card


def _write(access: Access, visit: Visit, new: NewCard) -> Card:
    return Card.objects.create(
        visit=visit,
        identity_shown=new.identity_shown,
        held_at=clock.now(),
        held_by=str(visit.host),
        kept_by=access.actor.label,
        note=new.note.strip(),
    )


def _row(
    card: Card, number: int, one: QuestionHeard, before: Appeal | None, appeal: Appeal | None
) -> CardQuestion:
    return CardQuestion(
        card=card,
        number=number,
        text=one.text.strip(),
        topic_id=one.topic_id,
        outcome=one.outcome,
        answer=one.answer.strip(),
        consent=one.consent,
        appeal=appeal if one.outcome in REGISTERED else None,
        earlier=before,
    )


def _locked(access: Access, visit_id: int) -> Visit:
    visit = (
        visible_to(access)
        .select_for_update(of=("self",))
        .select_related("host__municipality")
        .filter(pk=visit_id)
        .first()
    )
    if visit is None:
        raise NotFound("Такой записи нет или она вам не доступна.", "Откройте список заново.")
    if visit.state not in (VisitState.BOOKED, VisitState.MISSED):
        raise Conflict(
            f"Запись уже в состоянии «{visit.get_state_display()}».", "Обновите страницу."
        )
    if visit.day > clock.today(visit.host.municipality.tz):
        raise Refused("День приёма ещё не наступил.", "Перенесите запись, если приём сегодня.")
    return visit


def _check(number: int, one: QuestionHeard) -> None:
    name = f"Вопрос {number}"
    if one.outcome not in Outcome.values:
        raise Refused(f"{name}: не выбран исход.", "Отметьте, чем закончился вопрос.")
    if one.outcome == Outcome.ORAL and not one.answer.strip():
        raise Refused(f"{name}: нет устного ответа.", "Запишите, что ответили гражданину.")
    if one.outcome == Outcome.ORAL and not one.consent:
        raise Refused(
            f"{name}: нет согласия гражданина на устный ответ (ст. 13 ч. 3).",
            "Отметьте согласие или выберите письменный ответ.",
        )
    if one.outcome == Outcome.NOT_OURS and not one.answer.strip():
        raise Refused(f"{name}: нет разъяснения (ст. 13 ч. 5).", "Запишите, куда и как обратиться.")


def _earlier(access: Access, visit: Visit, one: QuestionHeard) -> Appeal | None:
    """The answered case a refusal rests upon (part 6)."""
    if one.outcome != Outcome.ANSWERED:
        return None
    number = one.earlier.strip().lstrip("№ ")
    found = visible_appeals(access).filter(number__iexact=number).first() if number else None
    if found is None:
        raise Refused(
            "Не найдено обращение, на которое уже ответили (ст. 13 ч. 6).",
            "Укажите его номер из журнала.",
        )
    if found.answered_at is None:
        raise Refused(
            f"На обращение № {found.number} ответа ещё не было.",
            "Отказать можно, только если ответ по существу дан ранее (ст. 13 ч. 6).",
        )
    return found


def _register(
    access: Access,
    visit: Visit,
    questions: Sequence[QuestionHeard],
    files: Sequence[tuple[str, bytes]],
) -> Appeal | None:
    kept = [one for one in questions if one.outcome in REGISTERED]
    if not kept:
        if files:
            raise Refused(
                "Файлы приложены, но ни один вопрос не регистрируется.",
                "Выберите исход «принято письменное обращение» или уберите файлы.",
            )
        return None
    person = visit.applicant
    new = NewAppeal(
        regime=Regime.LAW59,
        channel=Channel.RECEPTION,
        text="\n\n".join(one.text.strip() for one in kept),
        received_at=clock.now(),
        applicant=NewApplicant(
            name=person.name,
            kind=person.kind,
            phone=person.phone,
            email=person.email,
            postal_address=person.postal_address,
            category=person.category,
        ),
        questions=tuple(NewQuestion(text=one.text.strip(), topic_id=one.topic_id) for one in kept),
        topic_id=kept[0].topic_id,
        reply_address=person.email,
    )
    # Receiving a citizen implies registering what he leaves (art. 13 part 4).
    grants = {**access.grants, str(Permission.REGISTER): Reach(everywhere=True)}
    registrar = Access(
        actor=access.actor,
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        grants=grants,
        unlimited=access.unlimited,
        roles=access.roles,
    )
    return take(access=registrar, new=new, files=files)

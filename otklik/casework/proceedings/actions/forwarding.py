"""Sending questions to those who are competent (59-ФЗ, art. 8 parts 3, 3.1, 4, 6; art. 11 p. 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions import conclude
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.proceedings.actions.deciding import Given, begin, write
from otklik.casework.proceedings.actions.mailing import write_to
from otklik.casework.proceedings.models import Decision, Transfer
from otklik.casework.proceedings.rules.checks import Recipient, check_decision
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.vocabulary import Verb
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of


@dataclass(frozen=True, kw_only=True)
class TransferTo:
    """One addressee of one question (`question` is its number; None: the whole case)."""

    body_id: int | None = None
    addressee: str = ""
    email: str = ""
    question: int | None = None
    results_asked: bool = False


@transaction.atomic
def forward(
    *,
    access: Access,
    appeal_id: int,
    transfers: Sequence[TransferTo],
    given: Given,
    slug: str = "art8-3",
) -> Decision:
    """Send a copy to each addressee and tell the citizen; the case closes when all has gone.

    Raises Refused when a complaint would go to whom it is against (art. 8 part 6), when the term
    has run out without an explanation, or without an addressee.
    """
    appeal, ground, case = begin(access, appeal_id, slug)
    access = access.under(
        ground.permission, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    if ground.verb != Verb.FORWARD:
        raise Refused(f"По {ground.named} не направляют.", "Выберите часть статьи 8.")
    rows = [_row(appeal, one) for one in transfers if one.body_id or one.addressee.strip()]
    recipients = tuple(Recipient(name=row.addressee, body_id=row.body_id) for row in rows)
    given = replace(given, recipients=recipients)
    check_decision(ground, case, given.asked(), clock.today(appeal.municipality.tz))
    _check_own_questions(rows)
    decision = write(access, appeal, ground, case, given)
    files = [file.pk for file in files_of("appeal", [appeal.pk])]
    for number, row in enumerate(rows, start=1):
        row.decision = decision
        row.outbound_id = _copy(access, appeal, ground, row, given.reason, number, files)
    Transfer.objects.bulk_create(rows)
    _close(access, appeal, ground, rows, given.reason)
    return decision


@transaction.atomic
def note_results(*, access: Access, transfer_id: int) -> Transfer:
    """The addressee has told of its results, as was asked (59-ФЗ, art. 8 part 5)."""
    access = access.require(Permission.REGISTER)
    row = (
        Transfer.objects.select_for_update(of=("self",))
        .filter(pk=transfer_id, decision__municipality_id=access.municipality_id)
        .first()
    )
    if row is None:
        raise NotFound("Такой переадресации нет.", "Обновите страницу.")
    row.results_at = row.results_at or clock.now()
    row.save(update_fields=["results_at"])
    return row


def _row(appeal: Appeal, one: TransferTo) -> Transfer:
    body = None
    if one.body_id is not None:
        body = Body.objects.filter(
            pk=one.body_id, municipality_id=appeal.municipality_id, is_active=True
        ).first()
        if body is None:
            raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    question = None
    if one.question is not None:
        question = Question.objects.filter(appeal=appeal, number=one.question).first()
        if question is None:
            raise NotFound("Такого вопроса в обращении нет.", "Обновите карточку.")
    return Transfer(
        question=question,
        body=body,
        addressee=(str(body) if body else " ".join(one.addressee.split()))[:300],
        email=one.email.strip() or (body.email if body else ""),
        results_asked=one.results_asked,
    )


def _check_own_questions(rows: Sequence[Transfer]) -> None:
    """The same addressee gets the same question once."""
    keys = [(row.question_id, row.addressee.casefold()) for row in rows]
    if len(keys) != len(set(keys)):
        raise Refused(
            "Один и тот же адресат указан дважды (ст. 8 ч. 4 № 59-ФЗ).",
            "Оставьте по одной копии каждому.",
        )
    gone = [row.question for row in rows if row.question is not None and row.question.result]
    if gone:
        raise Refused(
            f"По вопросу {gone[0].number} решение уже есть: {gone[0].get_result_display()}.",
            "Выберите вопросы, по которым решения ещё нет.",
        )


def _copy(
    access: Access,
    appeal: Appeal,
    ground: GroundTerms,
    row: Transfer,
    reason: str,
    number: int,
    files: Sequence[int],
) -> int:
    centre = appeal.municipality.centre_name or appeal.municipality.name
    asked = "Просим сообщить нам о результатах рассмотрения (ст. 8 ч. 5 № 59-ФЗ)."
    about = row.question.text if row.question and row.question.text else ""
    person = appeal.applicant
    contacts = ", ".join(
        part for part in (person.postal_address, person.email, person.phone) if part
    )
    opening = (
        f"{row.addressee}\n\nНаправляем обращение № {appeal.number} на рассмотрение "
        f"по {ground.named}. {reason.strip()}"
    )
    parts = (
        opening,
        asked if row.results_asked else "",
        f"Заявитель: {person.name or 'не указан'}{f' ({contacts})' if contacts else ''}.",
        f"Вопрос {row.question.number}: {about}" if about and row.question else "",
        f"Текст обращения:\n{appeal.text}",
        "О направлении заявитель уведомлён." if row.decision.notice_text else "",
        centre,
    )
    message = write_to(
        access=access,
        appeal=appeal,
        addressee=row.addressee,
        email=row.email,
        subject=f"О рассмотрении обращения № {appeal.number}",
        text="\n\n".join(part for part in parts if part),
        key=f"transfer:{row.decision_id}:{number}",
        attachment_ids=files,
    )
    return message.pk


def _close(
    access: Access, appeal: Appeal, ground: GroundTerms, rows: Sequence[Transfer], reason: str
) -> None:
    """Questions that went are done here; the case ends when none is left.

    Until then the term of forwarding runs for those that nobody was given yet, and for them only.
    """
    whole = any(row.question_id is None for row in rows)
    questions = Question.objects.filter(appeal=appeal, result="")
    if not whole:
        sent = {row.question_id for row in rows if row.question_id is not None}
        questions.filter(pk__in=sent).update(result=Result.TRANSFERRED, answered_at=clock.now())
        if questions.exclude(pk__in=sent).exists():
            set_deadlines(appeal=appeal, actor=access.actor)
            return
    done = conclude(
        access=access,
        appeal_id=appeal.pk,
        verb="forward",
        reason=f"{ground.named}. {reason.strip()}",
        result=Result.TRANSFERRED,
    )
    set_deadlines(appeal=done, actor=access.actor)

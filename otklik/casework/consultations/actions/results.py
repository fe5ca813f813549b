"""How it ended: figures by file or by hand, the protocol, the publication."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.base.tables import open_table
from otklik.casework.consultations import events
from otklik.casework.consultations.actions.common import held, told
from otklik.casework.consultations.actions.dates import end
from otklik.casework.consultations.models import FILES, Comment, Consultation, ResultsFile
from otklik.casework.consultations.rules import Reading, checked_votes, read_results
from otklik.casework.consultations.vocabulary import (
    ON_PLATFORM,
    WITH_RESULTS,
    ConsultationState,
    ResultsFrom,
)
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.actions import store
from otklik.records.attachments.models import Attachment

LARGEST = 20 * 1024 * 1024
KEPT_PROBLEMS = 200


@transaction.atomic
def finish(*, access: Access, consultation_id: int) -> Consultation:
    """It was closed on ПОС before its day."""
    access, one = held(access, consultation_id, (ConsultationState.RUNNING,))
    end(access, one)
    return one


@transaction.atomic
def cancel(*, access: Access, consultation_id: int, reason: str) -> Consultation:
    access, one = held(access, consultation_id, (ConsultationState.DRAFT, *ON_PLATFORM))
    if not reason.strip():
        raise Refused("Не сказано, почему мероприятие отменено.", "Напишите причину.")
    one.state, one.reason = ConsultationState.CANCELLED, reason.strip()[:500]
    one.save(update_fields=["state", "reason"])
    told(access, events.ConsultationCancelled(subject_id=one.pk, what=one.title, reason=one.reason))
    return one


@transaction.atomic
def keep_results(
    *, access: Access, consultation_id: int, participants: int, votes: Sequence[int]
) -> Consultation:
    """Figures typed from the cabinet; `votes` in the order of options. Raises Refused."""
    access, one = held(access, consultation_id, WITH_RESULTS)
    _keep(access, one, participants, votes, ResultsFrom.HAND)
    return one


@transaction.atomic
def read_file(
    *, access: Access, consultation_id: int, file_name: str, content: bytes
) -> ResultsFile:
    """Votes are taken only when all of their rows are clean, comments row by row and once.

    Raises Refused when it is no table of results or contradicts itself.
    """
    access, one = held(access, consultation_id, WITH_RESULTS)
    options = list(one.options.all())
    reading = _read(one, [option.text for option in options], content)
    counted = _count(access, one, reading, len(options))
    made = ResultsFile.objects.create(
        consultation=one,
        file_name=file_name[:255],
        read=reading.read,
        refused=len(reading.problems),
        problems=[asdict(problem) for problem in reading.problems[:KEPT_PROBLEMS]],
        counted=counted,
        comments=_add_comments(one, reading),
        loaded_at=clock.now(),
        loaded_label=access.actor.label,
    )
    event = events.ConsultationFileRead(
        subject_id=one.pk, what=one.title, file_name=made.file_name, read=made.read,
        refused=made.refused,
    )  # fmt: skip
    told(access, event)
    return made


@transaction.atomic
def attach_protocol(
    *, access: Access, consultation_id: int, file_name: str, content: bytes
) -> Attachment:
    """The signed protocol; it may name people and stays at the desk."""
    states = (*WITH_RESULTS, ConsultationState.PUBLISHED)
    access, one = held(access, consultation_id, states)
    kept = store(
        municipality_id=one.municipality_id, file_name=file_name, content=content,
        subject=FILES, subject_id=one.pk,
    )  # fmt: skip
    told(access, events.ConsultationProtocolAttached(subject_id=one.pk, what=one.title))
    return kept


@transaction.atomic
def publish(*, access: Access, consultation_id: int, conclusion: str = "") -> Consultation:
    """Show the results on the portal. Raises Refused when there are none."""
    access, one = held(access, consultation_id, (ConsultationState.FINISHED,))
    if one.results_at is None or one.participants is None:
        raise Refused("Итоги ещё не внесены.", "Загрузите файл итогов из ПОС или впишите числа.")
    one.state, one.conclusion = ConsultationState.PUBLISHED, conclusion.strip()
    one.published_at = clock.now()
    one.save(update_fields=["state", "conclusion", "published_at"])
    told(access, events.ConsultationPublished(subject_id=one.pk, what=one.title))
    return one


def _keep(
    access: Access, one: Consultation, participants: int, votes: Sequence[int], source: ResultsFrom
) -> None:
    options = list(one.options.all())
    if len(votes) != len(options):
        raise Refused("Голоса внесены не за все варианты.", "Впишите число у каждого варианта.")
    checked_votes(participants, votes, several=one.several)
    for option, count in zip(options, votes, strict=True):
        option.votes = count
        option.save(update_fields=["votes"])
    one.participants, one.results_from, one.results_at = participants, source, clock.now()
    one.save(update_fields=["participants", "results_from", "results_at"])
    event = events.ConsultationResultsKept(
        subject_id=one.pk, what=one.title, participants=participants, votes=tuple(votes),
        source=source.label,
    )  # fmt: skip
    told(access, event)


def _read(one: Consultation, options: Sequence[str], content: bytes) -> Reading:
    if len(content) > LARGEST:
        raise Refused("Файл больше 20 МБ.", "Выгрузите итоги одного мероприятия.")
    with tempfile.NamedTemporaryFile(prefix="otklik-results-") as file:
        file.write(content)
        file.flush()
        table = open_table(Path(file.name))
        try:
            sheets = [list(table.rows(sheet)) for sheet in table.sheets]
        finally:
            table.close()
    reading = read_results(sheets, options, one.municipality.tz)
    if not reading.known:
        raise Refused(
            "В файле нет итогов: не нашлись столбцы «Вариант ответа» и «Количество голосов» "
            "или «Комментарий».",
            "Выгрузите итоги мероприятия из кабинета ПОС или впишите числа вручную.",
        )
    return reading


def _count(access: Access, one: Consultation, reading: Reading, options: int) -> bool:
    """Whether the file told all figures; a figure it lacks may be known already."""
    participants = reading.participants if reading.participants is not None else one.participants
    whole = not reading.spoilt and participants is not None and len(reading.votes) == options
    if not whole or participants is None or not (reading.votes or reading.participants is not None):
        return False
    votes = [reading.votes[number] for number in range(1, options + 1)]
    _keep(access, one, participants, votes, ResultsFrom.FILE)
    return True


def _add_comments(one: Consultation, reading: Reading) -> int:
    known = set(one.comments.values_list("external_id", flat=True))
    fresh = {row.number: row for row in reading.comments if row.number not in known}
    Comment.objects.bulk_create(
        Comment(
            consultation=one,
            external_id=row.number,
            text=row.text,
            author=row.author,
            said_at=row.said_at or clock.now(),
        )
        for row in fresh.values()
    )
    return len(fresh)

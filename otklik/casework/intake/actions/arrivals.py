"""A row of an export as a case: regime, state, moments, place."""

from __future__ import annotations

from datetime import datetime

from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.actions.register_many import Arrival
from otklik.casework.appeals.rules.fingerprint import fingerprint_of
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Regime, Status
from otklik.casework.deadlines.rules import CaseFacts, Planner, Starts
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.casework.intake.actions.naming import Names
from otklik.casework.intake.rules import ImportedRow
from otklik.casework.intake.rules.reconciling import closed_as
from otklik.casework.intake.vocabulary import Source


def arrival_of(
    row: ImportedRow, *, source: Source, names: Names, planner: Planner, moment: datetime
) -> Arrival:
    """What `register_many` takes; `moment` stands in where the export has no date at all."""
    received = row.received_at or row.registered_at or moment
    registered = max(row.registered_at or received, received)
    topic_id, body_id = names.topic(row.topic), names.body(row.body)
    new = NewAppeal(
        regime=Regime.LAW59 if row.fz59 else source.regime,
        channel=_channel(row, source),
        text=row.text,
        received_at=received,
        applicant=_applicant(row),
        place=names.place(row),
        topic_id=topic_id,
        reply_address=row.email,
        external_system=source,
        external_number=row.number,
        fingerprint=fingerprint_of(row.text),
        fast_track=row.fast_track,
    )
    closed = closed_as(row)
    return Arrival(
        new=new,
        registered_at=registered,
        status=closed or (Status.ASSIGNED if body_id else Status.REGISTERED),
        body_id=body_id,
        body=row.body,
        answered_at=_answered(row, registered) if closed else None,
        # A term of that system does not replace the one of the law (59-ФЗ, art. 12).
        due_at=(None if row.fz59 else row.due_at) or _planned(new, registered, planner),
        score=row.score,
        external_status=row.status,
        external_hash=row.digest,
    )


def _channel(row: ImportedRow, source: Source) -> Channel:
    """Where the answer goes: into «Инцидент менеджмент» itself, whatever network it watches."""
    return source.channel if source == Source.INCIDENT else row.channel or source.channel


def _answered(row: ImportedRow, registered: datetime) -> datetime | None:
    """An answer cannot be older than its question: exports with bare dates put it at midnight."""
    return max(row.answered_at, registered) if row.answered_at else None


def _planned(new: NewAppeal, registered: datetime, planner: Planner) -> datetime | None:
    case = CaseFacts(
        regime=new.regime,
        channel=new.channel,
        topic_ids=planner.lineage(new.topic_id),
        fast_track=new.fast_track,
    )
    starts = Starts(received_at=new.received_at, registered_at=registered)
    term = planner.term(DeadlineKind.ANSWER, case, starts)
    return term.computed.due_at if term else None


def _applicant(row: ImportedRow) -> NewApplicant:
    named = bool(row.applicant_name or row.phone or row.email or row.author_link)
    return NewApplicant(
        kind=ApplicantKind.CITIZEN if named else ApplicantKind.ANONYMOUS,
        name=row.applicant_name,
        phone=row.phone,
        email=row.email,
        external_profile=row.author_link,
    )

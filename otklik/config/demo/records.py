"""Turns told appeals into rows of every table a living case would have filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from otklik.base.bulk import copy_new
from otklik.casework.appeals.actions.register import summary_of
from otklik.casework.appeals.actions.registration import take_numbers
from otklik.casework.appeals.models import Appeal, Applicant, Assignment, Question
from otklik.casework.appeals.rules.fingerprint import fingerprint_of
from otklik.casework.appeals.vocabulary import AssignmentRole, Repetition
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries.planning import case_facts, starts_of
from otklik.casework.deadlines.rules import Extension
from otklik.casework.deadlines.rules.plan import SET_AT_REGISTRATION, Planner
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.satisfaction.models import Survey
from otklik.config.demo.correspondence import Answering, answer_rows
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.history import EXTENSION_REASON, Hands, Rows, entries
from otklik.config.demo.messages import Written, letter_rows
from otklik.config.demo.model import DemoAppeal
from otklik.config.demo.people import Person
from otklik.config.demo.places import Place
from otklik.config.demo.receipts import Given, Receipts
from otklik.exchange.channels.models import ChannelAccount

EXTENSION_DAYS = 30
SURVEY_LIFE = timedelta(days=60)


@dataclass
class Writer:
    """What one filling remembers between batches."""

    grounds: Grounds
    hands: Hands
    planner: Planner
    mailbox: ChannelAccount
    receipts: Receipts
    applicants: dict[Person, Applicant] = field(default_factory=dict)
    saved: dict[int, Appeal] = field(default_factory=dict)

    def write(self, batch: Sequence[DemoAppeal]) -> None:
        """Save one batch with everything around it; inside the caller's transaction."""
        self._people(batch)
        numbers = self._numbers(batch)
        appeals = [self._appeal(told, numbers[told.order]) for told in batch]
        terms = [self._terms(told, a) for told, a in zip(batch, appeals, strict=True)]
        copy_new(connection, appeals)
        self._link(batch, appeals)
        given = self._questions(batch, appeals)
        answer_terms = self._deadlines(appeals, terms)
        answering = answer_rows(batch, appeals, self.grounds, self.hands)
        surveys = self._surveys(batch, answering)
        rows = [
            Rows(told, appeal, term, answer.replies, answer.steps, survey)
            for told, appeal, term, answer, survey in zip(
                batch, appeals, answer_terms, answering, surveys, strict=True
            )
        ]
        journal = [entry for row in rows for entry in entries(row, self.grounds, self.hands)]
        journal += self.receipts.write(given)
        journal.sort(key=lambda entry: entry.recorded_at)
        copy_new(connection, journal)
        letter_rows(
            [Written(row.told, row.appeal, row.replies, row.survey) for row in rows],
            self.mailbox,
            self.hands,
        )

    def _people(self, batch: Sequence[DemoAppeal]) -> None:
        new = {told.applicant: None for told in batch if told.applicant not in self.applicants}
        made = {
            person: Applicant(
                municipality=self.grounds.municipality,
                name=person.full_name,
                phone=person.phone,
                email=person.email,
            )
            for person in new
        }
        copy_new(connection, list(made.values()))
        self.applicants |= made

    def _numbers(self, batch: Sequence[DemoAppeal]) -> dict[int, str]:
        zone = self.grounds.municipality.tz
        groups: dict[tuple[str, int], list[DemoAppeal]] = defaultdict(list)
        for told in batch:
            year = (told.registered_at or told.received_at).astimezone(zone).year
            groups[("law59" if told.regime == "law59" else "other", year)].append(told)
        found: dict[int, str] = {}
        for (regime, year), group in groups.items():
            group.sort(key=lambda told: told.registered_at or told.received_at)
            taken = take_numbers(self.grounds.municipality.pk, regime, year, len(group))
            found |= {told.order: number for told, number in zip(group, taken, strict=True)}
        return found

    def _appeal(self, told: DemoAppeal, number: str) -> Appeal:
        first, place = told.questions[0], told.place
        bodies = [self.grounds.bodies[q.body].pk for q in told.questions if q.assigned_at]
        accounts = [self.grounds.executors.get(q.body) for q in told.questions if q.assigned_at]
        complained = self.grounds.bodies.get(told.complained_body)
        open_again = told.reopened_at and not told.second_answered_at
        return Appeal(
            municipality=self.grounds.municipality,
            number=number,
            regime=told.regime,
            channel=told.channel,
            kind=told.kind,
            status=told.status,
            applicant=self.applicants[told.applicant],
            text=told.text,
            summary=summary_of(told.text),
            received_at=told.received_at,
            registered_at=told.registered_at,
            answered_at=None if open_again else told.second_answered_at or told.answered_at,
            topic=self.grounds.topics[first.code] if told.classified else None,
            executor_body_id=bodies[0] if bodies else None,
            complained_body=complained,
            body_ids=list(dict.fromkeys(bodies)),
            account_ids=list(dict.fromkeys(a.pk for a in accounts if a)),
            settlement_id=self.grounds.settlements.get(place.settlement),
            street_id=self.grounds.streets.get(place.street),
            house_id=self._house(place),
            place=place.text,
            lat=place.lat,
            lon=place.lon,
            external_system=told.channel if told.external_number else "",
            external_number=told.external_number,
            reply_address=told.applicant.email if told.channel in ("email", "portal") else "",
            fingerprint=fingerprint_of(told.text),
            reopened=1 if told.reopened_at else 0,
            score=told.score,
        )

    def _house(self, place: Place) -> int | None:
        return self.grounds.houses.get((place.street, place.house))

    def _link(self, batch: Sequence[DemoAppeal], appeals: Sequence[Appeal]) -> None:
        """Point repeats at earlier appeals; all of them are saved by now."""
        self.saved |= {told.order: a for told, a in zip(batch, appeals, strict=True)}
        for told, appeal in zip(batch, appeals, strict=True):
            earlier = self.saved.get(told.repeat_of or told.duplicate_of or 0)
            if earlier is not None:
                appeal.repeats = earlier
                appeal.repetition = Repetition.REPEAT if told.repeat_of else Repetition.DUPLICATE
                Appeal.objects.filter(pk=appeal.pk).update(
                    repeats=earlier, repetition=appeal.repetition
                )

    def _questions(self, batch: Sequence[DemoAppeal], appeals: Sequence[Appeal]) -> list[Given]:
        pairs = [(t, a, q) for t, a in zip(batch, appeals, strict=True) for q in t.questions]
        rows = [
            Question(
                appeal=appeal,
                number=q.number,
                text=q.text if len(told.questions) > 1 else "",
                topic=self.grounds.topics[q.code] if told.classified else None,
                settlement_id=self.grounds.settlements.get(q.place.settlement),
                place=q.place.text,
                result="" if appeal.is_open and told.reopened_at else q.result,
                measures_taken=q.measures_taken,
                answered_at=appeal.answered_at or (None if told.reopened_at else q.answered_at),
            )
            for told, appeal, q in pairs
        ]
        copy_new(connection, rows)
        given = [(told, q, row) for (told, _, q), row in zip(pairs, rows, strict=True)
                 if q.assigned_at]  # fmt: skip
        assigned = [
            Assignment(
                question=row,
                body=self.grounds.bodies[q.body],
                account=self.grounds.executors.get(q.body),
                role=AssignmentRole.MAIN,
                assigned_at=q.assigned_at,
                assigned_by=self.hands.operator.label,
                done_at=row.answered_at,
            )
            for _, q, row in given
            if q.assigned_at
        ]
        copy_new(connection, assigned)
        return [(told, q, row) for (told, q, _), row in zip(given, assigned, strict=True)]

    def _terms(self, told: DemoAppeal, appeal: Appeal) -> list[Deadline]:
        """Terms by the living rules; sets `due_at` of the appeal."""
        if appeal.registered_at is None:
            return []
        case, found = case_facts(appeal, self.planner), []
        for kind in SET_AT_REGISTRATION:
            answer = kind == DeadlineKind.ANSWER
            extended = bool(answer and told.extended_at)
            restarted = told.reopened_at if answer else None
            extension = Extension(days=EXTENSION_DAYS, reason=EXTENSION_REASON)
            term = self.planner.term(
                kind, case, starts_of(appeal, restarted), (), extension if extended else None
            )
            if term is None:
                continue
            row = Deadline(
                municipality=self.grounds.municipality,
                appeal=appeal,
                kind=kind,
                rule=term.rule.snapshot(),
                starts_at=term.starts_at,
                due_at=term.computed.due_at,
                legal_due_at=term.computed.legal_due_at,
                explanation=term.computed.explanation(),
                restarted_at=restarted,
                extended_days=EXTENSION_DAYS if extended else 0,
                extended_to=term.computed.due_at if extended else None,
                extension_reason=EXTENSION_REASON if extended else "",
            )
            _settle(row, appeal)
            if answer:
                appeal.due_at = row.due_at
            found.append(row)
        return found

    def _deadlines(
        self, appeals: Sequence[Appeal], terms: Sequence[list[Deadline]]
    ) -> list[Deadline | None]:
        for appeal, rows in zip(appeals, terms, strict=True):
            for row in rows:
                row.appeal = appeal
        copy_new(connection, [row for rows in terms for row in rows])
        return [
            next((row for row in rows if row.kind == DeadlineKind.ANSWER), None) for rows in terms
        ]

    def _surveys(
        self, batch: Sequence[DemoAppeal], answering: Sequence[Answering]
    ) -> list[Survey | None]:
        found: list[Survey | None] = []
        for told, answer in zip(batch, answering, strict=True):
            if told.answered_at is None:
                found.append(None)
                continue
            reply = answer.replies[0]
            asked: datetime = told.answered_at + timedelta(seconds=5)
            found.append(
                Survey(
                    appeal=reply.appeal,
                    reply_id=reply.pk,
                    token_hash=f"reply:{reply.pk}",
                    asked_at=asked,
                    expires_at=asked + SURVEY_LIFE,
                    answered_at=told.scored_at,
                    score=told.score,
                    comment=told.comment,
                    wants_reopening=told.reopened_at is not None,
                )
            )
        copy_new(connection, [row for row in found if row])
        return found


def _settle(row: Deadline, appeal: Appeal) -> None:
    """Close the terms of what is done already."""
    if row.kind == DeadlineKind.REGISTRATION:
        row.met_at = appeal.registered_at
    elif row.kind == DeadlineKind.ANSWER:
        row.met_at = appeal.answered_at
    elif appeal.executor_body_id or not appeal.is_open:
        row.state = DeadlineState.CANCELLED
    if row.met_at:
        row.state = DeadlineState.MET if row.met_at <= row.due_at else DeadlineState.MET_LATE

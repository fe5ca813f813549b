"""One way in for every word of a citizen: registered → classified → placed → clocked → routed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.appeals.actions import (
    NewAppeal,
    PlaceGiven,
    link_repeat,
    register,
)
from otklik.casework.appeals.actions.register import already_here
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.queries import repeats_of
from otklik.casework.appeals.rules.fingerprint import fingerprint_of
from otklik.casework.classification.actions import choose_topic, file_alone, suggest
from otklik.casework.classification.models import Suggestion
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.routing.actions import route
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import House, Settlement, Street
from otklik.directory.territory.queries import gazetteer
from otklik.language.places import find_place
from otklik.records.attachments.actions import store

MAX_FILES = 10
FileGiven = tuple[str, bytes]
SAME_PERSON = timedelta(days=365)


@transaction.atomic
def take(*, access: Access, new: NewAppeal, files: Sequence[FileGiven] = ()) -> Appeal:
    """Register a word of a citizen and start its work; a repeat of the same message is returned
    as it is. `files` are (name, content). Raises Refused for an empty text or a bad file: then
    nothing is registered, and the person is told what to mend."""
    known = already_here(access.municipality_id, new)
    if known:
        return known
    if len(files) > MAX_FILES:
        raise Refused(f"Файлов больше {MAX_FILES}.", "Приложите самые важные.")
    if not new.fingerprint:
        new = replace(new, fingerprint=fingerprint_of(new.text))
    if new.place.settlement_id is None and new.place.lat is None:
        new = replace(new, place=place_in(access.municipality_id, new))
    appeal = register(access=access, new=new)
    for name, content in files:
        store(
            municipality_id=appeal.municipality_id,
            file_name=name,
            content=content,
            subject="appeal",
            subject_id=appeal.pk,
            from_citizen=True,
        )
    _recognise(access, appeal)
    set_deadlines(appeal=appeal)
    route(access=access, appeal=appeal)
    appeal.refresh_from_db(
        fields=["due_at", "status", "executor_body", "body_ids", "topic", "version", "repeats"]
    )
    return appeal


@transaction.atomic
def classify(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """A person names the topic: terms are counted anew and the rules may name the executor."""
    question = choose_topic(
        access=access, appeal_id=appeal_id, topic_id=topic_id, question_number=question_number
    )
    appeal = Appeal.objects.select_related("topic", "municipality").get(pk=appeal_id)
    if appeal.is_open:
        set_deadlines(appeal=appeal)
        route(access=access, appeal=appeal)
    return question


def place_in(municipality_id: int, new: NewAppeal) -> PlaceGiven:
    """The place as the citizen wrote it, resolved against the gazetteer where that is possible."""
    index = gazetteer(municipality_id)
    found = find_place(new.place.text, index) if new.place.text else None
    found = found or find_place(new.text, index)
    if found is None:
        return new.place
    house = (
        House.objects.filter(street_id=found.street_id, number=found.house).first()
        if found.street_id and found.house
        else None
    )
    return PlaceGiven(
        text=new.place.text or _words(found.settlement_id, found.street_id, found.house),
        settlement_id=found.settlement_id,
        street_id=found.street_id,
        house_id=house.pk if house else None,
        lat=found.lat,
        lon=found.lon,
    )


def _words(settlement_id: int | None, street_id: int | None, house: str | None) -> str:
    settlement = Settlement.objects.filter(pk=settlement_id or 0).first()
    street = Street.objects.filter(pk=street_id or 0).first()
    parts = [str(settlement) if settlement else "", str(street) if street else ""]
    parts.append(f"д. {house}" if house and street else "")
    return ", ".join(part for part in parts if part)


def _recognise(access: Access, appeal: Appeal) -> None:
    system = Access.system(access.municipality_id, "Подсказки")
    suggestions = suggest(appeal=appeal)
    if appeal.topic_id is None and suggestions:
        _file_by_itself(system, appeal, suggestions[0])
    earlier = repeats_of(appeal, days=SAME_PERSON.days).first()
    if earlier:
        link_repeat(access=system, appeal_id=appeal.pk, earlier_id=earlier.pk)
        appeal.refresh_from_db(fields=["repeats", "version"])


def _file_by_itself(system: Access, appeal: Appeal, first: Suggestion) -> None:
    """Only above the confidence that the centre has set; by default a person decides."""
    options = Municipality.objects.values_list("settings", flat=True).get(pk=appeal.municipality_id)
    threshold = options.get("topic_without_person")
    if threshold is not None and first.confidence >= float(threshold):
        file_alone(access=system, appeal_id=appeal.pk, first=first)
        appeal.refresh_from_db(fields=["topic", "version"])

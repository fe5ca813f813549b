"""The whole round of a file: import, answer, file of answers, mark, and what the next one says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.intake.models import Difference
from otklik.casework.replies.models import Reply
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of
from tests.channels.doors.file_peer import FilePeer
from tests.channels.story import Story
from tests.channels.test_both_ways import WORDS

OpenDoor = Callable[..., Story]


@pytest.mark.parametrize("door", ["pos", "incident"], indirect=True)
def test_the_next_export_confirms_and_a_repeated_one_changes_nothing(
    door: FilePeer, open_door: OpenDoor
) -> None:
    story = open_door(door)
    door.write(WORDS)
    door.write("На Лесной не горит фонарь у школы, темно уже неделю.")
    case = story.cases()[0]
    story.answer(case)
    story.tell()
    door.bring_export()
    assert not Difference.objects.exists(), "an answer that waits to be carried is no difference"
    door.carry(story)
    story.tell()
    assert story_of(case.pk).filter(name="MessagePublished").count() == 1
    case.refresh_from_db()
    assert case.status == Status.ANSWERED

    door.bring_export()
    confirmed = door.runs[-1]
    assert (confirmed.created, confirmed.refused) == (0, 0)
    assert not Difference.objects.exists()
    case.refresh_from_db()
    assert (case.status, case.external_status) == (Status.ANSWERED, "Решено")
    assert Reply.objects.filter(appeal=case).count() == 1
    assert len(story.outgoing()) == 1

    told = _all()
    door.bring_export()
    again = door.runs[-1]
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert _all() == told


@pytest.mark.parametrize("door", ["pos", "incident"], indirect=True)
def test_an_older_file_opens_no_answered_case_again(door: FilePeer, open_door: OpenDoor) -> None:
    story = open_door(door)
    door.write(WORDS)
    story.answer(story.cases()[0])
    story.tell()
    door.carry(story)
    story.tell()
    door.bring_export()
    door.load(door.files[0])
    (case,) = story.cases()
    assert case.status == Status.ANSWERED
    assert Difference.objects.get().appeal_id == case.pk
    assert len(story.outgoing()) == 1


def _all() -> tuple[object, ...]:
    cases = list(Appeal.objects.order_by("pk").values())
    entries = Entry.objects.filter(case_id__isnull=False).count()
    return cases, entries, list(Reply.objects.order_by("pk").values())

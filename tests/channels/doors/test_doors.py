"""One story for every door: somebody comes, one case appears, one answer is there for him."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest
from django.db import DatabaseError
from django.urls import reverse

from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.replies.actions import send_reply
from otklik.casework.replies.models import Reply
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.vocabulary import DONE_STATES, Ability, Delivery, OutboundState
from otklik.records.attachments.models import Attachment
from otklik.records.journal.queries import story_of
from tests.channels.doors.base import Door, Step, Unreached, breaking
from tests.channels.story import ANSWER, Story, at
from tests.channels.test_both_ways import CHANGED, WORDS, photo

OpenDoor = Callable[[Door], Story]
DEAD = (DatabaseError, psycopg.Error, AssertionError, KeyError)


def only(story: Story) -> Appeal:
    (case,) = story.cases()
    return case


def standing(case: Appeal) -> tuple[object, ...]:
    """What staff see of a case."""
    case.refresh_from_db()
    return case.status, case.text, case.due_at, case.answered_at, case.score, case.external_status


def answered(story: Story, door: Door) -> Appeal:
    case = only(story)
    story.answer(case)
    story.tell()
    if Step.BY_ITSELF in door.lacks:
        door.carry(story)
    story.tell()
    case.refresh_from_db()
    return case


def test_what_a_door_lacks_is_what_its_channel_cannot(door: Door) -> None:
    able = connector(door.kind).capabilities
    assert (Step.PHOTO in door.lacks) is not able.files
    assert (Step.COUNTERS in door.lacks) is not able.can(Ability.STATISTICS)
    assert (Step.BY_ITSELF in door.lacks) is (able.delivery == Delivery.BY_FILE)
    assert all(door.lacks.values())


def test_who_comes_is_answered_where_he_came(door: Door, open_door: OpenDoor) -> None:
    story = open_door(door)
    photos = () if Step.PHOTO in door.lacks else (photo(),)
    door.write(WORDS, *photos)
    story.tell()
    case = only(story)
    assert WORDS in case.text
    assert case.number
    assert case.due_at
    assert Attachment.objects.filter(subject="appeal", subject_id=case.pk).count() == len(photos)
    assert door.answers() == []
    if Step.EDIT not in door.lacks:
        before = standing(case), story_of(case.pk).count()
        door.correct(CHANGED)
        story.tell()
        assert only(story).pk == case.pk
        assert (standing(case), story_of(case.pk).count()) != before

    story.answer(case)
    story.tell()
    (sent,) = story.outgoing()
    if Step.BY_ITSELF in door.lacks:
        assert sent.state == OutboundState.TO_CARRY
        page = story.centre.operator.client.get(reverse("desk:carry")).content.decode()
        assert case.number in page or case.external_number in page
        door.carry(story)
    story.tell()
    assert len(door.answers()) == 1
    assert ANSWER.splitlines()[0] in door.answers()[0]
    sent.refresh_from_db()
    assert sent.state in DONE_STATES
    case.refresh_from_db()
    assert case.status == Status.ANSWERED
    assert len(story.outgoing()) == 1


def test_sent_twice_makes_one_case(door: Door, open_door: OpenDoor) -> None:
    story = open_door(door)
    door.write(WORDS)
    door.insist()
    story.tell()
    door.insist()
    story.tell()
    case = only(story)
    assert Question.objects.filter(appeal=case).count() == 1
    answered(story, door)
    door.insist()
    story.tell()
    assert only(story).status == Status.ANSWERED
    assert len(story.outgoing()) == 1


def test_an_older_state_that_comes_later_changes_nothing(door: Door, open_door: OpenDoor) -> None:
    story = open_door(door)
    door.write(WORDS)
    story.tell()
    if Step.ORDER in door.lacks:
        with pytest.raises(NotImplementedError):
            door.older()
        return
    door.correct(CHANGED)
    story.tell()
    case = only(story)
    before = standing(case)
    heard = [each.text for each in story.messages()][-1:]
    door.older()
    story.tell()
    assert standing(only(story)) == before
    assert [each.text for each in story.messages() if each.disposition == "accepted"][-1:] == heard


@pytest.mark.parametrize("table", ["appeals_question", "journal_entry", "deadlines_deadline"])
def test_killed_in_the_middle_nothing_is_half_made(
    door: Door, open_door: OpenDoor, table: str
) -> None:
    story = open_door(door)
    with breaking(table):
        with suppress(*DEAD):
            door.write(WORDS)
        with suppress(*DEAD):
            story.tell()
        assert story.cases() == []
    door.insist()
    story.tell()
    case = only(story)
    assert Question.objects.filter(appeal=case).count() == 1
    assert case.due_at
    assert story_of(case.pk).filter(name="AppealRegistered").count() == 1


def test_killed_while_sending_the_answer_leaves_once(door: Door, open_door: OpenDoor) -> None:
    story = open_door(door)
    door.write(WORDS)
    story.tell()
    case = only(story)
    with breaking("channels_outboundmessage"), pytest.raises((DatabaseError, psycopg.Error)):
        story.answer(case)
    reply = Reply.objects.get(appeal=case)
    assert reply.status == "signed"
    assert story.outgoing() == []
    assert door.answers() == []
    with at(story):
        send_reply(access=story.centre.operator.access, reply_id=reply.pk)
    story.tell()
    with breaking("channels_outboundmessage", "UPDATE"), suppress(*DEAD):
        door.carry(story)
    if Step.BY_ITSELF in door.lacks:
        assert story.outgoing()[0].state == OutboundState.TO_CARRY
        door.carry(story)
    story.tell()
    assert len(door.answers()) == 1
    (sent,) = story.outgoing()
    assert sent.state in DONE_STATES


@pytest.mark.parametrize("trouble", ["down", "lost"])
def test_whoever_does_not_know_whether_it_came_sends_again(
    door: Door, open_door: OpenDoor, trouble: str
) -> None:
    story = open_door(door)
    door.line.trouble = trouble
    with pytest.raises(Unreached):
        door.write(WORDS)
    story.tell()
    assert len(story.cases()) == (1 if trouble == "lost" else 0)
    door.insist()
    story.tell()
    only(story)
    case = answered(story, door)
    assert case.status == Status.ANSWERED
    assert len(door.answers()) == 1


def test_nonsense_is_refused_in_words_and_hinders_nobody(door: Door, open_door: OpenDoor) -> None:
    story = open_door(door)
    for told in door.nonsense():
        assert 400 <= told.status < 500, told.text[:300]
        assert any("а" <= letter <= "я" for letter in told.text.lower())
    story.tell()
    assert story.cases() == []
    door.write(WORDS)
    story.tell()
    only(story)

"""One story for every channel: a citizen writes, one case appears, one answer comes back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from otklik.base.errors import Refused
from otklik.exchange.channels import actions, queries
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import InboundMessage, PostFigures
from otklik.exchange.channels.vocabulary import Ability, InboundKind, OutboundState
from otklik.records.attachments.queries import files_of
from otklik.records.journal.queries import story_of
from tests.channels.story import ANSWER, Peer, Story, at

Begin = Callable[[Peer], Story]
WORDS = "На Садовой у дома 5 яма, разбили колесо. Когда заделают?"
CHANGED = "На Садовой у дома 15 яма, разбили два колеса. Когда заделают?"
# How events come in makes no difference to what goes out.
WAYS_OUT = ("toy", "telegram", "max", "vk", "vkdirect", "ok")
VISIBLE = {OutboundState.UNCONFIRMED, OutboundState.FAILED}


def photo(colour: str = "grey") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_citizen_writes_and_is_answered_where_he_wrote(peer: Peer, begin: Begin) -> None:
    story = begin(peer)
    written = peer.write(WORDS, photo())
    story.tell()
    (case,) = story.cases()
    assert case.text == WORDS
    assert case.applicant.name
    first = InboundMessage.objects.get(pk=case.inbound_message_id or 0)
    assert [each.content_type for each in files_of("inbound_message", [first.pk])]
    if first.kind == InboundKind.COMMENT:
        assert first.details["post"]["text"]

    peer.correct(written, CHANGED)
    story.tell()
    assert [each.pk for each in story.cases()] == [case.pk]
    assert CHANGED in [each.text for each in story.messages() if each.case_id == case.pk]

    story.answer(case)
    story.tell()
    story.tell()
    assert peer.answers() == [ANSWER]
    (sent,) = story.outgoing()
    assert sent.state == OutboundState.SENT
    assert sent.external_id
    case.refresh_from_db()
    assert case.status == "answered"
    assert len(story.cases()) == 1


def test_counters_of_the_post_are_read_or_it_is_said_that_there_are_none(
    peer: Peer, begin: Begin
) -> None:
    story = begin(peer)
    peer.write(WORDS)
    story.tell()
    post = story.messages()[-1].details.get("post", {}).get("id", "")
    able = connector(peer.kind).capabilities
    with at(story):
        if not able.can(Ability.STATISTICS):
            with pytest.raises(Refused):
                story.read_figures(post or "1")
        elif post:
            (figures,) = story.read_figures(post)
            assert figures.views is not None
            assert PostFigures.objects.count() == 1


def test_a_deletion_marks_and_erases_nothing(peer: Peer, begin: Begin) -> None:
    story = begin(peer)
    written = peer.write(WORDS)
    story.tell()
    (case,) = story.cases()
    peer.take_back(written)
    story.tell()
    case.refresh_from_db()
    assert case.text == WORDS
    told = story_of(case.pk).filter(name="MessageRemoved").count()
    assert told == (1 if peer.tells_deletions else 0)


def test_pictures_of_one_message_make_one_case(peer: Peer, begin: Begin) -> None:
    if not peer.has_albums:
        pytest.skip("the service sends all pictures in one message")
    story = begin(peer)
    peer.write(WORDS, photo("red"), photo("green"), photo("blue"))
    story.tell()
    (case,) = story.cases()
    assert case.text == WORDS
    parts = [each.pk for each in story.messages() if each.case_id == case.pk]
    assert len(files_of("inbound_message", parts)) == 3


def test_several_people_and_repeats_make_as_many_cases(peer: Peer, begin: Begin) -> None:
    story = begin(peer)
    peer.write(WORDS)
    story.tell()
    story.tell()
    peer.write("На Лесной не горит фонарь у школы. Почините, пожалуйста.")
    story.tell()
    assert [each.text[:10] for each in story.cases()] == [WORDS[:10], "На Лесной "]


@pytest.mark.parametrize("peer", WAYS_OUT, indirect=True)
@pytest.mark.parametrize("trouble", ["rate", "broken", "lost_reply", "cut", "slow", "revoked"])
def test_whatever_fails_nobody_is_answered_twice_and_nothing_is_lost(
    peer: Peer, begin: Begin, trouble: str
) -> None:
    story = begin(peer)
    peer.write(WORDS)
    story.tell()
    (case,) = story.cases()
    peer.fail(trouble)
    story.answer(case)
    story.tell()
    story.tell()
    (sent,) = story.outgoing()
    assert len(peer.answers()) <= 1
    if sent.state == OutboundState.SENT:
        assert peer.answers() == [ANSWER]
    else:
        assert sent.state in VISIBLE
        assert sent.last_error
        with at(story):
            troubled = queries.troubled(story.centre.operator.access)
            assert [each.pk for each in troubled] == [sent.pk]
    if peer.answers() and peer.reconciles:
        assert sent.state == OutboundState.SENT
    if trouble in ("rate", "slow"):
        assert peer.answers() == [ANSWER]


@pytest.mark.parametrize("peer", WAYS_OUT, indirect=True)
def test_a_dead_key_stops_the_answer_and_a_new_one_sends_it(peer: Peer, begin: Begin) -> None:
    story = begin(peer)
    peer.write(WORDS)
    story.tell()
    peer.fail("revoked", times=100)
    story.answer(story.cases()[0])
    story.tell()
    (sent,) = story.outgoing()
    assert peer.answers() == []
    assert sent.state in (OutboundState.FAILED, OutboundState.QUEUED)
    assert sent.last_error
    peer.mend()
    with at(story):
        if sent.state == OutboundState.FAILED:
            actions.resend(access=story.centre.operator.access, message_id=sent.pk)
        else:
            actions.deliver(sent.pk)
    story.tell()
    story.tell()
    assert peer.answers() == [ANSWER]

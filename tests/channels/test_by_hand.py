"""A comment that the program may not answer by itself: text and place are given to a person."""

from __future__ import annotations

from collections.abc import Callable

from otklik.exchange.channels.vocabulary import OutboundState
from otklik.exchange.standins.ok import doings
from otklik.exchange.standins.ok.application import OkStandIn
from otklik.exchange.standins.serving import served
from tests.channels.ok_peer import OkPeer
from tests.channels.story import ANSWER, Peer, Story


def test_an_answer_in_odnoklassniki_waits_with_its_place(begin: Callable[[Peer], Story]) -> None:
    with served(OkStandIn()) as service:
        story = begin(OkPeer(service))
        topic = next(iter(service.world.topics.values()))
        citizen = next(iter(service.world.people))
        doings.add_comment(service.stage, topic, citizen, "На Лесной, 12 не горит фонарь.")
        story.tell()
        (case,) = story.cases()
        story.answer(case)
        story.tell()
        (waiting,) = story.outgoing()
        assert (waiting.state, waiting.text) == (OutboundState.TO_CARRY, ANSWER)
        assert waiting.external_url.endswith(f"/topic/{topic.id}")
        assert len(topic.comments) == 1
        doings.add_comment(service.stage, topic, "", ANSWER, by_group=True)
        story.tell()
        assert len(story.cases()) == 1

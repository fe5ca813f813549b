"""The line 122 at the desk: the card of a call, the answer told by calling back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Status
from otklik.casework.calls.models import CallBack
from otklik.casework.calls.vocabulary import CallBackState
from otklik.exchange.channels.vocabulary import OutboundState
from otklik.records.journal.queries import story_of
from tests.channels.doors.hotline_peer import HotlinePeer
from tests.channels.story import Story
from tests.channels.test_both_ways import WORDS


@pytest.mark.parametrize("door", ["hotline122"], indirect=True)
def test_a_call_is_written_down_and_its_answer_told_by_calling_back(
    door: HotlinePeer, open_door: Callable[..., Story]
) -> None:
    story = open_door(door)
    client = story.centre.operator.client
    form = client.get(reverse("desk:call_new")).context["form"]
    card = {name: form[name].value() or "" for name in form.fields}
    card |= {"text": WORDS, "phone": "+7 900 000-11-22", "name": "Соколова Мария"}
    for _ in range(2):
        client.post(reverse("desk:call_new"), card)
    (case,) = story.cases()
    assert (case.channel, case.text) == (Channel.HOTLINE122, WORDS)

    story.answer(case)
    story.tell()
    (sent,) = story.outgoing()
    assert sent.state == OutboundState.TO_CARRY
    client.post(reverse("desk:call_back", args=[case.pk]), {"phone": "+7 900 000-11-22"})
    task = CallBack.objects.get()
    attempt = reverse("desk:call_attempt", args=[task.pk])
    client.post(attempt, {"result": "no_answer"})
    sent.refresh_from_db()
    assert sent.state == OutboundState.TO_CARRY
    assert Appeal.objects.get().status == Status.APPROVED
    client.post(attempt, {"result": "reached", "note": "Ответ прочитан"})
    client.post(reverse("desk:placed", args=[sent.pk]))
    client.post(reverse("desk:placed", args=[sent.pk]))
    story.tell()
    task.refresh_from_db()
    sent.refresh_from_db()
    assert (task.state, sent.state) == (CallBackState.REACHED, OutboundState.DELIVERED)
    assert Appeal.objects.get().status == Status.ANSWERED
    names = list(story_of(case.pk).values_list("name", flat=True))
    assert (names.count("CallTried"), names.count("MessagePublished")) == (2, 1)

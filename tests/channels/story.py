"""The story of one appeal through a channel, played with a real service or its stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import psycopg
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions import send_reply
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels import actions
from otklik.exchange.channels.models import (
    ChannelAccount,
    ChannelEvent,
    InboundMessage,
    OutboundMessage,
    PostFigures,
)
from otklik.exchange.channels.vocabulary import EventState
from otklik.web.desk.tests.answering import GOOD, signed
from otklik.web.desk.tests.conftest import Centre, Person, make_person

OURS = ("channels.", "intake.take_message", "replies.")
LONGEST = timedelta(hours=4)
ANSWER = GOOD


class Arriving(Protocol):
    """Something that messages come from: by themselves, or when they are asked for."""

    @property
    def polled(self) -> bool: ...
    def deliver(self) -> None: ...


class Peer(Arriving, Protocol):
    """A service as a citizen and its owner see it. Ids are the service's own."""

    kind: str
    has_albums: bool
    reconciles: bool  # whether a message whose fate is unknown can be looked for

    @property
    def tells_deletions(self) -> bool: ...

    def settings(self) -> dict[str, Any]: ...
    def secret(self) -> dict[str, str]: ...
    def write(self, text: str, *photos: bytes) -> str: ...
    def correct(self, message: str, text: str) -> None: ...
    def take_back(self, message: str) -> None: ...
    def answers(self) -> list[str]: ...
    def fail(self, trouble: str, times: int = 1) -> None: ...
    def mend(self) -> None: ...


@dataclass
class Story:
    """`tell` lets everything that is due happen; time moves on to whatever is planned."""

    centre: Centre
    peer: Arriving
    account: ChannelAccount
    setter: Person
    offset: timedelta = timedelta()
    ran: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def tell(self) -> None:
        """Deliver and poll, then work off the queue, also what is planned for the next hours."""
        self.receive()
        ends = self.offset + LONGEST
        while True:
            self._work()
            planned = self._next_planned()
            if planned is None or self.offset >= ends:
                return
            self.offset += max(planned - self.now(), timedelta()) + timedelta(seconds=1)

    def receive(self) -> None:
        self.peer.deliver()
        if self.peer.polled:
            with clock.frozen(self.now()):
                actions.poll_account(self.account.pk)

    def cases(self) -> list[Appeal]:
        return list(Appeal.objects.order_by("pk"))

    def messages(self) -> list[InboundMessage]:
        return list(InboundMessage.objects.order_by("pk"))

    def answer(self, appeal: Appeal, text: str = ANSWER) -> Reply:
        """The whole way of an answer: executor, draft, approval, signature, sending."""
        with clock.frozen(self.now()):
            assign_executor(
                access=self.centre.head.access,
                appeal_id=appeal.pk,
                body_id=self.centre.roads.pk,
            )
            reply = signed(self.centre, appeal, text)
            return send_reply(access=self.centre.operator.access, reply_id=reply.pk)

    def read_figures(self, post: str) -> list[PostFigures]:
        return actions.read_figures(
            access=self.setter.access, account_id=self.account.pk, external_ids=[post]
        )

    def outgoing(self) -> list[OutboundMessage]:
        return list(OutboundMessage.objects.filter(purpose="answer").order_by("pk"))

    def _work(self) -> None:
        with clock.frozen(self.now()):
            for account_id in actions.accounts_with_events():
                actions.take_events(account_id)
        while (job := self._due()) is not None:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
            self.ran.append(job.task_name)
            task: Callable[..., Any] = app.tasks[job.task_name].func
            try:
                with clock.frozen(self.now()):
                    task(**job.args)
            except (DatabaseError, psycopg.Error):
                # The worker has died over it: the queue gives the job to the next one.
                app.configure_task(job.task_name, lock=job.lock).defer(**job.args)
                raise

    def _due(self) -> ProcrastinateJob | None:
        now = self.now()
        return next(
            (job for job in self._waiting() if job.scheduled_at is None or job.scheduled_at <= now),
            None,
        )

    def _next_planned(self) -> datetime | None:
        planned = [job.scheduled_at for job in self._waiting() if job.scheduled_at]
        waiting = ChannelEvent.objects.filter(state=EventState.WAITING, next_at__isnull=False)
        events = [at for at in waiting.values_list("next_at", flat=True) if at]
        return min([*planned, *events], default=None)

    def _waiting(self) -> Iterator[ProcrastinateJob]:
        for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
            if job.task_name.startswith(OURS):
                yield job


def open_story(centre: Centre, peer: Peer, public_url: str) -> Story:
    """Connect the centre to the service by the same actions as its administrator."""
    setter = make_person(centre.municipality, "Наладчик", {Permission.SET_UP: Scope.MUNICIPALITY})
    account = actions.set_up_account(
        access=setter.access,
        kind=peer.kind,
        title=f"Канал {peer.kind}",
        settings=peer.settings(),
        secret=peer.secret(),
    )
    if not peer.polled:
        actions.connect_webhook(access=setter.access, account_id=account.pk, public_url=public_url)
    return Story(centre, peer, account, setter)


@contextmanager
def at(story: Story) -> Iterator[None]:
    with clock.frozen(story.now()):
        yield

"""A thing of the intake queue that the registration card makes a case of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from otklik.casework.appeals.actions import NewAppeal
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions.inbox import Thing, join_case
from otklik.casework.intake.actions.messages import addressee_of, new_of
from otklik.casework.intake.queries.inbox import message_of, row_result_of
from otklik.casework.intake.vocabulary import InboxKind, Source
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import inbound
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest

NAMES = {"message": InboxKind.MESSAGE, "row": InboxKind.ROW}


@dataclass(frozen=True)
class CameIn:
    """`thing` is None when the card was opened empty."""

    thing: Thing | None = None

    @classmethod
    def of(cls, request: DeskRequest) -> Self:
        """By the address: `?message=12` or `?row=7`."""
        for name, kind in NAMES.items():
            raw = request.GET.get(name, "")
            if raw.isdecimal():
                return cls((kind, int(raw)))
        return cls()

    def filling(self, request: DeskRequest) -> tuple[dict[str, Any], str]:
        """(fields of the card, text of the first question); raise NotFound when it has left."""
        if self.thing is None:
            return {}, ""
        kind, pk = self.thing
        if kind == InboxKind.ROW:
            row = row_result_of(request.access, pk)
            channel = Source(row.run.source).channel
            return {"channel": channel, "external_number": row.external_number}, ""
        message = message_of(request.access, pk)
        record_read(
            [],
            actor=request.access.actor,
            municipality_id=request.access.municipality_id,
            purpose=f"входящие, регистрация: № {pk}",
            without_case=True,
        )
        new = new_of(message)
        zone = request.municipality.tz
        fields = {"channel": new.channel, "received_at": message.received_at.astimezone(zone)}
        if request.access.allows(Permission.VIEW_PERSONAL, channel=message.channel):
            fields |= {"name": new.applicant.name, "email": new.applicant.email}
        return fields, new.text

    def told(self, new: NewAppeal) -> NewAppeal:
        """The case remembers the message it was made of."""
        if self.thing is None or self.thing[0] != InboxKind.MESSAGE:
            return new
        if not new.addressee_body_id:
            named, body_id = addressee_of(inbound(self.thing[1]))
            new = replace(new, addressee=named, addressee_body_id=body_id)
        return replace(new, inbound_message_id=self.thing[1], reply_address=new.applicant.email)

    def joined(self, request: DeskRequest, appeal: Appeal) -> Appeal:
        """The thing leaves the queue in the same transaction."""
        if self.thing is None:
            return appeal
        return join_case(access=request.access, thing=self.thing, appeal=appeal)

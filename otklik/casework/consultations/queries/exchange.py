"""The state of the exchange with ПОС, kind by kind (pereslavl:1.1.1, novoduginsky:1.1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel
from otklik.casework.consultations.models import Consultation, ResultsFile
from otklik.casework.consultations.queries import may_keep
from otklik.casework.consultations.vocabulary import (
    NETWORKS,
    ConsultationKind,
    ConsultationState,
    ExchangeKind,
)
from otklik.casework.intake.models import Difference, ImportRun
from otklik.casework.intake.vocabulary import RunState, Source
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import TROUBLED_STATES, OutboundState

_DRAFT, _FINISHED = ConsultationState.DRAFT, ConsultationState.FINISHED
KINDS = {
    ExchangeKind.DISCUSSIONS: (ConsultationKind.DISCUSSION,),
    ExchangeKind.POLLS: (ConsultationKind.SURVEY, ConsultationKind.VOTE),
}


@dataclass(frozen=True, kw_only=True)
class ExchangeLine:
    """One of the four kinds. `to_carry`: waits to be placed there; `failed`: rows of the last
    file not taken, answers not delivered, channels out of order; `mine`: may open what is counted.
    """

    kind: ExchangeKind
    mine: bool
    imported_at: datetime | None = None
    exported_at: datetime | None = None
    succeeded_at: datetime | None = None
    to_carry: int = 0
    waiting: int = 0
    differing: int = 0
    failed: int = 0
    trouble: str = ""
    people: Sequence[str] = ()

    @property
    def label(self) -> str:
        return str(self.kind.label)


def may_see(access: Access) -> bool:
    return may_keep(access) or _reacts(access)


def exchange_lines(access: Access) -> list[ExchangeLine]:
    """All four to whoever answers for ПОС, of the fourth perhaps figures alone; the fourth to
    whoever answers for the networks. As many queries however much there is."""
    if not may_see(access):
        raise Forbidden(
            "Обмен с ПОС видит тот, кто отвечает за ПОС или за сообщения социальных сетей.",
            "Попросите администратора центра дать вам право отправлять ответы в этих каналах.",
        )
    place = access.municipality_id
    lines = []
    people = _people(place)
    if may_keep(access):
        lines.append(_messages(place, people))
        lines += [_held(place, kind, people) for kind in KINDS]
    return [*lines, _reactions(place, people, mine=_reacts(access))]


def reactions(access: Access, most: int = 20) -> list[Appeal]:
    """The newest messages of social networks that the person may see, with their state."""
    found = visible_to(access).filter(channel__in=NETWORKS).select_related("external_record")
    return list(found.defer("search").order_by("-received_at", "-pk")[:most])


def _reacts(access: Access) -> bool:
    return any(access.allows(Permission.SEND, channel=channel) for channel in NETWORKS)


def _messages(place: int, people: Mapping[str, Sequence[str]]) -> ExchangeLine:
    channels = [Channel.POS]
    run = _runs(place, [Source.POS])
    sent = _sent(place, channels)
    return ExchangeLine(
        kind=ExchangeKind.MESSAGES,
        mine=True,
        imported_at=run["last"],
        exported_at=sent["exported"],
        succeeded_at=_latest(run["done"], sent["placed"]),
        to_carry=sent["carry"],
        waiting=_open(place, channels),
        differing=_differing(place, [Source.POS]),
        failed=run["refused"] + sent["bad"],
        trouble=run["problem"],
        people=people[Channel.POS],
    )


def _reactions(place: int, people: Mapping[str, Sequence[str]], *, mine: bool) -> ExchangeLine:
    run = _runs(place, [Source.INCIDENT])
    sent = _sent(place, NETWORKS)
    direct = ChannelAccount.objects.filter(
        municipality_id=place, kind__in=NETWORKS, enabled=True
    ).aggregate(worked=Max("worked_at"), broken=Count("pk", filter=Q(failures__gt=0)))
    names = dict.fromkeys(name for channel in NETWORKS for name in people[channel])
    return ExchangeLine(
        kind=ExchangeKind.REACTIONS,
        mine=mine,
        imported_at=_latest(run["last"], direct["worked"]),
        exported_at=_latest(sent["exported"], sent["placed"]),
        succeeded_at=_latest(run["done"], direct["worked"], sent["placed"]),
        to_carry=sent["carry"],
        waiting=_open(place, NETWORKS),
        differing=_differing(place, [Source.INCIDENT]),
        failed=run["refused"] + sent["bad"] + direct["broken"],
        trouble=run["problem"],
        people=list(names),
    )


def _held(place: int, kind: ExchangeKind, people: Mapping[str, Sequence[str]]) -> ExchangeLine:
    rows = Consultation.objects.filter(municipality_id=place, kind__in=KINDS[kind])
    live = rows.exclude(state__in=(ConsultationState.CANCELLED, ConsultationState.PUBLISHED))
    names = live.exclude(responsible=None).order_by("responsible__full_name")
    told = rows.aggregate(
        exported=Max("exported_at"),
        placed=Max("placed_at"),
        results=Max("results_at"),
        draft=Count("pk", filter=Q(state=_DRAFT)),
        without=Count("pk", filter=Q(state=_FINISHED)),
    )
    file = ResultsFile.objects.filter(consultation__in=rows).order_by("-pk").first()
    own = dict.fromkeys(name for name in names.values_list("responsible__full_name", flat=True))
    return ExchangeLine(
        kind=kind,
        mine=True,
        imported_at=_latest(told["results"], file.loaded_at if file else None),
        exported_at=_latest(told["exported"], told["placed"]),
        succeeded_at=_latest(told["placed"], told["results"]),
        to_carry=told["draft"],
        waiting=told["without"],
        failed=file.refused if file else 0,
        people=list(own) or people[Channel.POS],
    )


def _runs(place: int, sources: Iterable[str]) -> dict[str, Any]:
    """`last` run, `done` when one last ended well, rows `refused` of the last, its `problem`."""
    runs = ImportRun.objects.filter(
        municipality_id=place, source__in=list(sources), dry_run=False
    ).order_by("-pk")
    last = runs.first()
    done = runs.filter(state=RunState.DONE).aggregate(at=Max("finished_at"))["at"]
    return {
        "last": last.started_at if last else None,
        "done": done,
        "refused": last.refused if last else 0,
        "problem": last.problem if last else "",
    }


def _sent(place: int, channels: Iterable[str]) -> dict[str, Any]:
    ours: QuerySet[OutboundMessage] = OutboundMessage.objects.filter(
        municipality_id=place, channel__in=list(channels)
    )
    return ours.aggregate(
        carry=Count("pk", filter=Q(state=OutboundState.TO_CARRY)),
        bad=Count("pk", filter=Q(state__in=TROUBLED_STATES)),
        exported=Max("exported_at"),
        placed=Max("sent_at"),
    )


def _open(place: int, channels: Iterable[str]) -> int:
    return Appeal.objects.filter(
        municipality_id=place, channel__in=list(channels), status__in=OPEN_STATUSES
    ).count()


def _differing(place: int, sources: Iterable[str]) -> int:
    return Difference.objects.filter(
        municipality_id=place, source__in=list(sources), decided_at__isnull=True
    ).count()


def _people(place: int) -> dict[str, list[str]]:
    """By channel, who sends answers in it; those limited to some channels before others."""
    today = clock.today(Municipality.objects.get(pk=place).tz)
    everybody = list(accesses_of(place, today).values())
    return {channel: _sending(everybody, channel) for channel in (Channel.POS, *NETWORKS)}


def _sending(everybody: Iterable[Access], channel: str) -> list[str]:
    able = [one for one in everybody if one.allows(Permission.SEND, channel=channel)]
    own = [one for one in able if not one.reach(Permission.SEND).everywhere]
    return sorted(one.actor.label.partition(",")[0] for one in own or able)


def _latest(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment]
    return max(known) if known else None

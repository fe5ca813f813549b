"""The document of proposals: its numbers, its sections, its sheets."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import centre_line, vacant_roles
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Document
from otklik.insight.workload.queries.ahead import ahead
from otklik.insight.workload.queries.occupancy import occupancy
from otklik.insight.workload.rules import paper
from otklik.insight.workload.rules.paper import Line, Proposal
from otklik.language.wording import NBSP, capital, date_words, period_words, typo

TITLE = "Предложения по усилению структуры и состава"
ABOUT = "по учёту уровня занятости отраслевых блоков"


def proposal(access: Access, *, now: datetime | None = None) -> Proposal:
    """Numbers of the document, within reach of the right to analysis; about eighteen statements.

    Raises Forbidden without that right.
    """
    access = access.require_any(Permission.ANALYTICS)
    moment = now or clock.now()
    found = occupancy(access, now=moment)
    coming = ahead(access, found, found.total)
    whole = access.reach(Permission.ANALYTICS).everywhere
    blocks_of: dict[int, set[str]] = defaultdict(set)
    for block in found.blocks:
        for body in block.bodies:
            blocks_of[body.pk].add(block.name)
    bodies = [one for one in found.bodies if one.load.given or one.load.waiting]
    today = moment.astimezone(found.calendar.zone).date()
    vacant = vacant_roles(access.municipality_id, today) if whole else ()
    return Proposal(
        since=found.since,
        until=found.until,
        total=found.total,
        blocks=[Line(one.name, one.load) for one in found.blocks],
        bodies=[Line(one.name, one.load, frozenset(blocks_of[one.pk])) for one in bodies],
        forecast=coming.forecast,
        expected=coming.share,
        vacant=[role.label for role in vacant],
        normed=found.normed,
        whole=whole and not found.partial,
    )


def proposal_document(
    access: Access, *, now: datetime | None = None, addressee: str = "", signer: str = ""
) -> Document:
    """Proposals to strengthen the structure and the staff (tuapse:2.4.6), ready to be edited.

    Raises Forbidden without the right to analysis.
    """
    moment = now or clock.now()
    found = proposal(access, now=moment)
    town = Municipality.objects.get(pk=access.municipality_id)
    said = [section for section in paper.sections(found) if section is not None]
    return Document(
        title=TITLE,
        about=ABOUT,
        organisation=town.name,
        centre=town.centre_name or town.name,
        addressee=addressee or f"Главе {town.name_genitive or town.name}",
        period=f"за{NBSP}период {period_words(found.since, found.until)}",
        number="",
        dated=date_words(moment.astimezone(town.tz).date()),
        signer=signer or "Руководитель муниципального центра управления",
        sections=tuple(
            section.model_copy(
                update={
                    "title": f"{place}.{NBSP}{section.title}",
                    "lines": tuple(typo(capital(line)) for line in section.lines),
                }
            )
            for place, section in enumerate(said, start=1)
        ),
        method=tuple(typo(line) for line in (*paper.method(found), *_by_whom(town))),
    )


def _by_whom(town: Municipality) -> list[str]:
    card = centre_line(town)
    return [f"Документ подготовил {card}."] if card else []

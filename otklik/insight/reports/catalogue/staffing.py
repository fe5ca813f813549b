"""Proposals to strengthen the staff by the record of occupancy (tuapse:2.4.6)."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import addressee_of, signer_of
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.workload.queries import proposal_document


def _compose(wanted: Wanted) -> Composed | None:
    document = proposal_document(
        wanted.access,
        now=wanted.at,
        addressee=wanted.recipient or addressee_of(wanted.town),
        signer=signer_of(wanted.town),
    )
    if not document.sections:
        return None
    if wanted.scope:
        document = document.model_copy(update={"about": f"{document.about} ({wanted.scope})"})
    return Composed(document=document)


KIND = Kind(
    slug="staffing",
    name="Предложения по усилению состава",
    title="Предложения",
    about="По учёту занятости: кому не хватает людей, сколько, на чём это основано.",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.QUARTER, day=5), due_days=10),
    order=130,
    clauses=("tuapse:2.4.6",),
)

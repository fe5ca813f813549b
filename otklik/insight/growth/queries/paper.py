"""The report of growth as a paper of the centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from otklik.directory.organisation.models import Municipality, Role
from otklik.directory.organisation.queries import centre_line
from otklik.insight.growth.rules import document
from otklik.insight.growth.rules.report import GrowthReport
from otklik.insight.papers.rules import Document
from otklik.language.wording import NBSP, date_words, period_words

SIGNER = "Руководитель муниципального центра управления"
HEAD_ROLE = "head"


def paper_of(
    report: GrowthReport,
    town: Municipality,
    *,
    dated: date,
    months: Sequence[tuple[date, int]] = (),
    scope: str = "",
) -> Document:
    """DOCX and PDF are written from it; `scope` says what was counted when not everything."""
    method = document.method()
    if scope:
        method = (*method, f"Учтены только обращения с условием: {scope}.")
    return Document(
        title=document.TITLE,
        about=document.ABOUT,
        organisation=town.name,
        centre=town.centre_name or town.name,
        addressee=f"Главе {town.name_genitive or town.name}",
        period=f"за{NBSP}период {period_words(report.since, report.until)}",
        number="",
        dated=date_words(dated),
        signer=signer_of(town),
        sections=tuple(
            section.model_copy(update={"title": f"{place}.{NBSP}{section.title}"})
            for place, section in enumerate(document.sections(report, months), start=1)
        ),
        method=(*method, f"Документ подготовил {centre_line(town)}."),
    )


def signer_of(town: Municipality) -> str:
    """Whose signature stands under papers of the centre."""
    head = Role.objects.filter(municipality=town, slug=HEAD_ROLE).first()
    return head.label if head else SIGNER

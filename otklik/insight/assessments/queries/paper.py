"""An assessment, or the part of a recipient, as a paper written from what was kept."""

from __future__ import annotations

from collections.abc import Iterable

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import centre_line
from otklik.insight.assessments.models import Assessment, Part, Recommendation
from otklik.insight.assessments.rules import papers
from otklik.insight.assessments.vocabulary import Kind
from otklik.insight.growth.queries import signer_of
from otklik.insight.papers.rules import Document, Section
from otklik.language.wording import NBSP, date_words, period_words

_SECTIONS = {
    Kind.PROBLEMS: papers.problems,
    Kind.WORK: papers.work,
    Kind.DUTIES: papers.duties,
}


def paper_of(one: Assessment, advice: Iterable[Recommendation]) -> Document:
    """What DOCX and PDF are written from."""
    rows = [
        (row.get_sort_display(), str(row.body or "все органы"), row.text, _due(row))
        for row in advice
    ]
    sections = [
        *_SECTIONS[Kind(one.kind)](one.content),
        papers.conclusions(one.words),
        papers.recommendations(rows),
    ]
    return _document(one, one.get_kind_display(), f"Главе {_genitive(one)}", sections)


def part_paper(part: Part) -> Document:
    """The part of one recipient."""
    sections = [*papers.part(part.content), papers.proposals(part.proposal)]
    return _document(
        part.assessment, "Аналитика обращений для получателя", str(part.body), sections
    )


def _document(
    one: Assessment, title: str, addressee: str, sections: Iterable[Section | None]
) -> Document:
    town = Municipality.objects.get(pk=one.municipality_id)
    said = [section for section in sections if section is not None]
    return Document(
        title=title,
        about="по обращениям и сообщениям граждан и организаций",
        organisation=town.name,
        centre=town.centre_name or town.name,
        addressee=addressee,
        period=f"за{NBSP}период {period_words(one.since, one.until)}",
        number=f"редакция {one.version}",
        dated=date_words(one.made_at.astimezone(town.tz).date()),
        signer=signer_of(town),
        sections=tuple(
            section.model_copy(update={"title": f"{place}.{NBSP}{section.title}"})
            for place, section in enumerate(said, start=1)
        ),
        method=(*papers.method(one.kind, one.method), f"Документ подготовил {centre_line(town)}."),
    )


def _genitive(one: Assessment) -> str:
    town = one.municipality
    return town.name_genitive or town.name


def _due(row: Recommendation) -> str:
    return f"{row.due_on:%d.%m.%Y}" if row.due_on else "—"

"""Errors and missed terms of a period in words, for the files of the report."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from otklik.base.errors import Refused
from otklik.casework.quality.models import Finding
from otklik.casework.quality.queries import error_report
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.reports.queries.framing import addressee_of, signer_of
from otklik.insight.reports.rules.error_document import ErrorFigures, ErrorRow
from otklik.language.masking import for_publication

ESSENCE = 300


def error_figures(access: Access, since: date, until: date) -> ErrorFigures:
    """What the report says of the period (dedovichi:13.8). Citizens' data are masked.

    Raises Forbidden without the right to keep this record, Refused for a period the wrong way.
    """
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    town = Municipality.objects.get(pk=access.municipality_id)
    report = error_report(access, since, until)
    return ErrorFigures(
        since=since,
        until=until,
        municipality=town.name,
        centre=town.centre_name or town.name,
        addressee=addressee_of(town),
        signer=signer_of(town),
        bodies=[
            (line.name, line.faults, line.late, line.conflicts, line.unmended)
            for line in report.bodies
        ],
        kinds=[(line.sort, line.label, line.count, line.unmended) for line in report.kinds],
        rows=[_row(one) for one in report.rows],
        advice=[
            (
                str(one.body or "Центр управления"),
                for_publication(one.text).text,
                one.get_state_display(),
            )
            for one in report.advice
        ],
    )


def _row(finding: Finding) -> ErrorRow:
    said = finding.essence or finding.quote or finding.parties
    return ErrorRow(
        sort=finding.sort,
        on=f"{finding.happened_on:%d.%m.%Y}",
        appeal=str(finding.appeal or "без обращения"),
        kind=finding.get_kind_display(),
        body=str(finding.body or "Центр управления"),
        person=finding.person_label,
        essence=for_publication(said).text[:ESSENCE],
        state=finding.get_state_display(),
        url=f"{settings.PUBLIC_URL}/desk/quality/{finding.pk}/",
    )

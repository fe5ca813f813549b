"""The consolidated table of a form for a period."""

from __future__ import annotations

from otklik.coordination.returns.models import Return, ReturnForm
from otklik.coordination.returns.rules import Handed, Summary, summarise
from otklik.coordination.returns.vocabulary import HANDED_IN, ReturnState

PERIODS = 60


def periods_of(form: ReturnForm) -> list[Return]:
    """One report of each period, the newest first: for its dates."""
    found = Return.objects.filter(form=form).order_by("-since", "pk").distinct("since")
    return list(found.only("period", "since", "until")[:PERIODS])


def summary_of(form: ReturnForm, period: str) -> tuple[Summary, list[Handed]]:
    """What every body handed in, in one query.

    A form may change within a period: fields of all its reports stand side by side.
    """
    rows = list(
        Return.objects.filter(form=form, period=period)
        .select_related("body")
        .order_by("body__order", "body__name", "pk")
    )
    handed = [
        Handed(
            return_id=row.pk,
            body=str(row.body),
            state=row.get_state_display(),
            confirmed=row.state == ReturnState.ACCEPTED,
            values=row.values if row.state in HANDED_IN else {},
        )
        for row in rows
    ]
    fields = {one.key: one for row in rows for one in row.parts()}
    return summarise(list(fields.values()), handed, form.title), handed

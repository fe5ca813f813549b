"""The journal tells of every case of the centre: a right to a part of it is not enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk

View = Callable[[DeskRequest], HttpResponse]


def whole_journal(view: View) -> Callable[..., HttpResponse]:
    """A page for those who may read the journal of the whole centre; Forbidden for others."""

    @desk(Permission.JOURNAL)
    @wraps(view)
    def guarded(request: DeskRequest) -> HttpResponse:
        request.access.require(Permission.JOURNAL)
        return view(request)

    return guarded

"""The first page of the settings: what can be set, and by whom."""

from __future__ import annotations

from django.http import HttpResponse

from otklik.base.errors import Forbidden
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.sections import offered


@desk()
def index(request: DeskRequest) -> HttpResponse:
    groups = offered(request.access)
    if not groups:
        raise Forbidden(
            "Настройки открыты тем, кто ведёт структуру или настраивает порядок работы.",
            mend="Попросите администратора центра дать вам это право.",
        )
    return render(request, "desk/settings/index.html", {"groups": groups})

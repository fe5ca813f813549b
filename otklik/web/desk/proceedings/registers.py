"""What was forwarded, what documents are awaited, what was stopped."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.casework.proceedings.queries import TABS, page, register_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render

EMPTY = {
    "forwarded": "Обращение направляют по компетенции из его карточки, блок «Решения по 59-ФЗ».",
    "documents": "Документы запрашивают из карточки обращения, блок «Решения по 59-ФЗ».",
    "stopped": "Решения по статье 11 принимают в карточке обращения.",
    "other": "Здесь ответы ссылкой на сайт и возобновлённые обращения.",
}


@require_GET
@desk(Permission.VIEW_APPEALS)
def proceedings(request: DeskRequest) -> HttpResponse:
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "forwarded"
    base = reverse("desk:proceedings")
    found = page(register_of(request.access, tab), tab=tab, cursor=request.GET.get("after", ""))
    first = f"{base}?{urlencode({'tab': tab})}"
    context = {
        "tab": tab,
        "title": TABS[tab][0],
        "rows": found.rows,
        "today": clock.today(request.municipality.tz),
        "empty_text": EMPTY[tab],
        "first_url": first if request.GET.get("after") else "",
        "next_url": f"{first}&{urlencode({'after': found.after})}" if found.after else "",
        "tabs": [
            {"label": label, "url": f"{base}?{urlencode({'tab': slug})}", "active": slug == tab}
            for slug, (label, _) in TABS.items()
        ],
    }
    return render(request, "desk/proceedings/register.html", context)

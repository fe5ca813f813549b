"""What can be reported: topics of the classifier, and what may be said besides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from otklik.casework.classification.queries import topics_offered
from otklik.directory.territory.queries import settlements
from otklik.directory.topics.models import Topic
from otklik.web.api.open311.door import Jurisdiction, speaking
from otklik.web.api.open311.faults import Fault
from otklik.web.api.open311.formats import answer

SUBTOPIC, SETTLEMENT = "subtopic", "settlement"


def offered(place: Jurisdiction) -> QuerySet[Topic]:
    """Topics of the groups that the centre has opened (all when it names none)."""
    found = topics_offered(place.municipality.pk)
    groups = place.settings.chosen_groups
    return found.filter(group__in=groups) if groups else found


def service(place: Jurisdiction, code: str) -> Topic:
    """The topic with this code; raise Fault 404."""
    found = offered(place).filter(pk=int(code)).first() if _is_code(code) else None
    if found is None:
        raise Fault.one(404, f"service_code «{code}» не найден: список — services.")
    return found


def below(place: Jurisdiction, topic: Topic) -> list[Topic]:
    """Narrower topics on offer."""
    return list(offered(place).filter(parent=topic))


def _is_code(code: str) -> bool:
    return code.isdecimal() and code.isascii() and len(code) < 18


def _services(
    request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict
) -> HttpResponse:
    listed = [
        {
            "service_code": str(topic.pk),
            "service_name": topic.name,
            "description": topic.name,
            "metadata": True,
            "type": "realtime",
            "keywords": ", ".join(topic.keywords.replace(",", " ").split()),
            "group": topic.group,
        }
        for topic in offered(place)
    ]
    return answer(form, "services", listed)


def _definition(
    request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict, code: str
) -> HttpResponse:
    topic = service(place, code)
    villages = [(str(one.pk), str(one)) for one in settlements(place.municipality.pk)]
    narrower = [(str(one.pk), one.name) for one in below(place, topic)]
    attributes = [
        _attribute(SUBTOPIC, "Уточните, что именно случилось", narrower),
        _attribute(SETTLEMENT, "Населённый пункт", villages),
    ]
    shown = [{**one, "order": n} for n, one in enumerate(filter(None, attributes), start=1)]
    told = {"service_code": str(topic.pk), "attributes": shown}
    return answer(form, "service_definition", told)


def _attribute(code: str, description: str, values: list[tuple[str, str]]) -> dict[str, Any] | None:
    if not values:
        return None
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "",
        "order": 0,
        "description": description,
        "values": [{"key": key, "name": name} for key, name in values],
    }


def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the server is; tells nothing of any centre."""
    url = f"{settings.PUBLIC_URL}/open311/v2"
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": url,
        "changeset": "2026-01-01T00:00:00Z",
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    told = {
        "changeset": "2026-01-01T00:00:00Z",
        "contact": "Администратор центра выдаёт api_key: «Настройки», «Доступ программ».",
        "key_service": "Ключ — в разделе «Доступ программ», право «регистрировать обращения».",
        "endpoints": [endpoint],
    }
    return answer(form, "discovery", told)


services = speaking(GET=_services)
definition = speaking(GET=_definition)

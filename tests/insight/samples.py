"""What each page is asked about; a page of cases without an example here fails the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import URLPattern, reverse

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.actions import freeze, save_cut
from otklik.insight.cuts.rules import Request, View
from otklik.insight.cuts.vocabulary import Dimension, Measure
from otklik.insight.reports.actions import make_note
from otklik.insight.reports.catalogue import kinds
from otklik.records.attachments.models import Attachment
from otklik.web.desk.today.parts import _PARTS
from tests.insight.pages import Keys, is_asked, pages
from tests.insight.town import Someone

SINCE, UNTIL = date(2025, 12, 22), date(2026, 3, 1)
_ALL = f"since={SINCE}&until={UNTIL}"

# Pages that are asked for more than once, or of which the bare address shows little.
QUERIES: Mapping[str, Sequence[str]] = {
    "desk:appeals": ("", "open=1", "overdue=1", "q=тепло", "q=теплл", "repeated=1", "unassigned=1"),
    "desk:replies": ("", "tab=approval", "tab=returned", "tab=signed", "tab=drafts"),
    "desk:inbox": ("", "state=aside"),
    "desk:calls": ("", "done=1"),
    "desk:summary": (
        _ALL,
        f"{_ALL}&rows=body&columns=month",
        f"{_ALL}&rows=settlement&columns=channel&counted=questions",
        f"{_ALL}&rows=topic&columns=block&measure=score",
    ),
    "desk:summary_file": (_ALL, f"{_ALL}&form=csv"),
    "desk:map": (_ALL, f"{_ALL}&view=settlements"),
    "desk:questions": (_ALL, f"{_ALL}&measured=closing"),
    "desk:rating": (_ALL, f"{_ALL}&subject=block", f"{_ALL}&channel=pos"),
    "desk:growth": (_ALL,),
    "desk:growth_words": (_ALL,),
    "desk:map_frames": (_ALL,),
    "desk:map_selection": (f"{_ALL}&count=1&area=30,50;40,50;40,60;30,60",),
    "desk:map_supply": (_ALL,),
    "desk:wall_data": (_ALL,),
    "desk:rating_cases": (_ALL,),
    "desk:workload_rows": ("", _ALL),
}

# What only the owner of the whole analysis makes, and whoever has its key or its publication sees.
BY_DECISION = {
    "desk:frozen_supplied": "a cut supplied to somebody outside, as it was",
    "desk:wall_by_key": "a screen shown to whoever has its key",
    "desk:wall_data_by_key": "a screen shown to whoever has its key",
    "desk:rating_snapshot": "kept by whoever sees everything, published by the head",
    "desk:rating_snapshot_file": "kept by whoever sees everything, published by the head",
    "desk:rating_counted": "kept by whoever sees everything, published by the head",
    "desk:assessment": "made by whoever sees everything",
    "desk:assessment_file": "made by whoever sees everything",
    "desk:assessment_part": "given to a body by whoever sees everything",
    "desk:assessment_part_file": "given to a body by whoever sees everything",
    "desk:rating_peers": "groups of peers are names of bodies",
}

# Screens that are of other things than cases: their cards show nothing counted of them.
OTHER_THINGS = {
    "otklik.web.desk.settings": "structure, people, channels and rules of the centre",
    "otklik.web.desk.tasks": "tasks are given to people, not made of cases",
    "otklik.web.desk.returns": "forms that bodies fill in themselves",
    "otklik.web.desk.reception": "visits are booked, not filed",
    "otklik.web.desk.pos": "discussions and votes of the platform",
    "otklik.web.desk.imports": "a run is shown to whoever may import, for the whole centre",
    "otklik.web.desk.automation": "rules and mechanisms, for the whole centre",
    "otklik.web.desk.sstu": "packages of the whole centre",
    "otklik.web.desk.regional": "letters between centres",
    "otklik.web.desk.teamwork": "letters between people",
    "otklik.web.desk.inbox": "what has no case yet",
    "otklik.web.desk.quality": "findings of those who check",
    "otklik.web.desk.control.bulk": "an act is shown to whoever has done it",
    "otklik.web.desk.proceedings.orders": "wording of decisions, for the whole centre",
    "otklik.web.desk.problems": "a problem is made by a person over cases he sees",
}
Give = Callable[[], Sequence[Keys]]


def examples(person: Someone, own: Sequence[Appeal]) -> dict[str, Give]:
    """By name of the page: the keys of its examples."""
    case = next(one for one in own if one.status == "registered" or one.number)
    file = Attachment.objects.filter(subject="appeal", subject_id=case.pk).first()
    note = make_note(access=person.access, since=SINCE, until=UNTIL)
    asked = Request(
        rows=Dimension.TOPIC,
        columns=Dimension.MONTH,
        filter=AppealFilter(since=SINCE, until=UNTIL),
        measures=(Measure.RECEIVED, Measure.LATE),
    )
    kept = save_cut(access=person.access, name="Темы", request=asked, measure=Measure.RECEIVED)
    frozen = freeze(access=person.access, name="Темы", view=View(request=asked))
    body = person.access.reach("analytics").body_ids or {0}
    of_case: Sequence[Keys] = [{"pk": one.pk} for one in own[:5]]
    letters: list[dict[str, Any]] = []
    found: dict[str, Sequence[Keys]] = {
        "desk:appeal": of_case,
        "desk:kindred": of_case,
        "desk:citation": of_case[:1],
        "desk:appeal_terms": of_case[:2],
        "desk:law": of_case[:2],
        "desk:review": of_case,
        "desk:law_file": [],
        "desk:law_decision": [{"pk": case.pk, "slug": "forwarding"}],
        "desk:letter": letters,
        "desk:file": [{"pk": case.pk, "file_id": file.pk if file else 0}],
        "desk:note": [{"pk": note.pk}],
        "desk:note_part": [{"pk": note.pk, "key": "summary"}],
        "desk:note_picture": [{"pk": note.pk, "place": place} for place in range(6)],
        "desk:note_file": [{"pk": note.pk, "ending": ending} for ending in ("docx", "pdf")],
        "desk:quality_report_file": [{"ending": ending} for ending in ("docx", "pdf", "xlsx")],
        "desk:auto_register_file": [{"ending": ending} for ending in ("docx", "xlsx", "csv")],
        "desk:cut": [{"pk": kept.pk}],
        "desk:cut_settings": [{"pk": kept.pk}],
        "desk:frozen_cut": [{"pk": frozen.pk}],
        "desk:frozen_file": [{"pk": frozen.pk, "ending": ending} for ending in ("xlsx", "csv")],
        "desk:growth_file": [{"ending": ending} for ending in ("docx", "xlsx", "pdf")],
        "desk:rating_file": [{"ending": ending} for ending in ("docx", "xlsx", "pdf")],
        "desk:rating_body": [{"pk": pk} for pk in sorted(body)],
        "desk:workload_file": [{"ending": ending} for ending in ("docx", "xlsx", "pdf")],
        "desk:report_making": [{"slug": slug} for slug in sorted(kinds())],
        "desk:report_schedule": [{"slug": slug} for slug in sorted(kinds())],
        "desk:today_part": [{"name": name} for name in _PARTS],
        "desk:note_versions": [{"pk": note.pk}],
    }
    return {name: (lambda keys=keys: keys) for name, keys in found.items()}  # type: ignore[misc]


def addresses(person: Someone, own: Sequence[Appeal]) -> tuple[dict[str, str], set[str]]:
    """Every page this person may ask for, by name and number; and pages without an example."""
    given = examples(person, own)
    found: dict[str, str] = {}
    missing: set[str] = set()
    for name, page in pages().items():
        if not is_asked(person.client, name, page):
            continue
        if name in given:
            found.update(_numbered(name, [reverse(name, kwargs=keys) for keys in given[name]()]))
        elif not page.pattern.converters:
            found.update(_numbered(name, _asked(name)))
        elif name not in BY_DECISION and not _of_other_things(page):
            missing.add(name)
    return found, missing


def _asked(name: str) -> list[str]:
    return [reverse(name) + (f"?{query}" if query else "") for query in QUERIES.get(name, ("",))]


def _numbered(name: str, urls: Sequence[str]) -> dict[str, str]:
    return {f"{name} {n}" if n else name: url for n, url in enumerate(urls)}


def _of_other_things(page: URLPattern) -> bool:
    return page.callback.__module__.startswith(tuple(OTHER_THINGS))

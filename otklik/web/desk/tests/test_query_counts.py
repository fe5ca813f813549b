"""Every page of the desk: how many queries, and the same for three rows and for thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.models import ImportRun, ImportUpload
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import OutboundMessage
from otklik.insight.reports.models import Note
from otklik.records.attachments.actions import store
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.desk.tests.crowd import add_waiting, deepen, fill
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

# Page (a view, with `?query` where the query changes what is asked) → most queries.
LISTS = {
    "desk:today": 25,
    "desk:notices": 10,
    "desk:appeals": 13,
    "desk:appeals?open=1&unassigned=1": 13,
    "desk:appeals?q=яма": 16,
    "desk:register": 12,
    "desk:inbox": 18,
    "desk:inbox?state=aside": 18,
    "desk:replies": 10,
    "desk:replies?tab=returned": 10,
    "desk:replies?tab=drafts": 10,
    "desk:replies?tab=signed": 10,
    "desk:replies?tab=approval": 10,
    "desk:carry": 13,
    "desk:questions": 17,
    "desk:notes": 10,
    "desk:reports": 10,
    "desk:reports?state=draft&kind=weekly": 10,
    "desk:report_kinds": 9,
    "desk:report_schedules": 9,
    "imports:start": 12,
}
CARDS = {
    "desk:appeal": 38,
    "desk:kindred": 9,
    "desk:appeal_terms": 22,
    "desk:file": 13,
    "desk:citation": 24,
    "desk:inbox_item": 20,
    "desk:inbox_file": 19,
    "desk:note": 9,
    "desk:note_part": 9,
    "desk:note_picture": 8,
    "desk:note_file": 8,
    "desk:note_versions": 10,
    "desk:report_making": 10,
    "desk:report_schedule": 9,
    "imports:columns": 10,
    "imports:run": 12,
    "imports:progress": 9,
    "imports:report": 9,
}
# Pages that show the same amount however much there is.
STEADY = {
    "desk:today", "desk:register", "desk:file", "desk:note", "desk:note_part",
    "desk:note_picture", "desk:note_file", "desk:note_versions", "desk:report_kinds",
    "desk:report_schedules", "desk:report_making", "desk:report_schedule",
    "imports:columns", "imports:progress",
    "desk:kindred", "desk:appeal_terms", "desk:inbox_item", "desk:inbox_file",
    "desk:citation",
}  # fmt: skip
POST_ONLY = {
    "desk:kin", "desk:unkin", "desk:complained", "desk:signatories", "desk:documents",
    "desk:reminder", "desk:transfer_results",
    "desk:draft", "desk:topic", "desk:place", "desk:assignments", "desk:withdrawal", "desk:link",
    "desk:reply", "desk:decision", "desk:sending", "desk:extension", "desk:conversion",
    "desk:closure", "desk:reopening", "desk:fault", "desk:score", "desk:term_reminder", "desk:undo",
    "desk:resend", "desk:published", "desk:placed", "desk:placed_by_file",
    "desk:notes_schedule", "desk:note_signature", "desk:note_delivery", "desk:note_terms",
    "imports:loading", "desk:proposal",
    "desk:proposal_submission", "desk:proposal_decision", "desk:proposal_stage",
    "desk:team_note", "desk:team_talk", "desk:team_inquiry", "desk:team_inquiry_cancel",
    "desk:team_receipt", "desk:team_handback", "desk:team_urgent", "desk:team_term",
    "desk:regional_ask", "desk:call_back",
    "desk:formal_essence", "desk:formal_check", "desk:formal_theme", "desk:formal_question",
    "desk:formal_question_drop",
    "desk:register_earlier", "desk:importance", "desk:inbox_undo",
}  # fmt: skip
# Screens whose pages are counted in tests of their own.
ELSEWHERE = (
    "otklik.web.desk.imports.profiles", "otklik.web.desk.imports.differences",
    "otklik.web.desk.imports.networks", "otklik.web.desk.calls", "otklik.web.desk.pos",
    "otklik.web.desk.settings", "otklik.web.desk.journal", "otklik.web.desk.quality",
    "otklik.web.desk.proceedings",
    "otklik.web.desk.automation", "otklik.web.desk.problems",
    "otklik.web.desk.control",
    "otklik.web.desk.proceedings",
    "otklik.web.desk.tasks", "otklik.web.desk.proceedings", "otklik.web.desk.reception",
    "otklik.web.desk.executor", "otklik.web.desk.teamwork",
    "otklik.web.desk.cuts", "otklik.web.desk.growth", "otklik.web.desk.assessments",
    "otklik.web.desk.sstu", "otklik.web.desk.returns", "otklik.web.desk.regional",
    "otklik.web.desk.executor", "otklik.web.desk.teamwork",
    "otklik.web.desk.formalising", "otklik.web.desk.ratings", "otklik.web.desk.heat",
    "otklik.web.desk.workload", "otklik.web.desk.boards", "otklik.web.desk.today.parts",
)  # fmt: skip


@pytest.fixture
def everyone(centre: Centre) -> Person:
    """Somebody with every right there is."""
    return make_person(
        centre.municipality, "Всемогущая Вера", dict.fromkeys(Permission, Scope.MUNICIPALITY)
    )


@pytest.fixture
def note(centre: Centre, everyone: Person, file_appeal: FileAppeal) -> Note:
    for days in range(3):
        file_appeal(f"Яма номер {days} у школы", topic_id=centre.holes.pk,
                    received_at=clock.now() - timedelta(days=days))  # fmt: skip
    today = clock.today()
    everyone.client.post("/desk/notes/", {"since": today - timedelta(days=6), "until": today})
    return Note.objects.get()


@pytest.fixture
def run(everyone: Person) -> ImportRun:
    """A checked import of one good and one bad row."""
    text = "Номер обращения;Текст обращения;Дата создания\nП-1;Темно;04.03.2024\nП-2;Яма;?\n"
    file = SimpleUploadedFile("выгрузка.csv", text.encode("cp1251"))
    page = everyone.client.post("/desk/imports/", {"file": file, "source": "pos"}, follow=True)
    form = page.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    everyone.client.post(page.request["PATH_INFO"] + "?source=pos", chosen)
    return ImportRun.objects.get()


def lists(client: Client) -> dict[str, str]:
    """Addresses of lists that this person may open, by name."""
    named = {name: name.partition("?") for name in LISTS}
    found = {name: reverse(view) + mark + query for name, (view, mark, query) in named.items()}
    return {name: url for name, url in found.items() if client.get(url).status_code != 403}


def test_lists_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, everyone: Person, note: Note, file_appeal: FileAppeal
) -> None:
    executor = make_person(centre.municipality, "Ямкин Пётр Ильич", EXECUTOR, centre.roads)
    fill(centre, everyone, file_appeal, range(3))
    few = [counts_of(person.client, lists(person.client)) for person in (everyone, executor)]
    assert set(few[0]) == set(LISTS)
    assert {"desk:today", "desk:appeals", "desk:replies"} <= set(few[1])
    short = [sizes_of(each.client, lists(each.client)) for each in (everyone, executor)]
    fill(centre, everyone, file_appeal, range(3, 30))
    many = [counts_of(person.client, lists(person.client)) for person in (everyone, executor)]
    assert [grown(*pair) for pair in zip(few, many, strict=True)] == [{}, {}]
    assert [over(counts, LISTS) for counts in many] == [{}, {}]
    long = [sizes_of(each.client, lists(each.client)) for each in (everyone, executor)]
    assert set(LISTS) - STEADY <= longer(short[0], long[0])
    assert {"desk:appeals", "desk:replies?tab=returned"} <= longer(short[1], long[1])


def test_cards_ask_the_same_however_much_is_inside(
    centre: Centre, everyone: Person, note: Note, run: ImportRun, file_appeal: FileAppeal
) -> None:
    appeal = file_appeal("Яма на Садовой", topic_id=centre.holes.pk)
    kept = store(
        municipality_id=centre.municipality.pk, file_name="фото.txt", content=b"text",
        subject="appeal", subject_id=appeal.pk,
    )  # fmt: skip
    waiting = add_waiting(centre, "card")
    letter = store(
        municipality_id=centre.municipality.pk, file_name="письмо.txt", content=b"letter",
        subject="inbound_message", subject_id=waiting.pk,
    )  # fmt: skip
    own: dict[str, object] = {"pk": appeal.pk}
    keys: dict[str, dict[str, object]] = {
        "desk:appeal": own,
        "desk:kindred": own,
        "desk:appeal_terms": own,
        "desk:citation": own,
        "desk:file": {**own, "file_id": kept.pk},
        "desk:inbox_item": {"kind": "message", "pk": waiting.pk},
        "desk:inbox_file": {"pk": waiting.pk, "file_id": letter.pk},
        "desk:note": {"pk": note.pk},
        "desk:note_part": {"pk": note.pk, "key": "summary"},
        "desk:note_picture": {"pk": note.pk, "place": _picture(everyone, note)},
        "desk:note_file": {"pk": note.pk, "ending": "docx"},
        "desk:note_versions": {"pk": note.pk},
        "desk:report_making": {"slug": "weekly"},
        "desk:report_schedule": {"slug": "weekly"},
        "imports:columns": {"pk": ImportUpload.objects.get().pk},
        "imports:run": {"pk": run.pk},
        "imports:progress": {"pk": run.pk},
        "imports:report": {"pk": run.pk},
    }
    pages = {name: reverse(name, kwargs=keys[name]) for name in CARDS}
    deepen(centre, appeal, run, range(3))
    few, short = counts_of(everyone.client, pages), sizes_of(everyone.client, pages)
    deepen(centre, appeal, run, range(3, 30))
    many = counts_of(everyone.client, pages)
    assert grown(few, many) == {}
    assert over(many, CARDS) == {}
    assert set(CARDS) - STEADY <= longer(short, sizes_of(everyone.client, pages))


def _picture(person: Person, note: Note) -> int:
    """The place of a chart in the note."""
    for place in range(12):
        url = reverse("desk:note_picture", kwargs={"pk": note.pk, "place": place})
        if person.client.get(url).status_code == 200:
            return place
    raise AssertionError("the note shows no chart")


def test_every_address_of_the_desk_is_counted() -> None:
    views = views_of("otklik.web.desk")
    assert views
    own = {name for name, view in views.items() if not view.__module__.startswith(ELSEWHERE)}
    counted = {name.partition("?")[0] for name in (*LISTS, *CARDS)}
    assert own == counted | POST_ONLY


def test_what_is_not_counted_shows_no_page(
    centre: Centre, everyone: Person, file_appeal: FileAppeal
) -> None:
    pk = file_appeal().pk
    for name in sorted(POST_ONLY):
        view = name.partition(":")[2]
        keys: dict[str, object] = {"pk": pk}
        if view in ("undo", "resend", "published"):
            keys["message"] = 1
        if view.startswith("proposal_"):
            keys["proposal"] = 1
        if view == "draft":
            keys = {"place": "reply:1"}
        if view in ("notes_schedule", "register_earlier", "placed_by_file"):
            keys = {}
        if view == "inbox_undo":
            keys = {"batch": "0"}
        assert everyone.client.get(reverse(name, kwargs=keys)).status_code == 405, name
    assert not OutboundMessage.objects.exists()

"""The files open as what they are, say the same, and keep every rule of their kinds."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.replies.models import Reply
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.papers.rules import Document, Picture, Table
from otklik.insight.papers.writers import draw_all, write_docx, write_pdf
from otklik.insight.reports.actions import (
    Delivery,
    edit_part,
    hand_over,
    make_note,
    make_weekly,
    set_weekly,
)
from otklik.insight.reports.actions import sign as sign_note
from otklik.insight.reports.models import Note
from otklik.insight.reports.tests.recount import returned
from otklik.records.attachments.queries import content_of
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db

WEEK = (date(2026, 2, 2), date(2026, 2, 8))


@pytest.fixture
def district() -> District:
    found = build()
    found.live(40)
    return found


@pytest.fixture
def note(district: District) -> Note:
    with clock.frozen(NOW):
        return make_note(access=district.access, since=WEEK[0], until=WEEK[1])


def opened(note: Note) -> Any:
    assert note.docx is not None
    return docx.Document(io.BytesIO(content_of(note.docx)))


def pdf_text(note: Note) -> str:
    assert note.pdf is not None
    pages = PdfReader(io.BytesIO(content_of(note.pdf))).pages
    return " ".join(page.extract_text() for page in pages)


def flat(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def test_word_file_has_real_styles_and_tables(note: Note) -> None:
    file, document = opened(note), note.content()
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in document.sections]
    tables = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    assert len(file.tables) == len(tables) >= 4
    for made, table in zip(file.tables, tables, strict=True):
        assert [cell.text for cell in made.rows[0].cells] == [c.title for c in table.columns]
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [[c.text for c in row.cells] for row in made.rows[1:]] == [
            list(row) for row in table.rows
        ]
    page = file.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert (round(page.left_margin.mm), round(page.right_margin.mm)) == (30, 15)
    assert "PAGE" in page.footer._element.xml
    assert file.core_properties.language == "ru-RU"
    assert "Аналитическая записка" in file.core_properties.title


def test_every_picture_is_told_in_words(note: Note) -> None:
    pictures = [b for s in note.content().sections for b in s.blocks if isinstance(b, Picture)]
    shapes = opened(note).inline_shapes
    assert len(shapes) == len(pictures) > 0
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [p.alt for p in pictures]


def test_pdf_says_the_same(note: Note) -> None:
    text = flat(pdf_text(note))
    for section in note.content().sections:
        assert flat(section.title) in text
    first = note.content().sections[0].lines[0]
    assert flat(first)[:40] in text
    reader = PdfReader(io.BytesIO(content_of(note.pdf)))  # type: ignore[arg-type]
    assert reader.metadata is not None
    assert "Аналитическая записка" in str(reader.metadata.title)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ru-RU"
    assert root["/MarkInfo"]["/Marked"]


def test_pictures_of_boundaries_and_points(district: District) -> None:
    square = [[[36.0, 55.0], [36.1, 55.0], [36.1, 55.1], [36.0, 55.0]]]
    places = [
        {"label": "село Бор", "count": 5, "lat": 55.05, "lon": 36.02, "boundary": None},
        {
            "label": "село Луг",
            "count": 0,
            "lat": None,
            "lon": None,
            "boundary": {"type": "Polygon", "coordinates": square},
        },
    ]
    picture = Picture(draw="map", caption="Карта", alt="Карта: Бор — 5.", data={"places": places})
    base = Note.objects.model(document={})
    assert base.parts == {}
    document = Document.model_validate(
        {
            "title": "Записка",
            "about": "о работе",
            "organisation": "Округ",
            "centre": "Центр",
            "addressee": "Главе",
            "period": "за период",
            "number": "№ 1",
            "dated": "2 марта 2026 года",
            "signer": "Руководитель",
            "sections": [{"key": "map", "title": "1. Карта", "blocks": [picture.model_dump()]}],
        }
    )
    drawn = draw_all(document)
    assert [png[:4] for png in drawn] == [b"\x89PNG"]
    assert write_pdf(document, drawn, made_at=NOW).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(write_docx(document, drawn, made_at=NOW))).inline_shapes


def test_an_untouched_draft_is_made_anew_under_its_number(district: District, note: Note) -> None:
    with clock.frozen(NOW):
        again = make_note(access=district.access, since=WEEK[0], until=WEEK[1])
    assert (again.pk, again.version, again.number) == (note.pk, 2, 1)
    edit_part(access=district.access, note_id=note.pk, key="summary", text="Своими словами.")
    with clock.frozen(NOW):
        third = make_note(access=district.access, since=WEEK[0], until=WEEK[1])
    assert third.number == 2
    assert Note.objects.count() == 2


def test_words_are_edited_until_the_signature(district: District, note: Note) -> None:
    access = district.access
    edited = edit_part(
        access=access, note_id=note.pk, key="summary", text='Неделя прошла "спокойно" - в срок.'
    )
    said = [paragraph.text for paragraph in opened(edited).paragraphs]
    assert "Неделя прошла «спокойно»\u00a0— в\u00a0срок." in said
    assert flat("Неделя прошла «спокойно»") in flat(pdf_text(edited))
    with pytest.raises(Conflict):
        hand_over(access=access, note_id=note.pk, delivery=Delivery(to="Глава"))
    sign_note(access=access, note_id=note.pk)
    with pytest.raises(Conflict):
        edit_part(access=access, note_id=note.pk, key="summary", text="Поздно.")
    with pytest.raises(Refused):
        hand_over(access=access, note_id=note.pk, delivery=Delivery(to=" "))
    given = hand_over(access=access, note_id=note.pk, delivery=Delivery(to="Глава округа"))
    assert given.handed_over_to == "Глава округа"
    names = list(Entry.objects.filter(subject="note").order_by("id").values_list("name", flat=True))
    assert names == ["NoteMade", "NoteEdited", "NoteSigned", "NoteHandedOver"]


def test_rights_and_wrong_input(district: District, note: Note) -> None:
    with pytest.raises(Forbidden):
        make_note(access=district.outsider(), since=WEEK[0], until=WEEK[1])
    with pytest.raises(NotFound):
        edit_part(access=district.access, note_id=note.pk, key="nothing", text="")
    with pytest.raises(NotFound):
        sign_note(access=build("sosedi").access, note_id=note.pk)
    with clock.frozen(NOW):
        for since, until in (
            (WEEK[1], WEEK[0]),
            (date(2027, 1, 1), date(2027, 1, 7)),
            (date(2024, 1, 1), date(2026, 1, 7)),
        ):
            with pytest.raises(Refused):
                make_note(access=district.access, since=since, until=until)


@pytest.mark.clause("pereslavl:3.2.1")
def test_the_system_drafts_the_note_each_week_and_records_its_delivery(district: District) -> None:
    monday = NOW.replace(year=2026, month=2, day=9, hour=4, minute=30)  # 07:30 in Moscow
    with clock.frozen(monday.replace(hour=3)):
        missed = make_weekly(municipality_id=district.town.pk)
        assert missed is not None
        assert missed.until < WEEK[0], "before its hour only the note that was missed is made"
        assert make_weekly(municipality_id=district.town.pk) is None
    with clock.frozen(monday):
        made = make_weekly(municipality_id=district.town.pk)
        assert made is not None
        assert (made.since, made.until, made.automatic) == (*WEEK, True)
        assert make_weekly(municipality_id=district.town.pk) is None
        edit_part(access=district.access, note_id=made.pk, key="advice", text="Поручить ЖКХ.")
        sign_note(access=district.access, note_id=made.pk)
        given = hand_over(
            access=district.access, note_id=made.pk, delivery=Delivery(to="Глава города")
        )
    assert given.status == "handed_over"
    assert given.handed_over_at == monday


def test_the_schedule_can_be_switched_off_and_skips_quiet_weeks(district: District) -> None:
    monday = NOW.replace(month=2, day=9)
    quiet = build("tiho")
    with clock.frozen(monday):
        set_weekly(access=district.access, on=False)
        assert make_weekly(municipality_id=district.town.pk) is None
        assert make_weekly(municipality_id=quiet.town.pk) is None
        set_weekly(access=district.access, on=True)
        assert make_weekly(municipality_id=district.town.pk) is not None
    assert Entry.objects.filter(name="ScheduleSet").count() == 2


@pytest.mark.clause("dedovichi:13.8")
def test_a_report_on_errors_and_missed_terms_for_a_period(district: District) -> None:
    replies = Reply.objects.filter(appeal__municipality=district.town)
    for place, reply in enumerate(replies[:3]):
        returned(reply, NOW.replace(month=2, day=3), ["no_dates"] if place else ["rude"])
    with clock.frozen(NOW):
        note = make_note(access=district.access, since=date(2026, 1, 1), until=date(2026, 2, 28))
    section = next(one for one in note.content().sections if one.key == "errors")
    assert "С\u00a0нарушением срока" in section.text
    tables = [block for block in section.blocks if isinstance(block, Table)]
    reasons, missed = tables
    assert reasons.rows == (("Не названы сроки", "2"), ("Неуместный тон", "1"))
    assert missed.caption == "Нарушения сроков по исполнителям"
    assert flat("На доработку возвращено 3 проекта ответов") in flat(pdf_text(note))

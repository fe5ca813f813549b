"""Every kind of paper is made, opens, is accessible, and asks the same of few cases and of many."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.oxml.ns import qn
from openpyxl import load_workbook

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.models import Survey
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.papers.tests.accessible import faults
from otklik.insight.reports.actions import make_report
from otklik.insight.reports.catalogue import kinds
from otklik.insight.reports.models import Note
from otklik.insight.reports.rules.plan import last_period
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of

pytestmark = pytest.mark.django_db

WINTER = (date(2026, 1, 1), date(2026, 2, 28))
SILENT = {"sstu"}
"""Nothing to say of without a package that was made."""


@pytest.fixture
def district() -> Iterator[District]:
    found = build()
    found.live(40)
    grade(found)
    with clock.frozen(NOW):
        yield found


def grade(district: District) -> None:
    """Citizens judge the answers of the winter."""
    answered = Reply.objects.filter(appeal__municipality=district.town).order_by("pk")
    Survey.objects.bulk_create(
        Survey(
            appeal_id=reply.appeal_id,
            reply_id=reply.pk,
            token_hash=f"token-{reply.pk}",
            asked_at=NOW - timedelta(days=20),
            expires_at=NOW,
            answered_at=NOW - timedelta(days=10),
            score=1 + place % 5,
        )
        for place, reply in enumerate(answered)
    )


def made(district: District, kind: str) -> Note:
    body_id = district.bodies[0].pk if kinds()[kind].of_body else None
    return make_report(
        access=district.access, kind=kind, since=WINTER[0], until=WINTER[1], body_id=body_id
    )


def kept(attachment: Attachment | None) -> bytes:
    assert attachment is not None
    return content_of(attachment)


def test_every_kind_opens_and_is_accessible(district: District) -> None:
    found = [made(district, kind) for kind in kinds() if kind not in SILENT]
    assert [note.number for note in found] == list(range(1, len(found) + 1))
    for note in found:
        assert faults(kept(note.pdf)) == [], note.kind
        check_word(kept(note.docx), note)
        if note.xlsx is not None:
            check_totals(kept(note.xlsx))
        assert note.content().method, "every number has its definition"
        assert "None" not in note.content().model_dump_json().replace("null", "")
    assert {note.kind for note in found if note.sheets} >= {"weekly", "classifier", "pos", "site"}
    with pytest.raises(Refused, match="писать не о чем"):
        made(district, "sstu")
    with pytest.raises(NotFound):
        make_report(access=district.access, kind="strange", since=WINTER[0], until=WINTER[1])


def check_word(content: bytes, note: Note) -> None:
    """Headings by style, repeated head rows, and parts in the order Word demands."""
    file = docx.Document(io.BytesIO(content))
    headings = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [section.title for section in note.content().sections]
    for table in file.tables:
        head = table.rows[0]._tr.trPr
        assert head is not None
        assert head.find(qn("w:tblHeader")) is not None
        order = [one.tag for one in table._tbl.tblPr]
        wanted = [qn(f"w:{name}") for name in ("tblW", "jc", "tblBorders", "tblLayout",
                                                "tblCellMar", "tblLook")]  # fmt: skip
        assert [tag for tag in order if tag in wanted] == [tag for tag in wanted if tag in order]
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"word/styles.xml", "word/numbering.xml", "word/settings.xml"} <= set(names)
    if _contents(file):
        check_contents(file, headings)


def _contents(file: Any) -> list[str]:
    return [p.text for p in file.paragraphs if p.style and p.style.name == "toc 1"]


def check_contents(file: Any, headings: list[str]) -> None:
    """Lines filled beforehand, a field that Word counts anew, a mark at every heading."""
    assert [line.rpartition("\t")[0] for line in _contents(file)] == headings
    assert all(line.rpartition("\t")[2].isdecimal() for line in _contents(file))
    body = file.element.body.xml
    assert 'TOC \\o "1-1"' in body
    assert body.count("_Toc1") == 3 * len(headings)
    assert file.settings.element.find(qn("w:updateFields")) is not None


def check_totals(content: bytes) -> None:
    """Formulas carry the very values that a reader's program would count."""
    live = load_workbook(io.BytesIO(content))
    shown = load_workbook(io.BytesIO(content), data_only=True)
    for page in live:
        values = shown[page.title]
        for row in page.iter_rows():
            for place, cell in enumerate(row, start=1):
                if str(cell.value).startswith("=SUBTOTAL"):
                    above = range(2, page.max_row)
                    column: list[Any] = [values.cell(n, place).value for n in above]
                    assert values[cell.coordinate].value == sum(column)


def test_a_long_paper_has_contents_and_a_short_one_has_none(district: District) -> None:
    weekly = docx.Document(io.BytesIO(kept(made(district, "weekly").docx)))
    growth = docx.Document(io.BytesIO(kept(made(district, "growth").docx)))
    assert _contents(weekly)
    assert not _contents(growth)


def test_statements_do_not_grow_with_the_cases(district: District) -> None:
    def used(kind: str) -> int:
        wanted = _wanted(district, kind)
        with CaptureQueriesContext(connection) as found:
            kinds()[kind].compose(wanted)
        return len(found)

    names = [kind for kind in kinds() if kind not in SILENT]
    few = {kind: used(kind) for kind in names}
    district.live(25)
    with clock.frozen(NOW):
        many = {kind: used(kind) for kind in names}
    assert {kind: (few[kind], many[kind]) for kind in names if many[kind] > few[kind] + 1} == {}
    assert max(many.values()) <= 45


def _wanted(district: District, kind: str) -> Any:
    from otklik.insight.reports.actions.making import _asked, catch_up

    catch_up(district.town.pk)
    body_id = district.bodies[0].pk if kinds()[kind].of_body else None
    return _asked(district.access, kinds()[kind], *WINTER, body_id).wanted


def test_the_usual_period_is_the_one_that_ended() -> None:
    day = date(2026, 4, 3)
    spans = {kind.step.value: last_period(kind.step, day) for kind in kinds().values()}
    assert spans == {
        "day": (date(2026, 4, 2), date(2026, 4, 2)),
        "week": (date(2026, 3, 23), date(2026, 3, 29)),
        "month": (date(2026, 3, 1), date(2026, 3, 31)),
        "quarter": (date(2026, 1, 1), date(2026, 3, 31)),
    }

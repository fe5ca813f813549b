"""How the note lies on its pages: long tables break, the signature never stands alone."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from otklik.insight.papers.rules import Column, Document, Section, Table
from otklik.insight.papers.writers import write_docx, write_pdf

MADE = datetime(2026, 2, 9, 8, 0, tzinfo=ZoneInfo("Europe/Moscow"))


def table_of(rows: int) -> Table:
    columns = (Column(title="Орган", width=0.7), Column(title="Число", width=0.3, right=True))
    found = tuple((f"Орган {n}", str(n)) for n in range(rows))
    return Table(caption=f"Таблица в {rows}", columns=columns, rows=found)


def document_of(*rows: int, advice: int = 6) -> Document:
    tables = tuple(table_of(count) for count in rows)
    return Document(
        title="Аналитическая записка",
        about="о работе с обращениями",
        organisation="Округ",
        centre="Центр",
        addressee="Главе округа",
        period="за период со 2 по 8 февраля 2026 года",
        number="№ 1/2026",
        dated="9 февраля 2026 года",
        signer="Руководитель",
        sections=(
            Section(key="bodies", title="1. Исполнители", lines=("Загрузка.",), blocks=tables),
            Section(
                key="advice",
                title="2. Рекомендации",
                lines=tuple(f"Совет номер {n}." for n in range(advice)),
                numbered=True,
            ),
        ),
        method=("Поступившие считаются по дню поступления.", "Рейтинг считается по формуле."),
    )


def kept(row: Any) -> bool:
    formats = [p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs]
    return all(formats)


def test_word_breaks_a_long_table_and_keeps_a_small_one() -> None:
    file = docx.Document(io.BytesIO(write_docx(document_of(4, 30), [], made_at=MADE)))
    small, long = file.tables
    assert [kept(row) for row in small.rows] == [True] * 4 + [False]
    rows = [kept(row) for row in long.rows]
    assert rows == [True, True, *[False] * 27, True, False]
    for row in (*small.rows, *long.rows):
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    captions = [p for p in file.paragraphs if p.style and p.style.name == "Caption"]
    assert all(caption.paragraph_format.keep_with_next for caption in captions)


def test_word_keeps_the_method_with_the_signature() -> None:
    file = docx.Document(io.BytesIO(write_docx(document_of(4), [], made_at=MADE)))
    texts = [p.text for p in file.paragraphs]
    last = texts.index("Совет номер 5.")
    assert all(p.paragraph_format.keep_with_next for p in file.paragraphs[last:-1])
    assert texts[-1] == "Рейтинг считается по формуле."


@pytest.mark.parametrize("rows", [9, 18, 26, 30, 32, 34, 36, 60])
def test_the_last_page_of_a_pdf_is_never_the_method_alone(rows: int) -> None:
    pdf = write_pdf(document_of(rows), [], made_at=MADE)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    last = pages[-1]
    assert "Совет номер 5" in last
    assert "подпись" in last
    assert "Как посчитано" in last


def test_a_long_table_of_a_pdf_repeats_its_heading() -> None:
    pdf = write_pdf(document_of(70), [], made_at=MADE)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    with_rows = [text for text in pages if "Орган 1" in text or "Орган 6" in text]
    assert len(with_rows) >= 2
    assert "Орган 0" in pages[0]
    assert all("Число" in text for text in with_rows)

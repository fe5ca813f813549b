"""Ten ways to break an export: what is good comes in, the rest is told by row."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook

from otklik.base.errors import Refused
from otklik.base.tables import write_csv
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions import run_import_chunk, start_import
from otklik.casework.intake.models import ImportRun
from otklik.casework.intake.queries import problems_of, report_rows
from otklik.casework.intake.queries.imports import REPORT_HEADER
from otklik.casework.intake.tests.conftest import HEADER, MAPPING, Writer, message, messages
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.rules import Access

pytestmark = [pytest.mark.django_db, pytest.mark.clause("ust-kubinsky:4.7.1")]


def bring(access: Access, file: Path, mapping: dict[str, str] | None = None) -> ImportRun:
    run = start_import(
        access=access, file=file, source=Source.POS, mapping=MAPPING if mapping is None else mapping
    )
    return run_import_chunk(access=access, run_id=run.pk, file=file, size=50)


def book(path: Path, rows: list[list[str]], merges: tuple[str, ...] = ()) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    workbook.save(path)
    return path


def test_cp1251(importer: Access, write: Writer) -> None:
    assert bring(importer, write(messages(20), encoding="cp1251")).created == 20
    assert "Помогите, пожалуйста" in Appeal.objects.get(external_number="7").text


def test_a_missing_column_is_named_and_the_rest_comes_in(importer: Access, write: Writer) -> None:
    rows = [[*row[:3], *row[4:]] for row in messages(20)]
    run = bring(importer, write(rows, header=[*HEADER[:3], *HEADER[4:]]))
    assert run.created == 20
    assert any("нет столбца «Ответственное лицо»" in note for note in run.notes)
    assert not Appeal.objects.filter(executor_body__isnull=False).exists()


def test_a_missing_number_column_stops_at_once(importer: Access, write: Writer) -> None:
    file = write([row[1:] for row in messages(3)], header=HEADER[1:])
    with pytest.raises(Refused, match="нет столбца «id»"):
        bring(importer, file)


def test_ten_percent_of_bad_dates(importer: Access, write: Writer) -> None:
    rows = messages(100)
    bad = (
        "31.02.2024",
        "вчера",
        "0",
        "2024-13-01",
        "01.01.1812",
        "??",
        "32.01.2024",
        "н/д",
        "-",
        "x",
    )
    for index, text in enumerate(bad):
        rows[index * 10][4] = text
    run = bring(importer, write(rows))
    assert (run.read, run.created, run.refused) == (100, 90, 10)
    problems = list(problems_of(run))
    assert [p.row_number for p in problems] == [2 + index * 10 for index in range(10)]
    assert all(p.column == "Дата создания" for p in problems)
    assert all("Неверная дата" in p.reason for p in problems)
    assert all(p.mend for p in problems)


def test_two_header_rows(importer: Access, tmp_path: Path) -> None:
    upper = ["Номер", "Обращение", "Обращение", "Исполнение", "Исполнение"]
    lower = ["Номер", "Текст", "Тема", "Организация", "Срок исполнения"]
    rows = [[str(n), *message(n)[1:4], "30.05.2024"] for n in range(1, 11)]
    merges = ("A1:A2", "B1:C1", "D1:E1")
    run = bring(importer, book(tmp_path / "a.xlsx", [upper, lower, *rows], merges), {})
    assert run.created == 10
    assert run.mapping["text"] == "Обращение / Текст"
    appeal = Appeal.objects.get(external_number="4")
    assert appeal.topic is not None
    assert appeal.due_at is not None
    assert f"{appeal.due_at:%d.%m.%Y}" == "30.05.2024"


def test_merged_cells(importer: Access, tmp_path: Path) -> None:
    rows = [list(HEADER), *messages(6)]
    for index in (2, 3):
        rows[index][2] = ""
    run = bring(importer, book(tmp_path / "a.xlsx", rows, ("C2:C4",)))
    assert run.created == 6
    topics = Appeal.objects.filter(external_number__in=["1", "2", "3"]).values("topic").distinct()
    assert topics.count() == 1


def test_empty_rows(importer: Access, write: Writer) -> None:
    rows: list[list[str]] = []
    for number in range(1, 11):
        rows += [["", "", "", "", "", ""], message(number), []]
    run = bring(importer, write(rows))
    assert (run.read, run.created) == (10, 10)


def test_duplicate_numbers(importer: Access, write: Writer) -> None:
    run = bring(importer, write([*messages(60), message(3), message(60)]))
    assert (run.created, run.refused) == (60, 2)
    first, second = problems_of(run)
    assert "уже есть в строке 4" in first.reason
    assert second.external_number == "60"


def test_cell_of_five_megabytes(importer: Access, write: Writer) -> None:
    rows = messages(10)
    rows[4][1] = "а" * 5_000_000
    run = bring(importer, write(rows))
    assert (run.created, run.refused) == (9, 1)
    assert problems_of(run).get().row_number == 6


def test_formula_injection_stays_text_and_never_leaves_as_a_formula(
    importer: Access, write: Writer
) -> None:
    row = message(1)
    row[0] = '=HYPERLINK("http://example.test","нажми")'
    row[1] = "=cmd|' /C calc'!A0 и яма на дороге"
    row[4] = "+1+1"
    other = message(2)
    other[1] = "@SUM(1+1) и не горит фонарь на улице"
    run = bring(importer, write([row, other]))
    assert Appeal.objects.get().text.startswith("@SUM")
    out = StringIO()
    write_csv(out, REPORT_HEADER, report_rows(run))
    cells = [cell for line in csv.reader(StringIO(out.getvalue()), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_truncated_zip(importer: Access, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    workbook = xlsxwriter.Workbook(str(whole), {"constant_memory": True})
    sheet = workbook.add_worksheet()
    for index, row in enumerate([list(HEADER), *messages(400)]):
        sheet.write_row(index, 0, row)
    workbook.close()
    cut = tmp_path / "cut.xlsx"
    data = whole.read_bytes()
    with ZipFile(whole) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        cut.write_bytes(data[: info.header_offset + 60 + info.compress_size // 2])
    run = bring(importer, cut)
    assert 50 < run.created < 400
    assert any("оборван" in note for note in run.notes)
    assert bring(importer, whole).created == 400 - run.created

"""XLSX as it comes from other people's systems, whole and broken."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook

from otklik.base.tables import Row, TableError, open_table


def book(path: Path, rows: list[list[object]], merges: tuple[str, ...] = ()) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    workbook.save(path)
    return path


def read(path: Path) -> list[Row]:
    table = open_table(path)
    try:
        return list(table.rows())
    finally:
        table.close()


def test_dates_numbers_and_numbers_kept_as_text(tmp_path: Path) -> None:
    moment = datetime(2024, 3, 5, 14, 30)
    path = book(tmp_path / "a.xlsx", [["Номер", "Дата"], ["00017", moment], [18, "05.03.2024"]])
    assert [row.cells for row in read(path)[1:]] == [
        ["00017", moment],
        [18.0, "05.03.2024"],
    ]


def test_merged_value_is_spread_and_hollow_rows_are_skipped(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Отчёт", None, None],
        ["Номер", "Тема", "Текст"],
        [1, "Дороги", "Яма"],
        [2, None, "Лужа"],
        [None, None, None],
        [3, "Двор", "Лавка"],
    ]
    read_rows = read(book(tmp_path / "a.xlsx", rows, ("A1:C1", "B3:B4")))
    assert read_rows[0].cells == ["Отчёт"] * 3
    assert read_rows[3].cells == [2.0, "Дороги", "Лужа"]
    assert [row.number for row in read_rows] == [1, 2, 3, 4, 6]


def test_formula_without_stored_value_stays_plain_text(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Номер", "Текст"], [1, '=HYPERLINK("http://x","y")']])
    assert read(path)[1].cells[1] == '=HYPERLINK("http://x","y")'


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("Вторая").append(["а", "б"])
    workbook.save(tmp_path / "a.xlsx")
    table = open_table(tmp_path / "a.xlsx")
    assert table.sheets[1] == "Вторая"
    assert [row.cells for row in table.rows("Вторая")] == [["а", "б"]]
    with pytest.raises(TableError, match="нет листа") as caught:
        list(table.rows("Третья"))
    assert "Вторая" in caught.value.mend
    table.close()


def test_cell_of_five_megabytes_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Номер", "Текст"], [1, "PLACE"], [2, "Цела"]])
    noise = "".join(hashlib.sha256(str(i).encode()).hexdigest() for i in range(80_000))
    huge = tmp_path / "huge.xlsx"
    with ZipFile(path) as source, ZipFile(huge, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"PLACE", noise.encode()))
    rows = read(huge)
    assert "200\u00a0000" in rows[1].problem
    assert rows[2].cells == [2.0, "Цела"]


def plain_book(path: Path, count: int, in_memory: bool) -> Path:
    """A sheet with its strings inside (as streaming writers do), or in a table of strings."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": not in_memory})
    sheet = workbook.add_worksheet("Обращения")
    for number in range(count):
        sheet.write_row(
            number,
            0,
            [
                f"N-{number}",
                f"Жалоба {number}: {hashlib.sha256(str(number).encode()).hexdigest()}",
                number,
            ],
        )
    workbook.close()
    return path


def test_truncated_file_gives_the_rows_that_survive(tmp_path: Path) -> None:
    data = plain_book(tmp_path / "a.xlsx", 3000, in_memory=False).read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(data[: len(data) // 2])
    table = open_table(cut)
    rows = list(table.rows())
    assert table.notes
    assert 500 < len(rows) < 3000
    assert rows[17].cells[0] == "N-17"
    table.close()


def test_lost_strings_are_told_by_row(tmp_path: Path) -> None:
    data = plain_book(tmp_path / "a.xlsx", 3000, in_memory=True).read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(data[: int(len(data) * 0.8)])
    rows = read(cut)
    lost = [row for row in rows if row.problem]
    assert len(rows) == 3000
    assert 0 < len(lost) < 3000
    assert "потерян" in lost[0].problem


def test_file_cut_before_its_strings_is_refused_clearly(tmp_path: Path) -> None:
    data = plain_book(tmp_path / "a.xlsx", 3000, in_memory=True).read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(data[:3000])
    with pytest.raises(TableError, match="оборван"):
        open_table(cut)


def test_zip_bomb_is_refused_before_unpacking(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["а", "б"]])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"\0" * (40 << 20))
    with pytest.raises(TableError, match="разрастается"):
        open_table(path)


@pytest.mark.parametrize(
    ("entry", "said"),
    [("content.xml", "OpenDocument"), ("xl/workbook.bin", "xlsb"), ("a", "архив")],
)
def test_other_archives_are_named(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr(entry, "x")
    with pytest.raises(TableError, match=said):
        open_table(path)

"""Delimited text as it comes from other people's systems."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.tables import TableError, open_table

HEADER = "Номер;Текст;Тема"
BODY = "17;На улице Садовой третий день не горят фонари;Освещение"


def written(folder: Path, content: bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "codec",
    [
        "utf-8",
        "utf-8-sig",
        "cp1251",
        "koi8-r",
        "cp866",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
    ],
)
def test_any_usual_encoding_is_told(tmp_path: Path, codec: str) -> None:
    path = written(tmp_path, f"{HEADER}\r\n{BODY}\r\n".encode(codec))
    rows = list(open_table(path).rows())
    assert [row.cells for row in rows] == [HEADER.split(";"), BODY.split(";")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_usual_separator_is_told(tmp_path: Path, separator: str) -> None:
    text = "\n".join(line.replace(";", separator) for line in (HEADER, BODY, BODY))
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert all(len(row.cells) == 3 for row in rows)


def test_commas_inside_text_do_not_win_over_semicolons(tmp_path: Path) -> None:
    text = f"{HEADER}\n1;Яма, лужа, грязь, темно;Дороги\n2;Двор, лавка;Двор\n"
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert rows[1].cells == ["1", "Яма, лужа, грязь, темно", "Дороги"]


def test_texts_with_equally_many_commas_do_not_win_either(tmp_path: Path) -> None:
    rows = "".join(f"{n};Двор, дом {n}, темно, сыро, скользко;Двор\n" for n in range(200))
    read = list(open_table(written(tmp_path, f"{HEADER}\n{rows}".encode())).rows())
    assert read[0].cells == HEADER.split(";")
    assert all(len(row.cells) == 3 for row in read)


def test_excel_announcement_of_separator_is_obeyed(tmp_path: Path) -> None:
    rows = list(open_table(written(tmp_path, b"sep=|\r\na|b;c;d\r\n1|2;3;4\r\n")).rows())
    assert [row.cells for row in rows] == [["a", "b;c;d"], ["1", "2;3;4"]]


def test_newlines_and_quotes_inside_cells(tmp_path: Path) -> None:
    text = f'{HEADER}\n1;"Двор ""Заря"":\nтемно";Двор\n\n3;б;в\n'
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert rows[1].cells[1] == 'Двор "Заря":\nтемно'
    assert [row.number for row in rows] == [1, 2, 4]


def test_unclosed_quote_costs_one_row_only(tmp_path: Path) -> None:
    text = f'{HEADER}\n1;"Не закрыта;Двор\n2;Цела;Двор\n3;Цела;Двор\n'
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert rows[1].problem
    assert not rows[1].cells
    assert [row.cells[0] for row in rows[2:]] == ["2", "3"]


def test_nul_bytes_and_ragged_rows(tmp_path: Path) -> None:
    text = f"{HEADER}\n1;Те\x00кст\n2;а;б;в;г\n"
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert rows[1].cells == ["1", "Текст"]
    assert len(rows[2].cells) == 5


def test_cell_of_five_megabytes_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    text = f"{HEADER}\n1;{'я' * 5_000_000};Двор\n2;Цела;Двор\n"
    rows = list(open_table(written(tmp_path, text.encode())).rows())
    assert "200\u00a0000" in rows[1].problem
    assert rows[2].cells[0] == "2"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "пуст"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"),
        (b"<html><table></table></html>", "веб-страница"),
        (b"%PDF-1.4", "PDF"),
        (b"Rar!\x1a\x07", "архив"),
    ],
)
def test_foreign_files_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said) as caught:
        open_table(written(tmp_path, content))
    assert caught.value.mend


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="не найден"):
        open_table(tmp_path / "nothing.csv")


@given(
    st.lists(
        st.lists(st.text("абвг \",'\n;|x1", max_size=12), min_size=3, max_size=3),
        min_size=2,
        max_size=12,
    )
)
def test_what_a_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    import csv

    path = tmp_path_factory.mktemp("t") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("sep=;\n")
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    expected = [[cell.strip() for cell in row] for row in table if any(c.strip() for c in row)]
    rows = [[cell or "" for cell in row.cells] for row in open_table(path).rows()]
    assert [row + [""] * (3 - len(row)) for row in rows] == expected

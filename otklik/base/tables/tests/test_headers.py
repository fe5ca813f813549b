"""Where the header stands and how its two rows read together."""

from __future__ import annotations

from otklik.base.tables import Cell, Row, column_index, find_header


def rows(*lines: list[Cell]) -> list[Row]:
    return [Row(number, line) for number, line in enumerate(lines, start=1)]


def test_title_above_the_header_is_passed_over() -> None:
    header = find_header(
        rows(
            ["Выгрузка сообщений", "Выгрузка сообщений", "Выгрузка сообщений"],
            ["Номер", "Текст", "Тема"],
            [1.0, "На улице Садовой темно", "Освещение"],
        )
    )
    assert (header.names, header.first_row, header.last_row) == (
        ("Номер", "Текст", "Тема"),
        2,
        2,
    )


def test_two_rows_are_joined_and_numbering_is_passed_over() -> None:
    header = find_header(
        rows(
            ["Номер", "Заявитель", None, "Адрес", "Адрес"],
            ["Номер", "ФИО", "Телефон", "Улица", "Дом"],
            ["1", "2", "3", "4", "5"],
            ["17", "Иванова А. А.", "+7 900 000-00-00", "Садовая", "4"],
        )
    )
    assert header.names == (
        "Номер",
        "Заявитель / ФИО",
        "Заявитель / Телефон",
        "Адрес / Улица",
        "Адрес / Дом",
    )
    assert header.last_row == 3


def test_first_row_of_data_is_not_taken_for_a_second_header() -> None:
    header = find_header(rows(["Тема", "Текст", "Орган"], ["Двор", "Сломана лавка", "Район"]))
    assert header.last_row == 1


def test_repeated_and_missing_names_are_told_apart() -> None:
    header = find_header(rows(["Номер", "Дата", "Дата", None, "Текст"], [1.0, 2.0, 3.0, 4.0, "а"]))
    assert header.names == ("Номер", "Дата", "Дата (2)", "Столбец 4", "Текст")


def test_columns_are_found_by_name_or_letter() -> None:
    headers = ("Номер", "Тёмный  двор", "Ответ")
    assert column_index("темный двор", headers) == 1
    assert column_index("C", headers) == 2
    assert column_index("AI", headers) is None
    assert column_index("нет такого", headers) is None

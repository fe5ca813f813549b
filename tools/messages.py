"""Russian words of the command line's library: `python tools/messages.py` writes the catalogue.

Keys are the library's English sentences; three forms are for 1, 2 and 5 things.
"""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = (
    Path(__file__).resolve().parent.parent / "otklik/config/cli/locale/ru/LC_MESSAGES/otklik_cli.mo"
)
PLURAL = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :"
    " n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
HEADER = f"Content-Type: text/plain; charset=UTF-8\nLanguage: ru\nPlural-Forms: {PLURAL}\n"

MESSAGES: dict[str, str] = {
    "Usage:": "Использование:",
    "Options": "Параметры",
    "Commands": "Команды",
    "Show this message and exit.": "Показать эту справку.",
    "Show the version and exit.": "Показать версию.",
    "Aborted!": "Прервано.",
    "Error: {message}": "Ошибка: {message}",
    "default: {default}": "если не указать: {default}",
    "required": "обязательно",
    "(dynamic)": "(вычисляется)",
    "Do you want to continue?": "Продолжить?",
    "Missing command.": "не указана команда.",
    "No such command {name!r}.": "нет команды «{name}».",
    "No such option {name!r}.": "нет параметра {name}.",
    "Invalid value: {message}": "неверное значение: {message}",
    "Invalid value for {param_hint}: {message}": "неверное значение {param_hint}: {message}",
    "Missing argument": "не указано",
    "Missing option": "не указан параметр",
    "Missing parameter": "не указано",
    "{value!r} is not a valid {number_type}.": "«{value}» — не число.",
    "{value} is not in the range {range}.": "{value} вне пределов {range}.",
    "{name} {filename!r} does not exist.": "файла или папки «{filename}» нет.",
    "{name} {filename!r} is a file.": "«{filename}» — файл, а нужна папка.",
    "{name} {filename!r} is a directory.": "«{filename}» — папка, а нужен файл.",
    "{name} {filename!r} is not readable.": "нет права читать «{filename}».",
    "{name} {filename!r} is not writable.": "нет права писать в «{filename}».",
    "Could not open file {filename!r}: {message}": "не удалось открыть «{filename}»: {message}",
    "Option {name!r} does not take a value.": "у параметра {name} не бывает значения.",
}
PLURALS: dict[tuple[str, str], tuple[str, str, str]] = {
    (
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ): ("лишнее слово: {args}", "лишние слова: {args}", "лишние слова: {args}"),
    (
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ): (
        "у параметра {name} не указано значение.",
        "у параметра {name} должно быть {nargs} значения.",
        "у параметра {name} должно быть {nargs} значений.",
    ),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."): (
        "«{value}» не подходит; можно: {choice}.",
        "«{value}» не подходит; можно: {choices}.",
        "«{value}» не подходит; можно: {choices}.",
    ),
    (
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
    ): (
        "«{value}» — не дата вида {format}.",
        "«{value}» — не дата вида {formats}.",
        "«{value}» — не дата вида {formats}.",
    ),
}


def catalogue() -> bytes:
    """The binary form gettext reads: sorted keys, their texts, offsets before both."""
    pairs = {"": HEADER} | MESSAGES
    pairs |= {"\0".join(key): "\0".join(forms) for key, forms in PLURALS.items()}
    rows = sorted((key.encode(), text.encode()) for key, text in pairs.items())
    start = 28 + 16 * len(rows)
    body = b""
    tables: tuple[list[int], list[int]] = ([], [])
    for side, table in enumerate(tables):
        for row in rows:
            table += [len(row[side]), start + len(body)]
            body += row[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, start)
    numbers = [*tables[0], *tables[1]]
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + body


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(catalogue())

"""`otklik language addresses`: the places that the texts of a file speak of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from otklik.config.cli.columns import place_of

if TYPE_CHECKING:
    from otklik.language.places import Address

_TEXT_HEADERS = ("текст", "сообщение", "обращение", "вопрос", "описание", "содержание", "text")
_LOOK_AT = 200


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="ФАЙЛ"
)
@click.option(
    "--gazetteer",
    "names",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="ФАЙЛ.json",
    help="Справочник мест: с ним у адреса появятся координаты и уверенность.",
)
@click.option("--text", "column", metavar="СТОЛБЕЦ", help="Столбец с текстом: имя или буква.")
@click.option("--json", "as_json", is_flag=True, help="Для программ: строка JSON на каждый адрес.")
def addresses(file: Path, names: Path | None, column: str | None, as_json: bool) -> None:
    """Показать адреса, найденные в таблице (XLSX, CSV) или тексте.

    Без справочника программа показывает, что написано; со справочником — ещё и что это за место.
    """
    from otklik.language.places import find_addresses, load_gazetteer

    gazetteer = load_gazetteer(names) if names else None
    texts = found = 0
    for number, text in texts_of(file, column):
        texts += 1
        for address in find_addresses(text, gazetteer):
            found += 1
            told = _json(number, address) if as_json else _line(number, address, names is not None)
            click.echo(told)
    if not as_json:
        click.echo(f"Текстов: {texts}, найдено адресов: {found}.")


def texts_of(file: Path, column: str | None) -> Iterator[tuple[int, str]]:
    """(row of the file, its text); a file without columns is read line by line."""
    if file.suffix.lower() in {".txt", ".md"} and column is None:
        yield from _lines(file)
        return
    from otklik.base.tables import find_header, open_table, plain_text

    table = open_table(file)
    try:
        head = [row for row, _ in zip(table.rows(), range(_LOOK_AT), strict=False)]
        header = find_header(head, _is_text_header)
        index = _index(column, header.names, [row.cells for row in head])
        for row in table.rows():
            if row.number > header.last_row and not row.problem and index < len(row.cells):
                yield row.number, plain_text(row.cells[index])
    finally:
        table.close()


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    from otklik.base.tables.encodings import encoding_of

    with file.open(encoding=encoding_of(file), errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line.rstrip("\n")


def _is_text_header(name: str) -> bool:
    return any(word in name.lower() for word in _TEXT_HEADERS)


def _index(column: str | None, names: tuple[str, ...], rows: list[list[Any]]) -> int:
    """The column asked for, else the one that is called a text, else the wordiest one."""
    if column is not None:
        return place_of(column, names)
    width = max((len(cells) for cells in rows), default=1)
    weights = [sum(len(str(c[i])) for c in rows if i < len(c) and c[i]) for i in range(width)]
    called = [i for i, name in enumerate(names) if _is_text_header(name)]
    return max(called or range(width), key=lambda i: weights[i] if i < width else 0)


def _line(number: int, address: Address, resolved: bool) -> str:
    """What is written, what it is; with a gazetteer also how sure that is and where."""
    quote = " ".join(address.quote.split())
    told = f"{number}: «{quote}» → {', '.join(_parts(address))}"
    if not resolved:
        return told
    where = address.accuracy.value
    if address.lat is not None and address.lon is not None:
        where = f"{address.lat:.5f}, {address.lon:.5f} ({where})"
    return f"{told}\n    уверенность {address.confidence:.2f}: {address.reason}; {where}"


def _parts(address: Address) -> Iterator[str]:
    yield from filter(None, (address.settlement,))
    if address.street:
        yield f"{address.street_kind} {address.street}".strip()
    if address.crossing:
        yield f"угол: {address.crossing}"
    for label, value in (
        ("дом", address.house),
        ("квартира", address.flat),
        ("подъезд", address.entrance),
        ("этаж", address.floor),
        ("ориентир:", address.landmark),
        ("дорога:", address.road),
        ("км", address.km),
    ):
        if value:
            yield f"{label}\u00a0{value}"


def _json(number: int, address: Address) -> str:
    told = asdict(address) | {"row": number, "accuracy": address.accuracy.value}
    return json.dumps(told, ensure_ascii=False)

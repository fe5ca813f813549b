"""Rows that a centre does not take, and rows that it takes under another law. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.casework.intake.rules.networks import Network, network_of
from otklik.casework.intake.rules.rows import ImportedRow, RowProblem

_SHUT = "Сообщения сети «{name}» в этом центре не принимаются."
_MEND = "Включите её на странице «Сети и СМИ» и загрузите файл ещё раз."
_LAW59 = "Отмечено как обращение по 59-ФЗ: зарегистрировано по закону, срок — по закону."
_CHECK = "Проверьте карточку: вид, адрес для ответа, исполнитель."


def admitted(
    rows: Sequence[ImportedRow], networks: Sequence[Network]
) -> tuple[list[ImportedRow], dict[str, str], list[RowProblem]]:
    """Rows to take, names of their networks by number, and refusals of networks switched off.

    A network that is not in the list keeps the name the file gives it.
    """
    taken: list[ImportedRow] = []
    named: dict[str, str] = {}
    refused: list[RowProblem] = []
    for row in rows:
        network = network_of(row.network, row.link, networks) if networks else None
        if network is not None and not network.enabled:
            reason = _SHUT.format(name=network.name) + (f" {network.note}" if network.note else "")
            refused.append(
                RowProblem(row.row_number, "", reason, _MEND, number=row.number, skips=True)
            )
            continue
        named[row.number] = network.name if network else row.network
        taken.append(row)
    return taken, named, refused


def law59_remark(row: ImportedRow) -> RowProblem:
    """What is said of a new row that is an обращение."""
    return RowProblem(row.row_number, "", _LAW59, _CHECK, refuses=False, number=row.number)

"""The staff of a centre from a table: each row an appointment or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from otklik.base.errors import OtklikError, Refused
from otklik.base.tables import Cell, Row, find_header, header_key, open_table, plain_text
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions.people import add_person
from otklik.directory.organisation.events import StaffImported
from otklik.directory.organisation.models import Body, Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("фио", "фамилия имя отчество", "сотрудник"),
    "position": ("должность",),
    "body": ("орган", "организация", "подразделение"),
    "roles": ("роль", "роли"),
    "email": ("e-mail", "email", "почта", "электронная почта"),
    "since": ("с даты", "дата назначения", "с"),
}
NEEDED = {"full_name": "ФИО", "roles": "Роли", "email": "E-mail"}
MOST = 2000
DATES = ("%d.%m.%Y", "%Y-%m-%d")


@dataclass
class StaffRow:
    """What came of one row of the file; `password` is that of first entry of a new person."""

    number: int
    full_name: str
    email: str
    made: int = 0
    known: int = 0
    password: str = ""
    problems: list[str] = field(default_factory=list)


def import_staff(
    *, access: Access, path: Path, name: str, today: date, dry_run: bool = False
) -> list[StaffRow]:
    """Appoint everybody whom the table names; rows in error are told of and left out.

    A second run of the same file changes nothing. `dry_run` tells what would come of it. Raises
    TableError for a file that is no table, Refused for one that lacks a column or is longer than
    2,000 rows.
    """
    access = access.require(Permission.ORGANISE)
    given = list(_read(path))
    with transaction.atomic():
        roles = {
            key.casefold(): role
            for role in Role.objects.filter(municipality_id=access.municipality_id)
            for key in (role.label, role.slug)
        }
        bodies = {
            key.casefold(): body
            for body in Body.objects.filter(municipality_id=access.municipality_id, is_active=True)
            for key in (body.name, body.short_name)
            if key
        }
        done = [_row(access, number, cells, roles, bodies, today) for number, cells in given]
        made, refused = sum(row.made for row in done), sum(bool(row.problems) for row in done)
        if dry_run:
            transaction.set_rollback(True)
        elif made:
            event = StaffImported(
                subject_id=access.municipality_id, file=name, made=made, refused=refused
            )
            record(event, actor=access.actor, municipality_id=access.municipality_id)
    return done


def _read(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    words = {word: column for column, names in COLUMNS.items() for word in names}
    table = open_table(path)
    try:
        rows: list[Row] = list(islice(table.rows(), MOST + 20))
    finally:
        table.close()
    header = find_header(rows[:20], lambda cell: header_key(cell) in words)
    place = {
        words[key]: n for n, one in enumerate(header.names) if (key := header_key(one)) in words
    }
    if missing := [label for column, label in NEEDED.items() if column not in place]:
        raise Refused(
            f"В файле нет столбцов: {', '.join(missing)}.", "Назовите столбцы в первой строке."
        )
    body = [row for row in rows if row.number > header.last_row]
    if len(body) > MOST:
        raise Refused("В файле больше 2000 строк.", "Разделите его на части.")
    for row in body:
        cells = {
            column: _text(row.cells[n]) if n < len(row.cells) else "" for column, n in place.items()
        }
        if any(cells.values()):
            yield row.number, cells


def _text(cell: Cell) -> str:
    return " ".join(plain_text(cell).split())


def _row(
    access: Access,
    number: int,
    cells: Mapping[str, str],
    roles: Mapping[str, Role],
    bodies: Mapping[str, Body],
    today: date,
) -> StaffRow:
    row = StaffRow(number, cells["full_name"], cells["email"])
    named = cells.get("body", "")
    body = bodies.get(named.casefold())
    if named and body is None:
        row.problems.append(f"Органа «{named}» нет в структуре центра. Внесите его или исправьте.")
    since = _day(cells.get("since", ""), today)
    if since is None:
        row.problems.append("Дата назначения не читается. Напишите её как 01.09.2026.")
    wanted = [one.strip() for one in cells["roles"].split(";") if one.strip()]
    row.problems += _unknown(wanted, roles)
    if row.problems or since is None:
        return row
    try:
        with transaction.atomic():
            for one in wanted:
                _appoint(access, row, cells, roles[one.casefold()], body, since)
    except OtklikError as error:
        row.problems.append(f"{error.message} {error.mend}".strip())
        row.made, row.password = 0, ""
    return row


def _unknown(wanted: list[str], roles: Mapping[str, Role]) -> list[str]:
    if not wanted:
        return ["Не указана роль. Назовите её, как в разделе «Роли»."]
    strange = [one for one in wanted if one.casefold() not in roles]
    return [f"Роли «{one}» нет. Назовите её, как в разделе «Роли»." for one in strange]


def _appoint(
    access: Access,
    row: StaffRow,
    cells: Mapping[str, str],
    role: Role,
    body: Body | None,
    since: date,
) -> None:
    account = Account.objects.filter(email__iexact=row.email).first()
    if account and account.appointments.filter(role=role, body=body).exclude(until__lt=since):
        row.known += 1
        return
    _, password = add_person(
        access=access,
        email=row.email,
        full_name=row.full_name,
        role=role,
        since=since,
        body=body,
        position=cells.get("position", ""),
    )
    row.made += 1
    row.password = row.password or password


def _day(text: str, today: date) -> date | None:
    if not text:
        return today
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None

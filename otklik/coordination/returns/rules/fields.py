"""Fields of a form, and what a body has typed into them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from otklik.base.errors import Refused
from otklik.coordination.returns.vocabulary import Counted, FieldKind

MOST = 100
LONGEST = 10_000


@dataclass(frozen=True, kw_only=True)
class Field:
    """`options`: choices of a choice, columns of a table; `counted`: the figure it starts from."""

    key: str
    section: str
    label: str
    kind: str
    options: tuple[str, ...] = ()
    counted: str = ""

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "options": list(self.options)}


def stored_fields(plain: Sequence[Mapping[str, Any]]) -> list[Field]:
    return [Field(**{**one, "options": tuple(one["options"])}) for one in plain]


def fields_from(rows: Sequence[Mapping[str, str]], used: Collection[str] = ()) -> list[Field]:
    """Fields as the editor gave them: rows without a label fall away, keys are kept.

    `used`: keys the form has had; a new field never takes the key of a removed one.

    Raises Refused for a form without fields, an unknown kind, or a list without its options.
    """
    given = [row for row in rows if row["label"].strip()]
    if not given:
        raise Refused("В форме нет ни одного поля.", "Впишите название хотя бы одного поля.")
    if len(given) > MOST:
        raise Refused(f"В форме больше {MOST} полей.", "Разделите её на две формы.")
    taken = {row["key"] for row in given if row["key"]} | set(used)
    free = (key for key in map("f{}".format, count(1)) if key not in taken)
    found = [_field(row, row["key"] or next(free)) for row in given]
    keys = [one.key for one in found]
    if len(keys) != len(set(keys)):
        raise Refused("Поле повторяется.", "Обновите страницу и внесите изменения снова.")
    return found


def _field(row: Mapping[str, str], key: str) -> Field:
    label, kind = row["label"].strip()[:200], row["kind"]
    if kind not in FieldKind.values:
        raise Refused(f"У поля «{label}» не выбран вид.", "Выберите вид из списка.")
    parts = (part.strip() for part in row["options"].split(";"))
    options = tuple(dict.fromkeys(part for part in parts if part))
    if kind in (FieldKind.CHOICE, FieldKind.TABLE) and not options:
        what = "варианты выбора" if kind == FieldKind.CHOICE else "столбцы таблицы"
        raise Refused(f"У поля «{label}» не названы {what}.", "Впишите их через точку с запятой.")
    counted = row["counted"] if kind == FieldKind.NUMBER and row["counted"] else ""
    if counted and counted not in Counted.values:
        raise Refused(f"У поля «{label}» неизвестный расчёт.", "Выберите его из списка.")
    needs = kind in (FieldKind.CHOICE, FieldKind.TABLE)
    return Field(
        key=key,
        section=row["section"].strip()[:200],
        label=label,
        kind=kind,
        options=options if needs else (),
        counted=counted,
    )


def read_values(
    fields: Sequence[Field], typed: Mapping[str, Any], *, whole: bool
) -> dict[str, Any]:
    """What was typed, by key: numbers, texts, or rows of a table; empty fields fall away.

    `whole`: the report is handed in, so every field is needed. Raises Refused naming the field.
    """
    values: dict[str, Any] = {}
    for one in fields:
        value = _value(one, typed.get(one.key))
        if value not in ("", []):
            values[one.key] = value
        elif whole and one.kind != FieldKind.TABLE:
            raise Refused(f"Не заполнено поле «{one.label}».", "Заполните его и сдайте отчёт.")
    return values


def _value(one: Field, typed: Any) -> Any:
    if one.kind == FieldKind.TABLE:
        rows = typed or []
        cells = [[str(cell).strip()[:LONGEST] for cell in row] for row in rows]
        return [row for row in cells if any(row)]
    text = str(typed or "" if typed != 0 else 0).strip()[:LONGEST]
    if one.kind == FieldKind.NUMBER and text:
        return _number(one, text)
    if one.kind == FieldKind.CHOICE and text and text not in one.options:
        raise Refused(f"В поле «{one.label}» такого варианта нет.", "Выберите из списка.")
    return text


def _number(one: Field, text: str) -> int | float:
    bare = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    sign, _, digits = bare.rpartition("-")
    whole, _, rest = digits.partition(".")
    fits = sign == "" and whole.isdecimal() and (not rest or rest.isdecimal())
    if not fits or len(bare) > 15:
        raise Refused(f"В поле «{one.label}» не число: «{text[:50]}».", "Впишите число цифрами.")
    return float(bare) if rest else int(bare.partition(".")[0])

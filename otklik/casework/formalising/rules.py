"""Who may confirm what was entered, and what an entry must hold. Pure."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ESSENCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person says of a question; `holder_id` is a body of the municipality."""

    essence: str
    kind: str
    object_kind: str = ""
    object_name: str = ""
    holder_id: int | None = None
    cause: str = ""


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def faults(entry: Entry, kinds: frozenset[str], object_kinds: frozenset[str]) -> tuple[str, str]:
    """What is wrong with an entry and what to do; two empty strings when nothing is."""
    if not entry.essence:
        return "Не написана суть.", "Скажите одной строкой, о чём вопрос."
    if len(entry.essence) > MAX_ESSENCE:
        return f"Суть длиннее {MAX_ESSENCE} знаков.", "Оставьте главное."
    if entry.kind not in kinds:
        return "Не выбран вид.", "Выберите: просьба, проблема, вопрос, жалоба…"
    if entry.object_kind and entry.object_kind not in object_kinds:
        return "Такого вида объекта нет.", "Выберите вид объекта из списка."
    if entry.object_name and not entry.object_kind:
        return "Не выбран вид объекта.", "Выберите вид объекта или уберите объект."
    return "", ""


def may_confirm(
    *, classifies: bool, account_id: int | None, given_to: int | None, given_by: int | None
) -> bool:
    """Work given by another person is checked by another person than the one who did it."""
    if not classifies:
        return False
    return given_to is None or given_to != account_id or given_by == account_id

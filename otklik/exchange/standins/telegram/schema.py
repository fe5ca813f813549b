"""Whether parameters and objects are as the published specification says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "data" / "bot_api.json"
PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
}
# Fields of Telegram that came after the stored specification and that aiogram 3.31 requires.
NEWER: dict[str, dict[str, Any]] = {
    "ChatMemberAdministrator": {
        "can_send_welcome_messages": {"types": ["Boolean"], "required": False}
    }
}
JSON = Mapping[str, Any]


@cache
def specification() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    for name, fields in NEWER.items():
        read["types"][name]["fields"].update(fields)
    return read


def method_named(name: str) -> str:
    """The method as the specification spells it, "" when there is none."""
    return next((each for each in specification()["methods"] if each.lower() == name.lower()), "")


def faults_of_call(method: str, parameters: JSON, files: Sequence[str] = ()) -> list[str]:
    """What is wrong with the parameters; `files` are names of parts sent as files."""
    fields = specification()["methods"][method]["fields"]
    given = {**parameters, **{name: _File() for name in files if name in fields}}
    return _fields(fields, given, method)


def faults_of_result(method: str, result: Any) -> list[str]:
    return _any(specification()["methods"][method]["returns"], result, method)


def faults_of(type_name: str, value: Any) -> list[str]:
    """What is wrong with an object, by places in it."""
    return _one(type_name, value, type_name)


class _File:
    """A part of a form that holds a file."""


def _fields(fields: Mapping[str, Any], value: JSON, place: str) -> list[str]:
    faults = [f"{place}: лишнее поле {name}" for name in value if name not in fields]
    for name, field in fields.items():
        if name in value:
            faults += _any(field["types"], value[name], f"{place}.{name}")
        elif field["required"]:
            faults.append(f"{place}: нет обязательного поля {name}")
    return faults


def _any(types: Sequence[str], value: Any, place: str) -> list[str]:
    found = [_one(each, value, place) for each in types]
    return min(found, key=len) if found else []


def _one(name: str, value: Any, place: str) -> list[str]:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{place}: нужен список"]
        inner = name.removeprefix("Array of ")
        return [
            fault
            for number, each in enumerate(value)
            for fault in _one(inner, each, f"{place}[{number}]")
        ]
    if name == "InputFile":
        return [] if isinstance(value, _File) else [f"{place}: нужен файл"]
    if name in PLAIN:
        wrong = not isinstance(value, PLAIN[name]) or (
            isinstance(value, bool) and name != "Boolean"
        )
        return [f"{place}: нужен {name}"] if wrong else []
    return _type(name, value, place)


def _type(name: str, value: Any, place: str) -> list[str]:
    described = specification()["types"][name]
    if described.get("subtypes"):
        return _any(described["subtypes"], value, place)
    if not isinstance(value, Mapping):
        return [f"{place}: нужен {name}"]
    return _fields(described["fields"], value, place)

"""Whether bodies and parameters are as the published OpenAPI description says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "data" / "bot_api.json"
PLAIN: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "array": list,
    "object": Mapping,
}
Schema = Mapping[str, Any]
# Clients of MAX itself leave empty parts of a message out, so their absence is no fault.
LENIENT = frozenset({"NewMessageBody"})
COMMENT_BODY: Schema = {
    "properties": {
        "text": {"type": "string", "maxLength": 4000, "minLength": 1},
        "link": {"$ref": "#/components/schemas/NewMessageLink", "nullable": True},
        "format": {"$ref": "#/components/schemas/TextFormat", "nullable": True},
    },
    "required": ["text"],
}
NUMBER: Schema = {"type": "integer"}
COMMENT_QUERY: Schema = {
    "count": {"type": "integer", "minimum": 1, "maximum": 100},
    "before": NUMBER,
    "after": NUMBER,
    "comment_ids": {"type": "array", "items": {"type": "string"}},
}


@cache
def specification() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return read


def named(name: str) -> Schema:
    found: Schema = specification()["components"]["schemas"][name]
    return found


def faults_of(name: str, value: Any) -> list[str]:
    """What is wrong with an object, by places in it."""
    if name in LENIENT:
        schema = {key: each for key, each in named(name).items() if key != "required"}
        return _faults(schema, value, name)
    return _faults(named(name), value, name)


def faults_by(schema: Schema, value: Any, place: str) -> list[str]:
    return _faults(schema, value, place)


def query_schemas(method: str, path: str) -> dict[str, Schema]:
    """Schemas of the query parameters of a described operation."""
    operation = specification()["paths"][path][method.lower()]
    return {
        each["name"]: each["schema"]
        for each in operation.get("parameters", ())
        if each["in"] == "query"
    }


def typed(
    schemas: Mapping[str, Schema], given: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Query parameters in their types, and what is wrong with them."""
    values: dict[str, Any] = {}
    faults = [f"лишний параметр {name}" for name in given if name not in schemas]
    for name, text in given.items():
        if name in schemas:
            values[name] = _value(_resolved(schemas[name]), text)
            faults += _faults(schemas[name], values[name], name)
    return values, faults


def _value(schema: Schema, text: str) -> Any:
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    if kind == "array" or "items" in schema:
        inner = _resolved(schema["items"])
        return [_value(inner, each) for each in text.split(",") if each]
    return text


def _resolved(schema: Schema) -> Schema:
    reference = schema.get("$ref")
    return named(reference.rsplit("/", 1)[1]) if reference else schema


def _faults(schema: Schema, value: Any, place: str) -> list[str]:
    if value is None:
        return [] if schema.get("nullable") else [f"{place}: не может быть пустым"]
    schema = _resolved(schema)
    if "discriminator" in schema and isinstance(value, Mapping):
        return _chosen(schema["discriminator"], value, place)
    parts = _parts(schema)
    faults = [fault for part in parts for fault in _own(part, value, place)]
    known = _known(parts)
    if known and isinstance(value, Mapping):
        faults += [f"{place}: лишнее поле {name}" for name in value if name not in known]
    return faults


def _chosen(discriminator: Schema, value: Mapping[str, Any], place: str) -> list[str]:
    """The schema that the object itself names; its parts hold the common one."""
    kind = value.get(discriminator["propertyName"])
    reference = discriminator["mapping"].get(kind)
    if reference is None:
        return [f"{place}: неизвестный вид {kind}"]
    chosen = named(reference.rsplit("/", 1)[1])
    parts = _parts(chosen)
    faults = [fault for part in parts for fault in _own(part, value, place)]
    known = _known(parts)
    return faults + [f"{place}: лишнее поле {name}" for name in value if name not in known]


def _known(parts: list[Schema]) -> set[str]:
    """Names that an object may have; the description requires some that it forgot to list."""
    listed = {name for part in parts for name in part.get("properties", {})}
    return listed | {name for part in parts for name in part.get("required", ()) if listed}


def _parts(schema: Schema) -> list[Schema]:
    """A schema and everything it is made of by `allOf`."""
    found = [schema]
    for each in schema.get("allOf", ()):
        found += _parts(_resolved(each))
    return found


def _own(schema: Schema, value: Any, place: str) -> list[str]:
    kind = schema.get("type")
    if kind and not _is(kind, value):
        return [f"{place}: нужен {kind}"]
    if isinstance(value, str):
        return _text(schema, value, place)
    if isinstance(value, Mapping):
        return _object(schema, value, place)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [
            f
            for number, each in enumerate(value)
            for f in _faults(items, each, f"{place}[{number}]")
        ]
    return _number(schema, value, place) if isinstance(value, int) else []


def _is(kind: str, value: Any) -> bool:
    return isinstance(value, PLAIN[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _number(schema: Schema, value: int, place: str) -> list[str]:
    within = schema.get("minimum", value) <= value <= schema.get("maximum", value)
    return [] if within else [f"{place}: вне пределов"]


def _text(schema: Schema, value: str, place: str) -> list[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return [f"{place}: не та длина"]
    if value not in schema.get("enum", [value]):
        return [f"{place}: нет такого значения"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{place}: не тот вид"]
    return []


def _object(schema: Schema, value: Mapping[str, Any], place: str) -> list[str]:
    faults = [
        f"{place}: нет обязательного поля {name}"
        for name in schema.get("required", ())
        if name not in value
    ]
    for name, inner in schema.get("properties", {}).items():
        if name in value:
            faults += _faults(inner, value[name], f"{place}.{name}")
    return faults

"""VK's schema as a judge of requests, answers and events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

FILE = Path(__file__).with_name("vk_api.json")
CALLBACKS = {
    "message_new": "callback_message_new",
    "message_reply": "callback_message",
    "message_edit": "callback_message",
    "wall_post_new": "callback_wall_post_new",
    "wall_reply_new": "callback_wall_reply_new",
    "wall_reply_edit": "callback_wall_reply_edit",
    "wall_reply_restore": "callback_wall_reply_restore",
    "wall_reply_delete": "callback_wall_comment_delete",
    "board_post_new": "callback_board_post_new",
    "board_post_edit": "callback_board_post_edit",
    "board_post_restore": "callback_board_post_restore",
    "board_post_delete": "callback_board_post_delete",
}
# The schema merges `owner_id` into `domain`; the living method knows both.
LIVING: Mapping[str, set[str]] = {"wall.get": {"owner_id"}}
COMMON = {"v", "access_token", "lang"}
# The living API tells these beyond the schema's closed lists of fields.
OPENED = {"groups_group"}


@cache
def _schema() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def normal(told: Any) -> Any:
    """`required: true` lifted into lists, neighbours of `$ref` joined by allOf."""
    if isinstance(told, list):
        return [normal(each) for each in told]
    if not isinstance(told, dict):
        return told
    made = {key: normal(value) for key, value in told.items() if key != "required"}
    if isinstance(told.get("properties"), dict):
        made["properties"] = {key: normal(value) for key, value in told["properties"].items()}
        needed = [
            key
            for key, value in told["properties"].items()
            if isinstance(value, dict) and value.get("required") is True
        ]
        if needed:
            made["required"] = needed
    if isinstance(made.get("$ref"), str):
        target = {"$ref": "#/definitions/" + made.pop("$ref").rpartition("/")[2]}
        made = {"allOf": [target, made]} if made else target
    return made


@cache
def _definitions() -> dict[str, Any]:
    made = {name: normal(value) for name, value in _schema()["definitions"].items()}
    for name in OPENED & made.keys():
        made[name].pop("additionalProperties", None)
    return made


@cache
def _judge(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions()})


def faults(name: str, value: Any) -> list[str]:
    found = _judge(name).iter_errors(value)
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]


def faults_of_answer(method: str, answer: Mapping[str, Any]) -> list[str]:
    """Any of the method's answers may fit; an error must fit the error object."""
    if "error" in answer:
        return faults("base_error", {"inner_type": "base_error", **answer["error"]})
    names = [each["$ref"].rpartition("/")[2] for each in _responses(method)]
    tried = [faults(name, answer) for name in names]
    return [] if [] in tried else tried[0]


def faults_of_request(method: str, values: Mapping[str, str]) -> list[str]:
    """Unknown, missing and mistyped parameters of a form."""
    known = {each["name"]: each for each in _schema()["methods"][method]["parameters"]}
    allowed = known.keys() | COMMON | LIVING.get(method, set())
    found = [f"{name}: no such parameter" for name in values.keys() - allowed]
    found += [
        f"{name}: missing"
        for name, each in known.items()
        if each.get("required") and name not in values
    ]
    for name in values.keys() & known.keys():
        found += _mistyped(known[name], values[name])
    return found


def faults_of_event(event: Mapping[str, Any]) -> list[str]:
    found = faults("callback_base", event)
    if event["type"] == "confirmation":
        return found
    return found + faults(CALLBACKS[event["type"]], event["object"])


def keys_of(method: str) -> set[str]:
    return set(_schema()["methods"][method]["access_token_type"])


def _responses(method: str) -> list[dict[str, str]]:
    return list(_schema()["methods"][method]["responses"].values())


def _mistyped(parameter: Mapping[str, Any], told: str) -> list[str]:
    schema = normal({key: value for key, value in parameter.items() if key != "name"})
    value = _value(parameter.get("type"), told, schema)
    judge = Draft7Validator({**schema, "definitions": _definitions()})
    return [f"{parameter['name']}: {each.message}" for each in judge.iter_errors(value)]


def _value(kind: Any, told: str, schema: Mapping[str, Any]) -> Any:
    """What a form's string stands for."""
    if kind == "integer" and told.lstrip("-").isdigit():
        return int(told)
    if kind == "number" and told.replace(".", "", 1).lstrip("-").isdigit():
        return float(told)
    if kind == "boolean" and told in ("0", "1"):
        return told == "1"
    if kind == "array":
        inner = schema.get("items", {}).get("type")
        return [_value(inner, each, {}) for each in told.split(",")]
    return told

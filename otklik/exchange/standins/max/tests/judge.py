"""A judge that is not ours: the OpenAPI validator over the published description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from openapi_schema_validator import OAS30Validator

from otklik.exchange.standins.max.schema import specification

PREFIX = "#/components/schemas/"


@cache
def _described() -> dict[str, Any]:
    """The description, its choices by `oneOf` taken out: the object names its kind itself."""
    components = {
        name: {key: each for key, each in schema.items() if key != "oneOf"}
        for name, schema in specification()["components"]["schemas"].items()
    }
    return {"components": {"schemas": components}}


def problems(name: str, value: Any) -> list[str]:
    """What the validator says against an object of the named schema and those inside it."""
    schema = {"$ref": PREFIX + name, **_described()}
    found = [error.message for error in OAS30Validator(schema).iter_errors(value)]
    for inner_name, inner in _inside(value):
        if inner_name != name:
            found += problems(inner_name, inner)
    return found


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Objects within that name their own kind: updates and attachments."""
    if isinstance(value, Mapping):
        if "update_type" in value:
            yield _mapped("Update", value["update_type"]), value
        for attachment in value.get("attachments") or ():
            yield _mapped(_kind_of(attachment), attachment["type"]), attachment
        for each in value.values():
            yield from _inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from _inside(each)


def _kind_of(attachment: Mapping[str, Any]) -> str:
    to_send = "token" in attachment.get("payload", {}) and "url" not in attachment["payload"]
    return (
        "AttachmentRequest"
        if to_send or "photos" in attachment.get("payload", {})
        else "Attachment"
    )


def _mapped(name: str, kind: str) -> str:
    reference = specification()["components"]["schemas"][name]["discriminator"]["mapping"][kind]
    return str(reference).removeprefix(PREFIX)

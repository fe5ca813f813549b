"""The document is OpenAPI 3.1, says what the program does, and real answers are as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from otklik.casework.appeals.models import Appeal
from otklik.web.api.rest.openapi import document
from otklik.web.api.tests.conftest import Caller

LetIn = Callable[..., Caller]
FileCase = Callable[..., Appeal]
STATUS = re.compile(r"[1-5]\d\d")


def refs(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if isinstance(content.get("$ref"), str):
            yield content["$ref"]
        for value in content.values():
            yield from refs(value)
    elif isinstance(content, list):
        for value in content:
            yield from refs(value)


def schema_of(path: str, method: str, status: str) -> dict[str, Any]:
    answer = document()["paths"][path][method]["responses"][status]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


def check(content: Any, schema: dict[str, Any]) -> None:
    whole = Resource.from_contents(document(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:api", whole)
    name = schema["$ref"]
    OAS31Validator({"$ref": f"urn:api{name}"}, registry=registry).validate(content)


def test_anybody_may_read_the_document(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL = "https://otklik.test"
    told = json.loads(client.get("/api/v1/openapi.json").content)
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "https://otklik.test/api/v1"}]
    assert told["paths"].keys() == document()["paths"].keys()


def test_every_schema_and_reference_is_sound() -> None:
    told = document()
    for name, schema in told["components"]["schemas"].items():
        OAS31Validator.check_schema(schema)
        Draft202012Validator.check_schema(schema)
        assert name.isidentifier()
    known = {f"#/components/schemas/{name}" for name in told["components"]["schemas"]}
    assert set(refs(told)) <= known


def test_every_operation_is_whole_and_leads_somewhere() -> None:
    names = set()
    for path, operations in document()["paths"].items():
        in_path = set(re.findall(r"\{(\w+)\}", path))
        assert resolve("/api/v1" + re.sub(r"\{\w+\}", "1", path))
        for told in operations.values():
            assert told["summary"]
            assert told["description"]
            names.add(told["operationId"])
            given = told.get("parameters", [])
            assert {one["name"] for one in given if one["in"] == "path"} == in_path
            assert all(STATUS.fullmatch(status) for status in told["responses"])
            assert {"401", "403", "422", "429"} <= set(told["responses"])
            for one in given:
                OAS31Validator.check_schema(one["schema"])
    assert len(names) == sum(len(operations) for operations in document()["paths"].values())


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("cases", "/cases"),
        ("cases/{}", "/cases/{case_id}"),
        ("events", "/events"),
        ("access", "/access"),
        ("topics", "/topics"),
        ("bodies", "/bodies"),
        ("settlements", "/settlements"),
    ],
)
def test_answers_are_as_the_document_says(
    path: str, template: str, let_in: LetIn, file_case: FileCase
) -> None:
    case = file_case()
    told = let_in().ok(path.format(case.pk))
    check(told, schema_of(template, "get", "200"))


def test_creation_and_refusals_are_as_the_document_says(let_in: LetIn) -> None:
    caller = let_in()
    for given, status in (({"text": "Яма"}, "201"), ({"text": ""}, "422")):
        response = caller.post("cases", given)
        assert str(response.status_code) == status
        check(json.loads(response.content), schema_of("/cases", "post", status))
    check(json.loads(Client().get("/api/v1/cases").content), schema_of("/cases", "get", "401"))


def test_a_wrong_answer_would_be_noticed() -> None:
    with pytest.raises(Exception, match="required property"):
        check({"items": [{}], "next": None}, schema_of("/cases", "get", "200"))

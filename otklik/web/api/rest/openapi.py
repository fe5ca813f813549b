"""The OpenAPI 3.1 document, written from the declared operations and their models."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from otklik.web.api.answers import json_answer
from otklik.web.api.rest.routes import OPERATIONS, Operation
from otklik.web.api.rest.schemas import ProblemAnswer

ROOT = "/api/v1"
USUAL = {
    401: "Ключ доступа не подходит",
    403: "Нет права",
    422: "Запрос заполнен неверно или правило не позволяет",
    429: "Слишком часто; сколько ждать — в Retry-After",
}
ABOUT = (
    "Обращения граждан для программ. Ключ выдаёт администратор центра: «Настройки», "
    "«Доступ программ». Программа видит и делает то, что разрешено её роли."
)


@require_GET
def document_view(request: HttpRequest) -> HttpResponse:
    """Open to all: it tells nothing of any centre."""
    response = json_answer({**document(), "servers": [{"url": settings.PUBLIC_URL + ROOT}]})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@cache
def document() -> dict[str, Any]:
    """The whole document but its servers."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "Отклик", "version": "1", "description": ABOUT},
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return paths


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": one.about,
        "responses": {str(status): answer for status, answer in sorted(_responses(one).items())},
    }
    parameters = [*_in_path(one), *_in_query(one), *_headers(one)]
    if parameters:
        told["parameters"] = parameters
    if one.body:
        told["requestBody"] = {"required": True, "content": _json(one.body)}
    return told


def _responses(one: Operation) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {
        status: {"description": words, "content": _json(ProblemAnswer)}
        for status, words in {**USUAL, **one.refusals}.items()
    }
    found[one.status] = {"description": one.summary, "content": _json(one.answer)}
    for status, words in one.refusals.items():
        if status < 300:
            found[status] = {"description": words, "content": _json(one.answer)}
    return found


def _in_path(one: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in re.findall(r"\{(\w+)\}", one.path)
    ]


def _in_query(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    shape = one.query.model_json_schema(ref_template="#/components/schemas/{model}")
    required = shape.get("required", [])
    found = []
    for name, schema in shape["properties"].items():
        words = schema.pop("description", "")
        found.append(
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": words,
                "schema": schema,
            }
        )
    return found


def _headers(one: Operation) -> list[dict[str, Any]]:
    if not one.repeatable:
        return []
    words = "Ваш ключ запроса (например, UUID): повтор с ним ничего нового не создаёт"
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": words,
            "schema": {"type": "string", "maxLength": 200},
        }
    ]


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _schemas() -> dict[str, Any]:
    """Models by name; what programs send as they may send it, answers as they are written."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(ProblemAnswer, "serialization")]
    for one in OPERATIONS:
        models.append((one.answer, "serialization"))
        models += [(model, "validation") for model in (one.query, one.body) if model]
    _, shapes = models_json_schema(
        list(dict.fromkeys(models)), ref_template="#/components/schemas/{model}"
    )
    schemas: dict[str, Any] = shapes["$defs"]
    return schemas

"""Operations of the API, each declared once; addresses and the OpenAPI document come from here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from otklik.base.errors import OtklikError
from otklik.directory.organisation.rules import Access
from otklik.directory.programs.actions import admit
from otklik.directory.programs.models import Program
from otklik.directory.programs.queries import access_of
from otklik.web.api.answers import BadFields, WrongMethod, json_answer, refusal
from otklik.web.api.wording import problems_of


@dataclass(frozen=True)
class Call:
    """One call of an admitted program."""

    request: HttpRequest
    program: Program
    access: Access


@dataclass(frozen=True)
class Made:
    """An answer with a status other than 200."""

    content: BaseModel
    status: int
    location: str = ""


Handler = Callable[..., BaseModel | Made]


@dataclass(frozen=True)
class Operation:
    """`path` as OpenAPI writes it: `/cases/{case_id}`; parameters in braces are numbers."""

    method: str
    path: str
    name: str
    summary: str
    about: str
    handler: Handler
    answer: type[BaseModel]
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    status: int = 200
    repeatable: bool = False
    refusals: dict[int, str] = field(default_factory=dict)


OPERATIONS: list[Operation] = []


def operation(
    method: str,
    path: str,
    *,
    name: str,
    summary: str,
    answer: type[BaseModel],
    query: type[BaseModel] | None = None,
    body: type[BaseModel] | None = None,
    status: int = 200,
    repeatable: bool = False,
    refusals: dict[int, str] | None = None,
) -> Callable[[Handler], Handler]:
    """Declare a handler `(call, *, query?, body?, **path parameters)` as an operation."""

    def declare(handler: Handler) -> Handler:
        OPERATIONS.append(
            Operation(
                method=method,
                path=path,
                name=name,
                summary=summary,
                about=(handler.__doc__ or "").strip(),
                handler=handler,
                answer=answer,
                query=query,
                body=body,
                status=status,
                repeatable=repeatable,
                refusals=refusals or {},
            )
        )
        return handler

    return declare


def view_of(path: str) -> Callable[..., HttpResponse]:
    """The Django view of all operations on one path."""
    by_method = {one.method: one for one in OPERATIONS if one.path == path}

    @csrf_exempt
    def view(request: HttpRequest, **parameters: Any) -> HttpResponse:
        try:
            found = by_method.get(str(request.method))
            if found is None:
                raise WrongMethod(
                    f"Метода {request.method} у этого адреса нет.",
                    f"Допустимо: {', '.join(sorted(by_method))}.",
                )
            return _carried_out(request, found, parameters)
        except OtklikError as error:
            response = refusal(error)
            if isinstance(error, WrongMethod):
                response["Allow"] = ", ".join(sorted(by_method))
            return response

    view.__module__ = __name__
    return cast("Callable[..., HttpResponse]", view)


def _carried_out(
    request: HttpRequest, found: Operation, parameters: dict[str, Any]
) -> HttpResponse:
    visit = admit(_key_of(request))
    call = Call(request, visit.program, access_of(visit.program))
    given = dict(parameters)
    if found.query is not None:
        given["query"] = _read(found.query, _query_of(request))
    if found.body is not None:
        given["body"] = _read(found.body, _json_of(request))
    made = found.handler(call, **given)
    answer, status, location = (
        (made.content, made.status, made.location)
        if isinstance(made, Made)
        else (made, found.status, "")
    )
    response = json_answer(answer.model_dump_json().encode(), status)
    response["X-RateLimit-Limit"] = str(visit.program.calls_per_minute)
    response["X-RateLimit-Remaining"] = str(visit.left)
    if location:
        response["Location"] = location
    return response


def _key_of(request: HttpRequest) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _query_of(request: HttpRequest) -> dict[str, Any]:
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if twice:
        raise BadFields([(name, "указано дважды") for name in twice])
    return request.GET.dict()


def _json_of(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        raise BadFields([("", "это не JSON в UTF-8")]) from None


def _read(model: type[BaseModel], values: Any) -> BaseModel:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise BadFields(problems_of(error)) from None

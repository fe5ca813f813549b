"""Parameters of a call, however they were sent: JSON, a form or the address."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from werkzeug.wrappers import Request

from otklik.exchange.standins.telegram.schema import faults_of_call, specification
from otklik.exchange.standins.telegram.world import Json, Refusal

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


def parameters_of(request: Request, method: str) -> tuple[Json, dict[str, bytes]]:
    """Values in their proper types, and parts sent as files. Raises Refusal."""
    files = {name: each.read() for name, each in request.files.items()}
    told = request.get_json(silent=True) if request.is_json else None
    if isinstance(told, dict):
        values: Json = told
    else:
        fields = specification()["methods"][method]["fields"]
        sent = {**request.args.to_dict(), **request.form.to_dict()}
        values = {
            name: _typed(value, fields.get(name, {}).get("types", ["String"]))
            for name, value in sent.items()
        }
    faults = faults_of_call(method, values, tuple(files))
    if faults:
        raise Refusal(400, f"Bad Request: {'; '.join(faults)}")
    return values, files


def text_of(values: Json, name: str = "text", limit: int = TEXT_LIMIT) -> str:
    """Text as it will be shown, within the limit (UTF-16 units). Raises Refusal."""
    text = str(values.get(name) or "")
    mode = values.get("parse_mode")
    if mode not in (None, "HTML", "Markdown", "MarkdownV2"):
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    if mode == "HTML":
        text = html.unescape(re.sub(r"<[^<>]+>", "", text))
    if len(text.encode("utf-16-le")) // 2 > limit:
        long = "message is too long" if name == "text" else "message caption is too long"
        raise Refusal(400, f"Bad Request: {long}")
    return text


def _typed(value: str, types: list[str]) -> Any:
    if "Integer" in types and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "String" in types or "InputFile" in types:
        return value
    if "Boolean" in types and value.lower() in ("true", "false", "1", "0"):
        return value.lower() in ("true", "1")
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse a parameter as JSON") from None

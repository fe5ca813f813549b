"""Reading preset files; what is wrong is said in Russian with the line it is on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.presets.checks import faults
from otklik.directory.organisation.presets.schema import Preset

FOLDER = Path(__file__).parent
MEND = "Исправьте указанные строки и загрузите образец снова."
SAYINGS = {
    "missing": "не заполнено обязательное поле",
    "extra_forbidden": "неизвестное поле",
    "enum": "недопустимое значение",
    "literal_error": "недопустимое значение",
    "string_type": "нужна строка (число возьмите в кавычки)",
    "bool_parsing": "нужно true или false",
    "date_from_datetime_parsing": "нужна дата вида 2023-09-04",
    "date_parsing": "нужна дата вида 2023-09-04",
    "tuple_type": "нужен список",
    "too_short": "список не должен быть пустым",
    "model_type": "нужен вложенный раздел",
}


class PresetError(OtklikError):
    """A preset file is not as it must be; the message lists line after line."""


def available(folder: Path = FOLDER) -> list[str]:
    """Slugs of the presets that ship with the program, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load(slug: str, folder: Path = FOLDER) -> Preset:
    """Raise NotFound for an unknown slug, PresetError for a file with mistakes."""
    if slug not in available(folder):
        known = ", ".join(available(folder))
        raise NotFound(f"Образца «{slug}» нет.", f"Есть образцы: {known}.")
    return parse((folder / f"{slug}.yaml").read_text(encoding="utf-8"), f"{slug}.yaml")


def parse(text: str, name: str) -> Preset:
    """Raise PresetError naming the file and the lines."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PresetError(f"Файл {name}, строка {line}: запись YAML нарушена.", MEND) from None
    try:
        preset = Preset.model_validate(content)
    except ValidationError as error:
        found = [_saying(dict(fault), root) for fault in error.errors()]
        raise PresetError(f"Файл {name}: " + "; ".join(found) + ".", MEND) from None
    if found := faults(preset):
        raise PresetError(f"Файл {name}: " + "; ".join(found) + ".", MEND)
    return preset


def _saying(fault: dict[str, Any], root: yaml.Node | None) -> str:
    place: Sequence[str | int] = fault["loc"]
    path = ".".join(str(part) for part in place) or "файл в целом"
    if fault["type"] == "value_error":
        what = str(fault["ctx"]["error"])
    else:
        what = SAYINGS.get(fault["type"], "неверное значение")
    return f"строка {_line(root, place)}, {path}: {what}"


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of the path that is in the file."""
    line = 1
    for part in place:
        node = _child(node, part)
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    return None

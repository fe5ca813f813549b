"""Hiding personal data in a text before anybody outside reads it (152-ФЗ, art. 7).

Streets named after people stay: a name next to a street word or a house number is a place.
"""

from __future__ import annotations

from otklik.language.masking.file_names import mask_file_name, publish_file_name
from otklik.language.masking.finding import find
from otklik.language.masking.spans import PERSON, Span
from otklik.language.masking.views import (
    REPLACEMENTS,
    Hidden,
    Masked,
    for_publication,
    for_work,
    unmask,
)

__all__ = [
    "PERSON",
    "REPLACEMENTS",
    "Hidden",
    "Masked",
    "Span",
    "find",
    "for_publication",
    "for_work",
    "mask",
    "mask_file_name",
    "publish_file_name",
    "unmask",
]

mask = for_work

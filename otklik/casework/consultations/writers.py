"""The sheet with which a person goes to the cabinet of ПОС."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

from otklik.base.documents import docx_styles as styles
from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.vocabulary import ConsultationKind


def placing_docx(one: Consultation, options: Sequence[str]) -> bytes:
    """One page: every field of the cabinet under its own heading."""
    file = docx.Document()
    styles.prepare(file)
    kind = ConsultationKind(one.kind).label
    file.add_paragraph(one.title, style="Title")
    file.add_paragraph(f"{kind[0].upper()}{kind[1:]} для размещения в ПОС", style="Subtitle")
    several = "можно выбрать несколько" if one.several else "можно выбрать один"
    parts = [
        ("Вопрос", one.question.splitlines()),
        (f"Варианты ответа ({several})", [f"{n}. {t}" for n, t in enumerate(options, start=1)]),
        ("Срок", [f"{one.starts_on:%d.%m.%Y} — {one.ends_on:%d.%m.%Y}"]),
        ("Основание", [one.basis]),
    ]
    for heading, lines in parts:
        if lines:
            file.add_heading(heading, level=1)
        for line in lines:
            file.add_paragraph(line, style="Body Text")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()

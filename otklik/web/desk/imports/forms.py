"""Forms of the import wizard; they only parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from otklik.casework.intake.models import ImportProfile
from otklik.casework.intake.queries import Preview
from otklik.casework.intake.rules import LAYOUTS, REQUIRED, Field
from otklik.casework.intake.vocabulary import Source


class UploadForm(forms.Form):
    """A file, where it is from, and a saved profile if there is one."""

    file = forms.FileField(
        label="Файл выгрузки",
        help_text="XLSX или CSV, до 200 МБ. Кодировка и разделитель определятся сами.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    source = forms.ChoiceField(label="Откуда выгрузка", choices=Source.choices)
    profile = forms.ChoiceField(label="Профиль", required=False)

    def __init__(self, profiles: Iterable[ImportProfile], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.slug, one.title) for one in LAYOUTS]
        choices: list[Any] = [("", "узнать по файлу")]
        if own := [(str(one.pk), one.name) for one in profiles]:
            choices.append(("Ваши профили", own))
        choices.append(("Известные выгрузки", known))
        cast(forms.ChoiceField, self.fields["profile"]).choices = choices


@dataclass(frozen=True)
class Column:
    """A row of the mapping table: a column of the file with examples and its choice."""

    header: str
    examples: list[str]
    field: BoundField
    hint: str


class ColumnsForm(forms.Form):
    """What every column of the file is; at most one column for a field."""

    save_as = forms.CharField(
        label="Сохранить соответствие как профиль",
        required=False,
        max_length=100,
        help_text="Например «ПОС, еженедельно». В следующий раз столбцы не придётся указывать.",
    )

    def __init__(
        self, preview: Preview, mapping: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._preview = preview
        chosen = {header: field for field, header in mapping.items()}
        choices = [("", "— не загружать —"), *((f.value, f.label) for f in Field)]
        for index, header in enumerate(preview.headers):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=f"Столбец «{header}»",
                choices=choices,
                required=False,
                initial=chosen.get(header, ""),
            )

    def columns(self) -> list[Column]:
        sure = {guess.column: guess.confidence for guess in self._preview.guesses}
        return [
            Column(
                header=header,
                examples=[row[index] for row in self._preview.rows if row[index]][:3],
                field=self[f"column_{index}"],
                hint=_hint(sure.get(index)),
            )
            for index, header in enumerate(self._preview.headers)
        ]

    def mapping(self) -> dict[str, str]:
        """Field → header, of a valid form."""
        pairs = (
            (self.cleaned_data.get(f"column_{index}", ""), header)
            for index, header in enumerate(self._preview.headers)
        )
        return {field: header for field, header in pairs if field}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        taken: dict[str, str] = {}
        for index, header in enumerate(self._preview.headers):
            field = values.get(f"column_{index}")
            if field and field in taken:
                label = Field(field).label
                self.add_error(
                    f"column_{index}",
                    f"«{label}» уже взято из столбца «{taken[field]}». Оставьте один столбец.",
                )
            elif field:
                taken[field] = header
        for required in REQUIRED:
            if required not in taken:
                raise forms.ValidationError(
                    f"Укажите, в каком столбце «{required.label}»: без него строку не загрузить."
                )
        return values


def _hint(confidence: float | None) -> str:
    if confidence is None:
        return ""
    if confidence >= 0.9:
        return "узнан по названию"
    return "похоже" if confidence >= 0.5 else "возможно, проверьте"

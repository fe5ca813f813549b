"""The form of one decision: only the fields that its ground asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings.actions import Given, TransferTo
from otklik.casework.proceedings.rules.checks import Recipient
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.vocabulary import Check, Verb
from otklik.directory.organisation.models import Body
from otklik.web.desk.registration.forms import ManyFilesField

ROWS = 3
_WIDE = {"rows": 3}


def _text(label: str, *, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(_WIDE)
    )


class DecisionForm(forms.Form):
    """Fields depend on the ground; the law's own demands are checked by the action."""

    def __init__(
        self,
        *args: Any,
        ground: GroundTerms,
        case: Appeal,
        bodies: list[Body],
        late: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ground, self.case, self.bodies = ground, case, {str(b.pk): b for b in bodies}
        self.questions = [q for q in case.questions.all() if not q.result]
        self.rows = max(ROWS, len(self.questions))
        build = {
            Verb.FORWARD: self._forward,
            Verb.REQUEST: self._request,
            Verb.MATERIALS: self._materials,
            Verb.READ_FILE: self._reading,
        }.get(Verb(ground.verb), self._plain)
        build()
        if late:
            self.fields["late_reason"] = _text(
                "Почему с опозданием", help_text="Срок по закону уже истёк."
            )

    def _plain(self) -> None:
        if self.ground.check == Check.COURT:
            self.fields["court"] = forms.CharField(
                label="Судебный акт", required=False, max_length=300,
                help_text="Суд, дата и номер решения.",
            )  # fmt: skip
        if self.ground.check == Check.SITE:
            self.fields["url"] = forms.CharField(
                label="Адрес страницы с ответом", required=False, max_length=500,
                help_text="Например: https://example.ru/otvet",
            )  # fmt: skip
        if self.ground.check == Check.ANONYMOUS:
            self.fields["crime"] = forms.BooleanField(
                label="В обращении есть сведения о преступлении", required=False
            )
        if self.ground.check == Check.NO_ADDRESSEE:
            self.fields["no_other"] = forms.BooleanField(
                label="Другого адресата нет", required=False
            )
        self.fields["reason"] = _text("Причина", help_text="Одной фразой: останется в истории.")

    def _forward(self) -> None:
        for n in range(1, self.rows + 1):
            if len(self.questions) > 1:
                self.fields[f"question_{n}"] = forms.ChoiceField(
                    label="Вопрос", required=False, choices=self._question_choices()
                )
            self._addressee(f"_{n}")
            self.fields[f"results_{n}"] = forms.BooleanField(
                label="Просим сообщить о результатах (ст. 8 ч. 5)", required=False
            )
        self.fields["reason"] = _text("Причина", help_text="Почему вопрос решает этот адресат.")

    def _request(self) -> None:
        self._addressee("")
        most = self.ground.days or 15
        self.fields["what"] = _text("Какие документы нужны")
        self.fields["days"] = forms.IntegerField(
            label="Срок, дней", initial=most, min_value=1, help_text=f"Не больше {most}."
        )
        self.fields["reason"] = _text("Пояснение адресату")

    def _materials(self) -> None:
        self.fields["text"] = _text("Что передано")
        self.fields["files"] = ManyFilesField(label="Файлы", required=False)

    def _reading(self) -> None:
        for name, label, hint in (
            (
                "reader",
                "Кто знакомился",
                "Имя полностью; у представителя — доверенность.",
            ),
            ("document", "Чем подтверждена личность", "Вид документа, без номера."),
        ):
            self.fields[name] = forms.CharField(
                label=label, help_text=hint, required=False, max_length=300
            )
        self.fields["shown"] = _text("Что показано")
        self.fields["withheld"] = _text(
            "Что не показано и почему",
            help_text="Чужие персональные данные и охраняемая законом тайна.",
        )

    def _addressee(self, end: str) -> None:
        choices = [("", "не выбран"), *((key, str(body)) for key, body in self.bodies.items())]
        self.fields[f"body{end}"] = forms.ChoiceField(
            label="Орган из справочника", required=False, choices=choices
        )
        self.fields[f"addressee{end}"] = forms.CharField(
            label="или другой адресат", required=False, max_length=300
        )
        self.fields[f"email{end}"] = forms.EmailField(
            label="Его почта", required=False,
            help_text="Без почты письмо печатают и отправляют сами.",
            error_messages={"invalid": "Проверьте адрес почты: например, priem@example.ru."},
        )  # fmt: skip

    def _question_choices(self) -> list[tuple[str, str]]:
        own = [(str(q.number), f"{q.number}. {q.text[:80]}") for q in self.questions]
        return [("", "всё обращение"), *own]

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Fields in the order of the page; each addressee together."""
        if self.ground.verb != Verb.FORWARD:
            return [("", [self[name] for name in self.fields])]
        found = [
            (f"Адресат {n}", [self[name] for name in self.fields if name.endswith(f"_{n}")])
            for n in range(1, self.rows + 1)
        ]
        rest = [name for name in self.fields if not name[-1].isdigit()]
        return [*found, ("", [self[name] for name in rest])]

    def transfers(self) -> list[TransferTo]:
        """Rows with an addressee."""
        given = self.cleaned_data
        found = []
        for n in range(1, self.rows + 1):
            body, name = given.get(f"body_{n}", ""), given.get(f"addressee_{n}", "")
            question = given.get(f"question_{n}", "")
            if body or name:
                found.append(
                    TransferTo(
                        body_id=int(body) if body else None,
                        addressee=name,
                        email=given.get(f"email_{n}", ""),
                        question=int(question) if question else None,
                        results_asked=bool(given.get(f"results_{n}")),
                    )
                )
        return found

    def given(self, notice_text: str = "") -> Given:
        known = self.cleaned_data
        return Given(
            reason=known.get("reason", ""),
            late_reason=known.get("late_reason", ""),
            notice_text=notice_text,
            court=known.get("court", ""),
            url=known.get("url", ""),
            crime=bool(known.get("crime")),
            no_other=bool(known.get("no_other")),
            recipients=tuple(
                Recipient(
                    name=str(self.bodies[str(one.body_id)]) if one.body_id else one.addressee,
                    body_id=one.body_id,
                )
                for one in (self.transfers() if self.ground.verb == Verb.FORWARD else [])
            ),
        )

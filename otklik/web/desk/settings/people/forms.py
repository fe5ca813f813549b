"""Forms of the structure and of roles; they only parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.actions import Member
from otklik.directory.organisation.models import Block, Body, Role
from otklik.directory.organisation.vocabulary import BlockMembership, BodyKind, Permission, Scope

Choices = list[tuple[str, str]]
DECISION = "Постановление, распоряжение или решение: дата и номер."


def body_choices(rows: Sequence[Body], empty: str) -> Choices:
    return [("", empty), *((str(body.pk), str(body)) for body in rows)]


MAIN = (
    "name", "short_name", "kind", "parent", "head_position", "consented_on", "consent_document",
)  # fmt: skip


class BodyForm(forms.Form):
    """A body; `bodies` in use may stand above it, each of `blocks` may take it in."""

    name = forms.CharField(label="Название", max_length=300)
    short_name = forms.CharField(
        label="Краткое название",
        max_length=150,
        required=False,
        help_text="Так орган называют в списках. Пусто — полное название.",
    )
    kind = forms.ChoiceField(label="Вид", choices=BodyKind.choices)
    parent = forms.ChoiceField(label="Кому подчинён", required=False)
    head_position = forms.CharField(label="Должность руководителя", max_length=300, required=False)
    consented_on = forms.DateField(
        label="Согласие на участие получено",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Для тех, кто участвует в центре по согласованию.",
    )
    consent_document = forms.CharField(label="Документ о согласии", max_length=300, required=False)

    def __init__(
        self,
        bodies: Sequence[Body],
        blocks: Sequence[Block],
        needs_decision: bool,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        parent = cast(forms.ChoiceField, self.fields["parent"])
        parent.choices = body_choices(bodies, "никому: верхний уровень")
        self._blocks = [block.pk for block in blocks]
        for block in blocks:
            self.fields[f"block_{block.pk}"] = forms.ChoiceField(
                label=block.name,
                required=False,
                choices=[("", "не входит"), *BlockMembership.choices],
            )
        if blocks and needs_decision:
            self.fields["decision"] = forms.CharField(
                label="Основание изменения блоков",
                max_length=300,
                required=False,
                help_text=DECISION,
            )

    def clean_parent(self) -> Body | None:
        return self._bodies.get(self.cleaned_data["parent"])

    def main(self) -> list[BoundField]:
        return [self[name] for name in MAIN]

    def blocks(self) -> list[BoundField]:
        names = [*(f"block_{pk}" for pk in self._blocks), "decision"]
        return [self[name] for name in names if name in self.fields]

    def body_values(self) -> dict[str, Any]:
        """Arguments of `save_body`, of a valid form."""
        values = {name: self.cleaned_data[name] for name in ("name", "short_name", "parent")}
        values["kind"] = BodyKind(self.cleaned_data["kind"])
        return {**values, "head_position": self.cleaned_data["head_position"]}

    def memberships(self) -> dict[int, BlockMembership]:
        chosen = {pk: self.cleaned_data[f"block_{pk}"] for pk in self._blocks}
        return {pk: BlockMembership(value) for pk, value in chosen.items() if value}


class BlockForm(forms.Form):
    name = forms.CharField(label="Название", max_length=400)
    directions = forms.CharField(
        label="Направления",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="По одному в строке.",
    )
    decision = forms.CharField(
        label="Основание", max_length=300, required=False, help_text=DECISION
    )

    def clean_directions(self) -> list[str]:
        lines = self.cleaned_data["directions"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class MemberForm(forms.Form):
    """A row of a block's composition; a row without body and position is left out."""

    membership = forms.ChoiceField(
        label="Участие", choices=BlockMembership.choices, initial=BlockMembership.MEMBER
    )
    body = forms.ChoiceField(label="Орган", required=False)
    position = forms.CharField(label="Должность", max_length=400, required=False)

    def __init__(self, bodies: Sequence[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        cast(forms.ChoiceField, self.fields["body"]).choices = body_choices(bodies, "—")

    def member(self) -> Member | None:
        values = self.cleaned_data
        body, position = self._bodies.get(values.get("body", "")), values.get("position", "")
        if body is None and not position:
            return None
        return Member(BlockMembership(values["membership"]), body, position)


MemberFormSet = forms.formset_factory(MemberForm, extra=3, max_num=200)


class RoleForm(forms.Form):
    """A role: what it is called, and one select per right."""

    label = forms.CharField(label="Название", max_length=300)
    position = forms.CharField(label="Должность по положению", max_length=500, required=False)
    channels = forms.MultipleChoiceField(
        label="Только каналы",
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Ничего не отмечено — роль работает со всеми каналами. Отмечено — обращения и сводки "
            "других каналов ей не видны."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for permission in Permission:
            self.fields[f"right_{permission}"] = forms.ChoiceField(
                label=permission.label,
                required=False,
                choices=[("", "нет"), *Scope.choices],
                widget=forms.Select({"class": "form-select form-select-sm"}),
            )

    def rights(self) -> list[BoundField]:
        return [self[f"right_{permission}"] for permission in Permission]

    def grants(self) -> Mapping[Permission, Scope]:
        chosen = {p: self.cleaned_data[f"right_{p}"] for p in Permission}
        return {permission: Scope(scope) for permission, scope in chosen.items() if scope}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(f"right_{permission}") for permission in Permission):
            raise forms.ValidationError("У роли нет ни одного права. Выберите хотя бы одно.")
        return values


def role_initial(role: Role) -> dict[str, Any]:
    rights = {f"right_{grant.permission}": grant.scope for grant in role.grants.all()}
    return {"label": role.label, "position": role.position, "channels": role.channels, **rights}

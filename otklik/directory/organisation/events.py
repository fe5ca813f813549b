"""What happened to the organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class PresetApplied(Event):
    """A regulation was loaded as data; lists name only what was added or restored."""

    subject: ClassVar[str] = "municipality"
    title: ClassVar[str] = "Загружен образец организации"

    preset: str
    roles: list[str]
    bodies: list[str]
    blocks: list[str]
    restored: bool = False

    def sentence(self) -> str:
        verb = "Восстановлен" if self.restored else "Загружен"
        return (
            f"{verb} образец «{self.preset}»: ролей\u00a0— {len(self.roles)}, "
            f"органов\u00a0— {len(self.bodies)}, блоков\u00a0— {len(self.blocks)}"
        )


@dataclass(frozen=True, kw_only=True)
class Appointed(Event):
    subject: ClassVar[str] = "appointment"
    title: ClassVar[str] = "Назначение"

    account_id: int
    role: str
    position: str
    since: date
    until: date | None
    basis: str

    def sentence(self) -> str:
        founded = f" ({self.basis})" if self.basis else ""
        return f"Назначение на роль «{self.role}» с {self.since:%d.%m.%Y}{founded}"


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(Event):
    subject: ClassVar[str] = "appointment"
    title: ClassVar[str] = "Замещение на время отсутствия"

    account_id: int
    role: str
    substitutes: int
    since: date
    until: date

    def sentence(self) -> str:
        return f"Замещение роли «{self.role}» с {self.since:%d.%m.%Y} по {self.until:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Event):
    subject: ClassVar[str] = "appointment"
    title: ClassVar[str] = "Назначение прекращено"

    role: str
    until: date

    def sentence(self) -> str:
        return f"Назначение на роль «{self.role}» прекращено {self.until:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class BodiesFound(Event):
    """An export named executors that the centre did not know; they were added as external."""

    subject: ClassVar[str] = "municipality"

    names: tuple[str, ...]
    source: str

    def sentence(self) -> str:
        return f"Добавлены организации из выгрузки ({self.source}): {'; '.join(self.names)}"


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    subject: ClassVar[str] = "role"
    title: ClassVar[str] = "Изменена роль"

    role: str
    grants: list[str]
    channels: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        return f"Изменена роль «{self.role}»"


@dataclass(frozen=True, kw_only=True)
class BodyChanged(Event):
    subject: ClassVar[str] = "body"
    title: ClassVar[str] = "Изменён орган"

    body: str
    parent: str

    def sentence(self) -> str:
        return f"Изменены сведения об органе «{self.body}»"


@dataclass(frozen=True, kw_only=True)
class BodyArchived(Event):
    subject: ClassVar[str] = "body"
    title: ClassVar[str] = "Орган отправлен в архив"

    body: str

    def sentence(self) -> str:
        return f"Орган «{self.body}» отправлен в архив"


@dataclass(frozen=True, kw_only=True)
class BodyRestored(Event):
    subject: ClassVar[str] = "body"
    title: ClassVar[str] = "Орган возвращён из архива"

    body: str

    def sentence(self) -> str:
        return f"Орган «{self.body}» возвращён из архива"


@dataclass(frozen=True, kw_only=True)
class BlockChanged(Event):
    subject: ClassVar[str] = "block"
    title: ClassVar[str] = "Изменён состав блока"

    block: str
    bodies: list[str]
    decision: str

    def sentence(self) -> str:
        founded = f" ({self.decision})" if self.decision else ""
        return f"Изменён состав блока «{self.block}»{founded}"


@dataclass(frozen=True, kw_only=True)
class RegulationEnteredIntoForce(Event):
    subject: ClassVar[str] = "regulation"
    title: ClassVar[str] = "Положение вступило в силу"

    act: str
    on: date

    def sentence(self) -> str:
        return f"Положение действует с {self.on:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class RegulationRepealed(Event):
    subject: ClassVar[str] = "regulation"
    title: ClassVar[str] = "Акт утратил силу"

    act: str
    on: date

    def sentence(self) -> str:
        return f"Утратил силу с {self.on:%d.%m.%Y}: {self.act}"


@dataclass(frozen=True, kw_only=True)
class RegulationStored(Event):
    subject: ClassVar[str] = "regulation"
    title: ClassVar[str] = "Внесён текст положения"

    act: str

    def sentence(self) -> str:
        return f"Внесён текст: {self.act}"


@dataclass(frozen=True, kw_only=True)
class CentreCardChanged(Event):
    subject: ClassVar[str] = "municipality"
    title: ClassVar[str] = "Изменена карточка центра"

    form: str
    operator: str
    legal_basis: str

    def sentence(self) -> str:
        held = f", оператор\u00a0— {self.operator}" if self.operator else ""
        return f"Изменена карточка центра: {self.form}{held}"


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(Event):
    subject: ClassVar[str] = "composition_change"
    title: ClassVar[str] = "Предложено изменение состава"

    change: str
    reason: str

    def sentence(self) -> str:
        return f"Предложено: {self.change}"


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(Event):
    subject: ClassVar[str] = "composition_change"
    title: ClassVar[str] = "Решение об изменении состава"

    change: str
    approved: bool
    basis: str

    def sentence(self) -> str:
        verb = "Утверждено" if self.approved else "Отклонено"
        return f"{verb}: {self.change} ({self.basis})"


@dataclass(frozen=True, kw_only=True)
class LegalActKept(Event):
    subject: ClassVar[str] = "legal_act"
    title: ClassVar[str] = "Внесён правовой акт"

    act: str

    def sentence(self) -> str:
        return f"Внесён правовой акт: {self.act}"


@dataclass(frozen=True, kw_only=True)
class LegalActChanged(Event):
    subject: ClassVar[str] = "legal_act"
    title: ClassVar[str] = "Изменены сведения о правовом акте"

    act: str

    def sentence(self) -> str:
        return f"Изменены сведения о правовом акте: {self.act}"


@dataclass(frozen=True, kw_only=True)
class ProtectionChanged(Event):
    subject: ClassVar[str] = "municipality"
    title: ClassVar[str] = "Изменены требования защиты информации"

    changes: list[str]

    def sentence(self) -> str:
        return f"Изменены требования защиты информации: {'; '.join(self.changes)}"


@dataclass(frozen=True, kw_only=True)
class JobDescriptionMarked(Event):
    subject: ClassVar[str] = "appointment"
    title: ClassVar[str] = "Отмечена должностная инструкция"

    account_id: int
    updated_on: date
    note: str

    def sentence(self) -> str:
        said = f" ({self.note})" if self.note else ""
        return f"Должностная инструкция обновлена {self.updated_on:%d.%m.%Y}{said}"


@dataclass(frozen=True, kw_only=True)
class DirectionHeld(Event):
    subject: ClassVar[str] = "block"
    title: ClassVar[str] = "Сотрудник закреплён по направлению"

    direction: str
    account_id: int
    full_name: str

    def sentence(self) -> str:
        return f"По направлению «{self.direction}» закреплён сотрудник: {self.full_name}"


@dataclass(frozen=True, kw_only=True)
class ConsentNoted(Event):
    subject: ClassVar[str] = "body"
    title: ClassVar[str] = "Отмечено согласие на участие"

    body: str
    consented_on: date
    document: str

    def sentence(self) -> str:
        said = f" ({self.document})" if self.document else ""
        return f"«{self.body}»: согласие на участие от {self.consented_on:%d.%m.%Y}{said}"


@dataclass(frozen=True, kw_only=True)
class StaffImported(Event):
    subject: ClassVar[str] = "municipality"
    title: ClassVar[str] = "Загружены сотрудники из таблицы"

    file: str
    made: int
    refused: int

    def sentence(self) -> str:
        return (
            f"Сотрудники загружены из файла «{self.file}»: назначений — {self.made}, "
            f"строк с ошибками — {self.refused}"
        )

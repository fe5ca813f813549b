"""Letting programs in, and keeping them within what they were allowed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, OtklikError, Refused
from otklik.directory.organisation.models import Body, Role
from otklik.directory.organisation.queries import access_of_role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.events import (
    KeyIssued,
    KeyRevoked,
    ProgramAllowed,
    ProgramEvent,
    ProgramNoted,
    ProgramStopped,
)
from otklik.directory.programs.models import Program, ProgramKey, RememberedCall
from otklik.directory.programs.queries import program_of
from otklik.directory.programs.rules import SHOWN, START, digest, looks_like_key
from otklik.directory.programs.vocabulary import (
    CALLS_PER_MINUTE,
    MOST_CALLS_PER_MINUTE,
    OFFERED,
    NoteKind,
)
from otklik.records.journal.actions import record

COUNT = """
UPDATE programs_programkey
SET calls = CASE WHEN "window" = %s THEN calls + 1 ELSE 1 END, "window" = %s, used_at = %s
WHERE id = %s RETURNING calls
"""


class NotAdmitted(OtklikError):
    """The key is missing, unknown, expired or revoked."""


class TooOften(OtklikError):
    """More calls than allowed; `seconds` to wait."""

    def __init__(self, most: int, seconds: int) -> None:
        super().__init__(
            f"Слишком много вызовов: разрешено {most} в минуту.",
            f"Повторите через {seconds} с.",
        )
        self.seconds = seconds


@dataclass(frozen=True)
class Visit:
    """A program that was let in; `left` calls remain in this minute."""

    program: Program
    left: int


@transaction.atomic
def allow_program(
    *,
    access: Access,
    title: str,
    role_id: int,
    permissions: Collection[str],
    channels: Collection[str] = (),
    body_id: int | None = None,
    calls_per_minute: int = CALLS_PER_MINUTE,
    basis: str = "",
    program_id: int | None = None,
) -> Program:
    """Let a program in, or change what it may do (ust-kubinsky:4.7.3: the decision is recorded).

    Raises Forbidden for rights that the person himself lacks; Refused for what makes no sense;
    NotFound.
    """
    access = access.require(Permission.SET_UP)
    title = " ".join(title.split())
    program = program_of(access, program_id) if program_id else Program()
    if program.stopped_at:
        raise Conflict("Доступ этой программы закрыт.", "Допустите её заново под другим названием.")
    role = Role.objects.filter(pk=role_id, municipality_id=access.municipality_id).first()
    if role is None:
        raise NotFound("Такой роли нет.", "Выберите роль из списка.")
    _check(access, title, role, permissions, program_id, body_id, calls_per_minute)
    if program_id is None:
        program.municipality_id = access.municipality_id
        program.created_at, program.created_label = clock.now(), access.actor.label
    program.title, program.role, program.body_id = title, role, body_id
    program.permissions = [str(one) for one in OFFERED if one in permissions]
    program.channels = sorted(set(channels))
    program.calls_per_minute, program.basis = calls_per_minute, basis.strip()
    _check_reach(access, program)
    program.save()
    record(
        ProgramAllowed(
            subject_id=program.pk,
            program=program.title,
            role=role.label,
            permissions=tuple(program.permissions),
            channels=tuple(program.channels),
            basis=program.basis,
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return program


@transaction.atomic
def stop_program(*, access: Access, program_id: int) -> Program:
    """Close the door for a program for good; all its keys are dead from now on."""
    access = access.require(Permission.SET_UP)
    program = Program.objects.select_for_update().get(pk=program_of(access, program_id).pk)
    if program.stopped_at is None:
        program.stopped_at = clock.now()
        program.save(update_fields=["stopped_at"])
        program.keys.filter(revoked_at__isnull=True).update(revoked_at=program.stopped_at)
        _record(access, program, ProgramStopped(subject_id=program.pk, program=program.title))
    return program


@transaction.atomic
def issue_key(
    *, access: Access, program_id: int, expires_at: datetime | None = None
) -> tuple[ProgramKey, str]:
    """A new key and its text, which is not stored and can be shown this once only."""
    access = access.require(Permission.SET_UP)
    program = program_of(access, program_id)
    if program.stopped_at:
        raise Conflict("Доступ этой программы закрыт.", "Допустите её заново под другим названием.")
    _check_reach(access, program)
    now = clock.now()
    if expires_at is not None and expires_at <= now:
        raise Refused("Срок действия ключа уже прошёл.", "Укажите день позже сегодняшнего.")
    text = START + secrets.token_urlsafe(32)
    key = ProgramKey.objects.create(
        program=program,
        start=text[:SHOWN],
        digest=digest(text),
        created_at=now,
        created_label=access.actor.label,
        expires_at=expires_at,
    )
    _record(access, program, KeyIssued(subject_id=program.pk, program=program.title, key=key.start))
    return key, text


@transaction.atomic
def revoke_key(*, access: Access, program_id: int, key_id: int) -> None:
    """The key opens nothing from now on; a revoked one stays so."""
    access = access.require(Permission.SET_UP)
    program = program_of(access, program_id)
    key = ProgramKey.objects.select_for_update().filter(pk=key_id, program=program).first()
    if key is None:
        raise NotFound("Такого ключа нет.", "Вернитесь к списку программ.")
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        _record(
            access, program, KeyRevoked(subject_id=program.pk, program=program.title, key=key.start)
        )


@transaction.atomic
def note_program(
    *, access: Access, program_id: int, kind: str, text: str, counterpart: str = ""
) -> None:
    """Write down a piece of technical interaction (dedovichi:14.4): an access asked for, a key
    handed over, a format agreed, a failure. Raises Refused without a text."""
    access = access.require(Permission.SET_UP)
    program = program_of(access, program_id)
    if not text.strip():
        raise Refused("Не написано, что произошло.", "Опишите одним-двумя предложениями.")
    event = ProgramNoted(
        subject_id=program.pk,
        program=program.title,
        kind=NoteKind(kind),
        text=text.strip()[:2000],
        counterpart=counterpart.strip()[:300],
    )
    _record(access, program, event)


def admit(key: str) -> Visit:
    """The program that shows this key, its call counted. Raises NotAdmitted or TooOften."""
    found = None
    if looks_like_key(key):
        known = ProgramKey.objects.select_related("program__role", "program__municipality")
        found = known.filter(digest=digest(key)).first()
    now = clock.now()
    if found is None or found.revoked_at or found.program.stopped_at:
        raise NotAdmitted(
            "Ключ доступа не подходит: он неизвестен или отозван.",
            "Возьмите новый ключ у администратора центра: «Настройки», «Доступ программ».",
        )
    if found.expires_at and found.expires_at <= now:
        raise NotAdmitted(
            "Срок действия ключа доступа истёк.",
            "Возьмите новый ключ у администратора центра: «Настройки», «Доступ программ».",
        )
    seconds = int(now.timestamp())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [seconds // 60, seconds // 60, now, found.pk])
        row = cursor.fetchone()
    calls, most = int(row[0]) if row else 1, found.program.calls_per_minute
    if calls > most:
        raise TooOften(most, 60 - seconds % 60)
    return Visit(found.program, most - calls)


@transaction.atomic
def once(
    *, program: Program, key: str, content: bytes, make: Callable[[], int]
) -> tuple[int, bool]:
    """(what the call made, whether it was made now). A repeat waits for the first and gets its
    result; the same key with another content raises Conflict; without a key it is always made."""
    if not key:
        return make(), True
    if len(key) > 200:
        raise Refused("Idempotency-Key длиннее 200 знаков.", "Возьмите, например, UUID.")
    summed = digest(content.hex())
    call, new = RememberedCall.objects.select_for_update().get_or_create(
        program=program, key=key, defaults={"digest": summed, "made_at": clock.now()}
    )
    if not new and call.digest != summed:
        raise Conflict(
            "С этим Idempotency-Key уже пришёл другой запрос.",
            "Для нового запроса возьмите новый ключ повтора.",
        )
    if call.target_id is not None:
        return call.target_id, False
    call.target_id = make()
    call.save(update_fields=["target_id"])
    return call.target_id, True


def _check(
    access: Access,
    title: str,
    role: Role,
    permissions: Collection[str],
    program_id: int | None,
    body_id: int | None,
    calls_per_minute: int,
) -> None:
    if not title:
        raise Refused("Не сказано, что это за программа.", "Впишите название.")
    same = Program.objects.filter(municipality_id=access.municipality_id, title=title)
    if same.exclude(pk=program_id or 0).exists():
        raise Refused(f"Программа «{title}» уже есть.", "Дайте этой программе другое название.")
    if not set(permissions) & set(OFFERED):
        raise Refused("Не выбрано ни одного права.", "Отметьте, что программа может делать.")
    missing = set(permissions) - {grant.permission for grant in role.grants.all()}
    if missing:
        names = ", ".join(f"«{Permission(one).label}»" for one in sorted(missing))
        raise Refused(
            f"У роли «{role.label}» нет права: {names}.",
            "Выберите другую роль или снимите отметку.",
        )
    ours = Body.objects.filter(municipality_id=access.municipality_id)
    if body_id is not None and not ours.filter(pk=body_id).exists():
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    if not 1 <= calls_per_minute <= MOST_CALLS_PER_MINUTE:
        raise Refused(
            f"Вызовов в минуту может быть от 1 до {MOST_CALLS_PER_MINUTE}.", "Исправьте число."
        )


def _check_reach(access: Access, program: Program) -> None:
    """Whoever keeps appointments may give any right; others only what they hold everywhere."""
    given = access_of_role(
        program.role,
        label=program.title,
        permissions=program.permissions,
        channels=program.channels,
        body_id=program.body_id,
    )
    useless = [one for one in program.permissions if not given.may(one)]
    if useless:
        raise Refused(
            "В этой роли программа ничего не увидит: права роли ограничены своим органом "
            "или другими каналами.",
            "Укажите орган, выберите другие каналы или другую роль.",
        )
    if access.allows(Permission.ORGANISE):
        return
    for one in program.permissions:
        if not access.allows(one):
            raise Forbidden(
                f"Нельзя дать программе право, которого нет у вас: {Permission(one).label}.",
                "Попросите того, кто ведёт роли и назначения.",
            )


def _record(access: Access, program: Program, event: ProgramEvent) -> None:
    record(event, actor=access.actor, municipality_id=program.municipality_id)

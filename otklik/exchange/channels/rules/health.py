"""What state a channel is in, in words that tell an empty one from a broken one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.exchange.channels.vocabulary import Condition

WINDOW = timedelta(days=30)
QUIET = timedelta(days=3)
USUAL_AT_LEAST = 6
TIMES_USUAL = 5


@dataclass(frozen=True)
class Signs:
    """What is known of an account. `recent` messages came within WINDOW, the last at `last_at`;
    `lacking`: rights that the service refused, each with its mend; `unread_events` could not be
    read."""

    enabled: bool
    checked_at: datetime | None = None
    problem: str = ""
    lacking: Sequence[tuple[str, str]] = ()
    recent: int = 0
    last_at: datetime | None = None
    closed_until: datetime | None = None
    unread_events: int = 0
    fed_by_hand: bool = False


@dataclass(frozen=True)
class Health:
    """`mends`: what to do, in order; empty when there is nothing to do."""

    condition: Condition
    sentence: str
    mends: tuple[str, ...] = ()


def health_of(signs: Signs, now: datetime) -> Health:
    """The worst thing first: a broken channel is not called silent."""
    if not signs.enabled:
        return Health(Condition.OFF, "Канал выключен.")
    if signs.problem:
        return _broken(signs, now)
    if signs.checked_at is None:
        return _unchecked(signs)
    if signs.lacking or signs.unread_events:
        return _limited(signs)
    if signs.last_at is None or not signs.recent:
        return _empty(signs)
    return _silent(signs, signs.last_at, now) or Health(Condition.WORKS, "Работает.")


def _silent(signs: Signs, last_at: datetime, now: datetime) -> Health | None:
    """Messages came often and have stopped, though the service answers."""
    usual = WINDOW / signs.recent
    if signs.recent < USUAL_AT_LEAST or now - last_at <= max(QUIET, usual * TIMES_USUAL):
        return None
    return Health(
        Condition.SILENT,
        f"Служба отвечает, но сообщений нет {(now - last_at).days} дн., "
        "хотя обычно они приходят чаще.",
        (
            "Напишите в канал сами и посмотрите, появится ли сообщение.",
            "Если не появится, нажмите «Проверить» и посмотрите права.",
        ),
    )


def _broken(signs: Signs, now: datetime) -> Health:
    mends = tuple(mend for _, mend in signs.lacking if mend)
    if signs.closed_until and signs.closed_until > now:
        minutes = max(1, round((signs.closed_until - now).total_seconds() / 60))
        text = f"{signs.problem} Следующая попытка через {minutes} мин."
        return Health(Condition.PAUSED, text, mends)
    return Health(Condition.BROKEN, signs.problem, mends or ("Нажмите «Проверить».",))


def _unchecked(signs: Signs) -> Health:
    if signs.fed_by_hand:
        return Health(Condition.WORKS if signs.recent else Condition.EMPTY, "Ведётся вручную.")
    return Health(Condition.NEW, "Ещё не проверялся.", ("Нажмите «Проверить».",))


def _limited(signs: Signs) -> Health:
    told = [f"нет права {right}" for right, _ in signs.lacking]
    mends = [mend for _, mend in signs.lacking if mend]
    if signs.unread_events:
        told.append(f"не разобрано событий: {signs.unread_events}")
        mends.append("Откройте «Входящие», отбор «Не прочитано», и решите по каждому.")
    return Health(Condition.LIMITED, f"Работает, но {'; '.join(told)}.", tuple(mends))


def _empty(signs: Signs) -> Health:
    if signs.last_at is None:
        return Health(Condition.EMPTY, "Работает, сообщений ещё не было.")
    return Health(Condition.EMPTY, "Работает, за месяц сообщений не было.")

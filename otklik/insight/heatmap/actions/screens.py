"""Links of screens on a wall."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.heatmap.events import ScreenAllowed, ScreenStopped
from otklik.insight.heatmap.models import Screen
from otklik.insight.heatmap.queries import screens
from otklik.records.journal.actions import record

MOST_DAYS = 366
SEEN_EVERY = timedelta(minutes=5)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def allow_screen(*, access: Access, title: str, days: int = MOST_DAYS) -> tuple[Screen, str]:
    """The screen and its key, told once: only the sum of the key is kept."""
    access = access.require_any(Permission.ANALYTICS)
    title = " ".join(title.split())[:200]
    if not title:
        raise Refused("Не указано, где стоит экран.", "Впишите место, например «Зал заседаний».")
    if access.account_id is None:
        raise Refused("Экран разрешает человек.", "Войдите под своим именем.")
    key, now = secrets.token_urlsafe(32), clock.now()
    screen = Screen.objects.create(
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        title=title,
        digest=digest_of(key),
        made_at=now,
        until=now + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )
    event = ScreenAllowed(subject_id=screen.pk, where=title, until=f"{screen.until:%d.%m.%Y}")
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return screen, key


@transaction.atomic
def stop_screen(*, access: Access, screen_id: int) -> None:
    """The link stops working at once; NotFound for another's."""
    screen = screens(access, clock.now()).filter(pk=screen_id).first()
    if screen is None:
        raise NotFound("Такого экрана нет или он уже отключён.", "Обновите страницу.")
    screen.revoked_at = clock.now()
    screen.save(update_fields=["revoked_at"])
    event = ScreenStopped(subject_id=screen.pk, where=screen.title)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def note_screen(*, screen: Screen, now: datetime) -> None:
    """That it is alive, not oftener than once in five minutes."""
    if screen.seen_at is None or now - screen.seen_at > SEEN_EVERY:
        Screen.objects.filter(pk=screen.pk).update(seen_at=now)

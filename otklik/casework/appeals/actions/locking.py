"""Taking a case for writing: locked, visible, of the version the person saw."""

from __future__ import annotations

from otklik.base.errors import Conflict
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import card, visible_to
from otklik.directory.organisation.rules import Access


def locked(access: Access, appeal_id: int, *, version: int | None = None) -> Appeal:
    """The case under a row lock; NotFound when hidden; Conflict when it changed since."""
    appeal = visible_to(access).select_for_update(of=("self",)).filter(pk=appeal_id).first()
    if appeal is None:
        return card(access, appeal_id)
    if version is not None and appeal.version != version:
        raise Conflict(
            "Пока вы работали, обращение изменил кто-то другой.",
            "Обновите страницу: ваш текст сохранён в черновике.",
        )
    return appeal


def save(appeal: Appeal, *names: str) -> None:
    """Save the named fields and count the version up."""
    appeal.version += 1
    appeal.save(update_fields=[*names, "version"])


def refresh_executors(appeal: Appeal) -> None:
    """Derive the case's executor and the lists that visibility rests on from its assignments."""
    rows = list(
        Assignment.objects.filter(question__appeal=appeal, withdrawn_at__isnull=True)
        .order_by("question__number", "pk")
        .values_list("role", "body_id", "account_id")
    )
    main = [body for role, body, _ in rows if role == "main"]
    appeal.executor_body_id = main[0] if main else None
    appeal.body_ids = sorted({body for _, body, _ in rows})
    appeal.account_ids = sorted({account for _, _, account in rows if account})

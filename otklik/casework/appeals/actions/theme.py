"""The mark of a case by socially significant themes: by its topic, until a person says."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base.errors import NotFound
from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.events import ThemeMarked, ThemesFollowed
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import covering_body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.queries import theme_choices, themes_by_topic
from otklik.records.journal.actions import record


@transaction.atomic
def mark_theme(*, access: Access, appeal_id: int, theme: str) -> Appeal:
    """Say that a case belongs to a theme, or to none («none»); a later topic changes nothing.

    Raises Forbidden; NotFound for a theme that is not in use. (novoduginsky 1.1, 1.3)
    """
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.CLASSIFY, body_id=covering_body(access, appeal), channel=appeal.channel
    )
    label = dict(theme_choices(appeal.municipality_id)).get(theme)
    if label is None:
        raise NotFound("Такой тематики нет.", "Выберите тематику из списка.")
    if appeal.theme == theme and appeal.theme_said:
        return appeal
    appeal.theme, appeal.theme_said = theme, True
    save(appeal, "theme", "theme_said")
    record(
        ThemeMarked(subject_id=appeal.pk, case_id=appeal.pk, theme=theme, label=label),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return appeal


def theme_by(municipality_id: int, topic_id: int | None) -> str:
    """The mark that a topic gives; «» without one."""
    if topic_id is None:
        return ""
    return themes_by_topic(municipality_id, [topic_id]).get(topic_id, "")


def mark_themes(municipality_id: int, appeals: Sequence[Appeal]) -> None:
    """Give unsaved changes: cases that no person has marked take the theme of their topic."""
    following = [appeal for appeal in appeals if not appeal.theme_said]
    topics = {appeal.topic_id for appeal in following if appeal.topic_id is not None}
    themes = themes_by_topic(municipality_id, topics)
    for appeal in following:
        appeal.theme = themes.get(appeal.topic_id or 0, "")


@transaction.atomic
def follow_topics(*, municipality_id: int) -> int:
    """Mark every case that no person has marked by its topic; how many changed.

    At most one statement a theme; a topic without a theme in use leaves its cases as they are.
    Repeating it changes nothing.
    """
    by_theme: dict[str, list[int]] = {}
    for topic_id, theme in themes_by_topic(municipality_id).items():
        by_theme.setdefault(theme, []).append(topic_id)
    following = Appeal.objects.filter(municipality_id=municipality_id, theme_said=False)
    changed = 0
    by_theme.pop("", None)
    for theme, topics in by_theme.items():
        found = following.filter(topic_id__in=topics).exclude(theme=theme)
        changed += found.update(theme=theme)
    if changed:
        record(
            ThemesFollowed(subject_id=municipality_id, changed=changed),
            actor=Access.system(municipality_id).actor,
            municipality_id=municipality_id,
        )
    return changed

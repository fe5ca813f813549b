"""Keeping the list of socially significant themes, and the topics under each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from otklik.base.errors import NotFound, Refused
from otklik.directory.organisation.models import Block
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.events import ThemeKept, ThemeRetired, TopicThemesSaid
from otklik.directory.topics.models import SocialTheme, Topic, TopicTheme
from otklik.directory.topics.queries import kept_themes, starting_themes, theme_names
from otklik.directory.topics.vocabulary import NOT_SIGNIFICANT
from otklik.records.journal.actions import record

KEEPERS = (Permission.SET_UP, Permission.ORGANISE)
"""Blocks are formed on themes, so whoever keeps the structure keeps them too."""


def keeping(access: Access) -> Access:
    """The access of one who may keep the list; Forbidden for others."""
    held = next((right for right in KEEPERS if access.allows(right)), Permission.SET_UP)
    return access.require(held)


@transaction.atomic
def save_theme(
    *,
    access: Access,
    name: str,
    slug: str = "",
    outside_name: str = "",
    block_ids: Sequence[int] = (),
) -> SocialTheme:
    """Add a theme, or rename the one named by `slug` and say which blocks are formed on it.

    Raises Forbidden; NotFound for a theme or a block of elsewhere; Refused for a name that is
    empty or taken. (novoduginsky 1.1, 1.3)
    """
    access = keeping(access)
    _write_down(access.municipality_id)
    name = " ".join(name.split())[:150]
    found = _theme(access, slug) if slug else None
    _check_name(access, name, found)
    blocks = list(Block.objects.filter(municipality_id=access.municipality_id, pk__in=block_ids))
    if len(blocks) != len(set(block_ids)):
        raise NotFound("Такого блока нет.", "Выберите блоки из списка.")
    before = found.name if found else ""
    theme = found or _new(access.municipality_id)
    theme.name, theme.outside_name = name, " ".join(outside_name.split())[:150]
    theme.save()
    theme.blocks.set(blocks)
    named = tuple(sorted(block.name for block in blocks))
    event = ThemeKept(subject_id=theme.pk, theme=name, before=before, blocks=named)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return theme


@transaction.atomic
def retire_theme(*, access: Access, slug: str, back: bool = False) -> SocialTheme:
    """Take a theme out of use, or bring it back; cases marked with it keep their mark."""
    access = keeping(access)
    _write_down(access.municipality_id)
    theme = _theme(access, slug)
    theme.in_use = back
    theme.save(update_fields=["in_use"])
    event = ThemeRetired(subject_id=theme.pk, theme=theme.name, back=back)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return theme


@transaction.atomic
def say_topics(*, access: Access, theme: str, topic_ids: Sequence[int]) -> None:
    """Put topics under a theme («none»: under no theme); cases without a mark of a person follow.

    Raises NotFound for a theme or a topic of elsewhere.
    """
    access = keeping(access)
    place = access.municipality_id
    if theme != NOT_SIGNIFICANT:
        _write_down(place)
        _theme(access, theme)
    editions = (place, None)
    topics = [
        topic
        for topic in Topic.objects.filter(pk__in=topic_ids).select_related("edition")
        if topic.edition.municipality_id in editions
    ]
    if not topics or len(topics) != len(set(topic_ids)):
        raise NotFound("Такой темы нет.", "Отметьте темы в списке.")
    TopicTheme.objects.bulk_create(
        [TopicTheme(municipality_id=place, topic=topic, theme=theme) for topic in topics],
        update_conflicts=True,
        unique_fields=["municipality", "topic"],
        update_fields=["theme"],
    )
    event = TopicThemesSaid(
        subject_id=place,
        theme=theme_names(place).get(theme, theme),
        topics=tuple(topic.name for topic in topics),
    )
    record(event, actor=access.actor, municipality_id=place)


@transaction.atomic
def mark_by_topics(*, access: Access) -> None:
    """Ask that cases received before are marked by their topics."""
    access = keeping(access)
    event = TopicThemesSaid(subject_id=access.municipality_id, theme="")
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _write_down(municipality_id: int) -> None:
    if not kept_themes(municipality_id).exists():
        SocialTheme.objects.bulk_create(starting_themes(municipality_id), ignore_conflicts=True)


def _new(municipality_id: int) -> SocialTheme:
    here = kept_themes(municipality_id)
    order = (here.aggregate(top=Max("order"))["top"] or 0) + 1
    return SocialTheme(municipality_id=municipality_id, slug=f"own-{order}", order=order)


def _theme(access: Access, slug: str) -> SocialTheme:
    found = kept_themes(access.municipality_id).select_for_update().filter(slug=slug).first()
    if found is None:
        raise NotFound("Такой тематики нет.", "Выберите тематику из списка.")
    return found


def _check_name(access: Access, name: str, own: SocialTheme | None) -> None:
    if not name:
        raise Refused("У тематики нет названия.", "Напишите название.")
    same = kept_themes(access.municipality_id).filter(name__iexact=name)
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise Refused(f"Тематика «{name}» уже есть.", "Дайте другое название.")

"""The list of socially significant themes and what it says of topics."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from otklik.directory.topics.models import SocialTheme, Topic, TopicTheme
from otklik.directory.topics.rules import theme_of
from otklik.directory.topics.vocabulary import NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL, Theme

STARTING = tuple(theme for theme in Theme if theme != Theme.OTHER)


def kept_themes(municipality_id: int) -> QuerySet[SocialTheme]:
    return SocialTheme.objects.filter(municipality_id=municipality_id)


def themes_of(municipality_id: int) -> list[SocialTheme]:
    """Every theme of a centre, retired ones too; unsaved ones while it keeps none. One query."""
    return list(kept_themes(municipality_id)) or starting_themes(municipality_id)


def starting_themes(municipality_id: int) -> list[SocialTheme]:
    """The unsaved rows that a list begins with."""
    return [
        SocialTheme(municipality_id=municipality_id, slug=theme.value, name=theme.label, order=n)
        for n, theme in enumerate(STARTING, start=1)
    ]


def theme_choices(municipality_id: int) -> list[tuple[str, str]]:
    """Marks a person may set: themes in use, then «не относится». One query."""
    offered = [(one.slug, one.name) for one in themes_of(municipality_id) if one.in_use]
    return [*offered, (NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL)]


def theme_names(municipality_id: int) -> dict[str, str]:
    """A name for every mark there may be on a case. One query."""
    names = {one.slug: one.name for one in themes_of(municipality_id)}
    return names | {NOT_SIGNIFICANT: NOT_SIGNIFICANT_LABEL}


def themes_by_topic(municipality_id: int, topic_ids: Iterable[int] | None = None) -> dict[int, str]:
    """The mark that each topic gives its cases: said by the centre, else by the classifier, else
    by the topic's words; «» where none of these is a theme in use. Two queries."""
    said = TopicTheme.objects.filter(municipality_id=municipality_id, topic=OuterRef("pk"))
    rows = Topic.objects.annotate(said=Subquery(said.values("theme")[:1]))
    if topic_ids is not None:
        wanted = set(topic_ids)
        if not wanted:
            return {}
        rows = rows.filter(pk__in=wanted)
    in_use = {slug for slug, _ in theme_choices(municipality_id)}
    found = {}
    for pk, said_theme, own, code, name, group in rows.values_list(
        "pk", "said", "theme", "code", "name", "group"
    ):
        theme = said_theme or _of_classifier(own) or theme_of(code, name, group)
        found[pk] = theme if theme in in_use else ""
    return found


def _of_classifier(theme: str) -> str:
    return NOT_SIGNIFICANT if theme == Theme.OTHER else theme

"""The only writers of classifiers."""

from otklik.directory.topics.actions.imported import add_found_topics
from otklik.directory.topics.actions.themes import (
    KEEPERS,
    keeping,
    mark_by_topics,
    retire_theme,
    save_theme,
    say_topics,
)

__all__ = [
    "KEEPERS",
    "add_found_topics",
    "keeping",
    "mark_by_topics",
    "retire_theme",
    "save_theme",
    "say_topics",
]

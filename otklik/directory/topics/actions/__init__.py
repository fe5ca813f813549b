"""The only writers of classifiers."""

from otklik.directory.topics.actions.imported import add_found_topics

__all__ = ["add_found_topics"]

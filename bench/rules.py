"""Dry runs of rules over every case of a year, by words, by topic, by channel, and together."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bench.figures import Figure, timed
from bench.house import LAST_DAY

BOUND = 10_000
"""Milliseconds for a dry run over 100,000 cases."""


def measure() -> list[Figure]:
    from otklik.casework.automation.queries.dryrun import dry_run
    from otklik.casework.automation.queries.in_force import topics_above
    from otklik.casework.automation.rules import Group, Leaf, condition_of
    from otklik.casework.automation.vocabulary import Fact, Mode
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.topics.models import Topic

    place = Municipality.objects.get(is_demo=True)
    until = datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time(), tzinfo=place.tz)
    common = Topic.objects.filter(appeals__isnull=False).order_by("pk").first()
    words = Leaf(Fact.WORDS, ("дорога", "яма", "фонарь", "мусор", "вода"))
    every = Leaf(Fact.CHANNEL, ("pos", "portal", "vk", "email", "hotline122", "telegram"))
    told: list[tuple[str, Group]] = [
        ("по словам", condition_of(Mode.ALL, (words,), ())),
        ("по выражению", condition_of(Mode.ALL, (Leaf(Fact.PHRASE, ("вывоз мусора",)),), ())),
        ("по каналам, почти всё", condition_of(Mode.ALL, (every,), ())),
        ("по времени, без указателя", condition_of(Mode.ALL, (Leaf(Fact.HOURS, ("0-24",)),), ())),
        ("слова или тема, кроме слов", condition_of(
            Mode.ANY, (words, Leaf(Fact.TOPIC, (common.pk if common else 0,))),
            (Leaf(Fact.WORDS, ("двор",)),))),
    ]  # fmt: skip
    topics = topics_above()
    return [
        timed(
            f"Пробный прогон правила {name}",
            partial(dry_run, municipality=place, condition=condition, topics=topics,
                    since=until - timedelta(days=3650), until=until, body_id=1),
            BOUND,
            repeats=3,
        )
        for name, condition in told
    ]  # fmt: skip

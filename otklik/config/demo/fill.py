"""Fills the database with the invented municipality and its year of appeals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from otklik.base.actor import Actor
from otklik.base.errors import Conflict
from otklik.casework.appeals.actions.words import gather_words
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.queries.planning import planner_for
from otklik.config.demo.faults import keep_record
from otklik.config.demo.generator import END_OF_DAY, generate
from otklik.config.demo.grounds import lay
from otklik.config.demo.history import Hands
from otklik.config.demo.messages import open_mailbox
from otklik.config.demo.orders import give_orders
from otklik.config.demo.receipts import Receipts
from otklik.config.demo.receiving import open_reception
from otklik.config.demo.records import Writer
from otklik.config.demo.rooms import furnish, look_back
from otklik.config.demo.walk import DemoFilled
from otklik.config.demo.world import load_world
from otklik.directory.organisation.models import Municipality
from otklik.insight.facts.actions import rebuild
from otklik.records.journal.actions import record

BATCH = 2500
MONTHS = 12
_BUSY_TABLES = (
    "appeals_appeal", "appeals_question", "appeals_assignment", "deadlines_deadline",
    "replies_reply", "journal_entry", "channels_outboundmessage",
)  # fmt: skip

Progress = Callable[[int, int], None]
"""Called with how many appeals are written and how many there will be."""


def already_filled() -> Municipality | None:
    """The demo municipality, if it is here with its appeals."""
    slug = load_world().municipality["slug"]
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        return None
    if found.is_demo and Appeal.objects.filter(municipality=found).exists():
        return found
    raise Conflict(
        f"Короткое имя «{slug}» уже занято другим муниципалитетом.",
        "Переименуйте его или наполните демонстрацию в пустой базе.",
    )


def last_whole_day(now: datetime) -> date:
    """The day with which the demo's year ends, so that nothing of it lies ahead of the clock."""
    local = now.astimezone(ZoneInfo(str(load_world().municipality["time_zone"])))
    return local.date() if local.time() >= END_OF_DAY else local.date() - timedelta(days=1)


def fill(*, seed: int, until: date, target: int, progress: Progress | None = None) -> Municipality:
    """Create the demo in one transaction and return its municipality; repeats change nothing.

    `until` is the last day of the year told. Raises Conflict when the name is taken by a
    municipality that is no demo.
    """
    here = already_filled()
    if here is not None:
        return here
    with transaction.atomic():
        since = until - timedelta(days=430)
        grounds = lay(load_world(), since)
        give_orders(grounds)
        municipality = grounds.municipality
        evening = datetime.combine(until, END_OF_DAY, tzinfo=municipality.tz)
        hands = Hands.of(grounds)
        receipts = Receipts(evening, hands, frozenset(grounds.executors))
        writer = Writer(grounds, hands, planner_for(municipality.pk), open_mailbox(grounds),
                        receipts)  # fmt: skip
        stream, done = generate(seed, until, months=MONTHS, target=target), 0
        while batch := list(islice(stream, BATCH)):
            writer.write(batch)
            done += len(batch)
            if progress:
                progress(done, target)
        with connection.cursor() as cursor:
            for table in _BUSY_TABLES:
                cursor.execute(f"ANALYZE {table}")
        keep_record(municipality, evening)
        open_reception(municipality, evening)
        furnish(grounds, evening)
        rebuild(municipality_id=municipality.pk)
        look_back(grounds, evening)
        told = DemoFilled(subject_id=municipality.pk, appeals=done)
        record(told, actor=Actor.system("Демонстрация"), municipality_id=municipality.pk)
        gather_words()
    return municipality

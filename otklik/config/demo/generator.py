"""Streams believable appeals of the invented municipality: pure, seeded, day after day."""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from otklik.config.demo import casebook, stories
from otklik.config.demo.letters import draw_voice, write_appeal, write_repeat, write_second
from otklik.config.demo.life import works
from otklik.config.demo.model import DemoAppeal
from otklik.config.demo.people import Person, draw_person
from otklik.config.demo.places import Spot, draw_spot, fits, spot_on
from otklik.config.demo.slots import Slots
from otklik.config.demo.stories import Story
from otklik.config.demo.topics import DemoTopic, load_topics
from otklik.config.demo.world import Settlement, Street, World, load_world

CHANNELS = {
    "pos": 22, "incident": 19, "hotline122": 14, "vk": 12, "portal": 10, "email": 8, "paper": 6,
    "reception": 2.5, "telegram": 3, "ok": 2.5, "max": 1,
}  # fmt: skip
OFFICE = ("paper", "reception")
END_OF_DAY = time(17, 45)
WEEKDAYS = (1.28, 1.16, 1.1, 1.06, 1.0, 0.62, 0.54)
SECOND, REPEAT, DUPLICATE, THANKS = 0.096, 0.034, 0.01, 0.02
_DIGITS = re.compile(r"[\d\s]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a later repeat needs to know of an appeal."""

    order: int
    day: date
    person: Person
    topic: DemoTopic
    spot: Spot
    tag: str
    text: str
    channel: str


@dataclass(slots=True)
class Month:
    """Running sums of the topics' weights in a month."""

    topics: list[DemoTopic]
    sums: list[float]


@dataclass
class Teller:
    """The state of one stream: chance, what was said already, who may write again."""

    world: World
    rng: Random
    horizon: datetime
    topics: dict[str, DemoTopic]
    months: dict[int, Month]
    homes: dict[str, tuple[list[Settlement], list[float]]]
    seen: set[bytes] = field(default_factory=set)
    stride: int = 1
    recent: deque[Told] = field(default_factory=lambda: deque(maxlen=30))
    older: deque[Told] = field(default_factory=lambda: deque(maxlen=900))
    districts: dict[str, tuple[Street, ...]] = field(default_factory=dict)


def generate(seed: int, until: date, months: int = 12, target: int = 5000) -> Iterator[DemoAppeal]:
    """About `target` appeals (exactly, unless the span has no days) ordered by day and time.

    The span ends with `until`, a date of the municipality's own zone. The same arguments give
    the same appeals; memory grows only by eight bytes a text.
    """
    world = load_world()
    zone = ZoneInfo(str(world.municipality["time_zone"]))
    start = _months_before(until, months)
    plan = stories.calendar(start, until, target)
    teller = _teller(world, seed, datetime.combine(until, END_OF_DAY, zone))
    teller.stride = max(1, target // 5000)
    told = sum(count for day in plan.values() for _, count in day)
    weights = _day_weights(teller, start, until)
    scale = max(target - told, 0) / (math.fsum(weights.values()) or 1)
    order, due = 0, 0.0
    for day, weight in weights.items():
        due += weight * scale
        cases: list[Story | None] = [s for s, count in plan.get(day, []) for _ in range(count)]
        usual = round(due) - _usual(order, plan, day)
        cases += [None] * (target - order - len(cases) if day == until else usual)
        batch = sorted((_moment(teller, day, zone), n) for n in range(len(cases)))
        for (moment, channel), n in batch:
            order += 1
            yield _appeal(teller, order, moment, channel, cases[n])


def _usual(order: int, plan: dict[date, list[tuple[Story, int]]], day: date) -> int:
    """How many of the appeals so far belonged to no story."""
    return order - sum(count for d, items in plan.items() if d < day for _, count in items)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28)) + timedelta(days=1)


def _teller(world: World, seed: int, horizon: datetime) -> Teller:
    topics = load_topics()
    months = {}
    for month in range(1, 13):
        active = [t for t in topics.values() if t.weight and t.months[month - 1]]
        shares = (t.weight * t.months[month - 1] * 12 / math.fsum(t.months) for t in active)
        months[month] = Month(active, list(accumulate(shares)))
    homes = {}
    for topic in topics.values():
        possible = [s for s in world.settlements if fits(world, topic, s)]
        homes[topic.key] = (possible, list(accumulate(s.share for s in possible)))
    districts = {s.key: stories.district(world, s) for s in stories.STORIES}
    return Teller(world, Random(seed), horizon, topics, months, homes, districts=districts)


def _day_weights(teller: Teller, start: date, until: date) -> dict[date, float]:
    """Season × weekday × the slow growth of the channels' fame."""
    weights, day, length = {}, start, max((until - start).days, 1)
    while day <= until:
        quiet = 0.7 if not works(day) and day.weekday() < 5 else 1.0
        growth = 0.9 + 0.2 * (day - start).days / length
        jitter = Random(f"{day}").uniform(0.8, 1.2)
        weights[day] = (
            teller.months[day.month].sums[-1] * WEEKDAYS[day.weekday()] * quiet * growth * jitter
        )
        day += timedelta(days=1)
    return weights


def _moment(teller: Teller, day: date, zone: ZoneInfo) -> tuple[datetime, str]:
    rng = teller.rng
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    if channel in OFFICE and not works(day):
        channel = "pos"
    if channel in OFFICE:
        hour = rng.uniform(9, 16.5)
    elif channel == "hotline122":
        hour = min(max(rng.gauss(12, 3.2), 7.2), 20.9)
    else:
        hour = rng.choice((rng.gauss(10, 2), rng.gauss(14, 3), rng.gauss(20, 1.8)))
        hour = min(max(hour, 0.2), 23.9)
    moment = datetime.combine(day, time(0), zone) + timedelta(hours=hour)
    return min(moment.replace(microsecond=0), teller.horizon), channel


def _appeal(
    teller: Teller, order: int, moment: datetime, channel: str, story: Story | None
) -> DemoAppeal:
    rng = teller.rng
    if story is None:
        draw = rng.random()
        if draw < REPEAT + DUPLICATE:
            earlier = _earlier(teller, moment.date(), duplicate=draw < DUPLICATE)
            if earlier:
                return _again(teller, order, moment, earlier, channel=channel,
                              duplicate=draw < DUPLICATE)  # fmt: skip
    thanks = story is None and rng.random() < THANKS
    topic = teller.topics["thanks"] if thanks else _topic(teller, moment.month, story)
    settlement = _settlement(teller, topic, story)
    spot = _spot(teller, topic, settlement, story)
    voice = draw_voice(rng, channel)
    elder = voice == "elder" or (voice == "phone" and rng.random() < 0.5)
    person = draw_person(rng, elder, voice != "chat")
    slots = Slots(rng, person, spot, moment.date(), topic.fast)
    said, extra = write_appeal(rng, topic, slots, voice=voice, channel=channel), 0
    while not _new(teller, said.text) and extra < 6:
        extra += 1
        said = write_appeal(rng, topic, slots, voice=voice, channel=channel, extra=extra)
    asked = [casebook.Asked(topic, spot, said.tag, said.text)]
    if not thanks and voice != "phone" and rng.random() < SECOND / 0.86:
        asked.append(_second(teller, moment, channel, person, settlement))
    text = "\n".join(q.text for q in asked)
    told = Told(order, moment.date(), person, topic, spot, said.tag, text, channel)
    teller.recent.append(told)
    if order % teller.stride == 0:
        teller.older.append(told)
    case = casebook.Case(order, moment, channel, voice, person, text, tuple(asked),
                         story.key if story else "", story.load if story else 1.0)  # fmt: skip
    return casebook.write(rng, teller.world, teller.horizon, case)


def _topic(teller: Teller, month: int, story: Story | None) -> DemoTopic:
    if story:
        return teller.topics[stories.topic_of(teller.rng, story)]
    table = teller.months[month]
    return table.topics[bisect(table.sums, teller.rng.random() * table.sums[-1])]


def _settlement(teller: Teller, topic: DemoTopic, story: Story | None) -> Settlement:
    possible, sums = teller.homes[topic.key]
    if story and story.settlements:
        chosen = [s for s in possible if s.slug in story.settlements]
        if chosen:
            return teller.rng.choices(chosen, [s.share for s in chosen])[0]
    return possible[bisect(sums, teller.rng.random() * sums[-1])]


def _spot(teller: Teller, topic: DemoTopic, settlement: Settlement, story: Story | None) -> Spot:
    streets = teller.districts[story.key] if story else ()
    if streets:
        street = teller.rng.choice(streets)
        return spot_on(teller.rng, street, topic, settlement)
    return draw_spot(teller.rng, teller.world, topic, settlement)


def _second(
    teller: Teller, moment: datetime, channel: str, person: Person, settlement: Settlement
) -> casebook.Asked:
    topic = _topic(teller, moment.month, None)
    while not fits(teller.world, topic, settlement):
        topic = _topic(teller, moment.month, None)
    spot = draw_spot(teller.rng, teller.world, topic, settlement)
    slots = Slots(teller.rng, person, spot, moment.date(), topic.fast)
    said = write_second(teller.rng, topic, slots, channel)
    return casebook.Asked(topic, spot, said.tag, said.text)


def _earlier(teller: Teller, day: date, duplicate: bool) -> Told | None:
    pool = teller.recent if duplicate else teller.older
    for _ in range(12 if pool else 0):
        told = teller.rng.choice(pool)
        age = (day - told.day).days
        if (0 <= age <= 3) if duplicate else (age >= 8 and told.topic.key != "thanks"):
            return told
    return None


def _again(
    teller: Teller, order: int, moment: datetime, told: Told, *, channel: str, duplicate: bool
) -> DemoAppeal:
    rng, text, tag = teller.rng, told.text, told.tag
    if duplicate:
        channel = next(c for c in ("pos", "vk", "portal", "incident") if c != told.channel)
    else:
        channel = "pos" if channel == "hotline122" else channel
        slots = Slots(rng, told.person, told.spot, moment.date(), told.topic.fast)
        said = write_repeat(rng, told.topic, slots, tag, channel)
        for _ in range(5):
            if _new(teller, said.text):
                break
            said = write_repeat(rng, told.topic, slots, tag, channel)
        text = said.text
    asked = (casebook.Asked(told.topic, told.spot, tag, text),)
    case = casebook.Case(order, moment, channel, "plain", told.person, text, asked, "", 1.0,
                         repeat_of=None if duplicate else told.order,
                         duplicate_of=told.order if duplicate else None)  # fmt: skip
    return casebook.write(rng, teller.world, teller.horizon, case)


def _new(teller: Teller, text: str) -> bool:
    mark = blake2b(_DIGITS.sub("", text.lower()).encode(), digest_size=8).digest()
    if mark in teller.seen:
        return False
    teller.seen.add(mark)
    return True

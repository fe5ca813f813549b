"""Answers of the bodies: on the merits with dates, or, from careless ones, empty phrases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from otklik.config.demo.people import Person
from otklik.config.demo.slots import Slots
from otklik.config.demo.source import read_yaml
from otklik.config.demo.templates import Line, choose, parse_lines, tidy
from otklik.config.demo.topics import DemoTopic
from otklik.config.demo.world import Body

QUICK = ("incident", "vk", "ok", "telegram", "max")


@dataclass(frozen=True, slots=True)
class Answer:
    """`result` is a value of the appeals' Result; `empty` marks an answer that says nothing."""

    text: str
    result: str
    measures_taken: bool
    empty: bool


@cache
def _lines(name: str) -> tuple[Line, ...]:
    note = read_yaml("answers.yaml")
    for part in name.split("."):
        note = note[part]
    return parse_lines(note)


def write_answer(
    rng: Random, topic: DemoTopic, body: Body, slots: Slots, *, tag: str, channel: str
) -> Answer:
    """The merits of one question's answer, without greeting and ending."""
    month = (slots.done or slots.today).month
    if rng.random() < (1 - body.care) * 0.4:
        return Answer(_render("empty", rng, slots, month), "explained", False, True)
    if body.kind != "external" and topic.theme == "energy" and rng.random() < 0.12:
        return Answer(_render("transferred", rng, slots, month), "transferred", False, False)
    share = 0.5 if channel in QUICK else 0.68
    solved = rng.random() < share * (0.7 + 0.4 * body.care)
    own = topic.done if solved else topic.plan
    fitting = tuple(x for x in own if x.tag == tag) or own
    line = choose(fitting, rng, month, tag)
    if line is None:
        line = rng.choice(_lines("generic_done" if solved else "generic_plan"))
    result = "supported" if solved else rng.choice(("explained", "explained", "not_supported"))
    return Answer(tidy(line.render(rng, slots, False)), result, solved, False)


def frame_answer(
    rng: Random, person: Person, topic: DemoTopic, body: Body, *, channel: str, merits: list[str]
) -> str:
    """The whole letter: greeting by name, merits of every question, ending."""
    kind = "short" if channel in QUICK else "formal"

    def say(part: str) -> str:
        text = "".join(
            node if isinstance(node, str) else str(_frame_slot(node, rng, topic, body))
            for node in rng.choice(_lines(f"{kind}.{part}")).nodes
        )
        return tidy(text)

    if kind == "formal":
        polite = "Уважаемая" if person.female else "Уважаемый"
        called = f"{person.first} {person.middle}".strip()
        parts = [f"{polite} {called}!", " ".join((say("intro"), *merits)), say("end")]
        return "\n".join(part for part in parts if part)
    greeting = rng.choice((f"{person.first}, здравствуйте!", "Здравствуйте!", "Добрый день!"))
    return " ".join(part for part in (greeting, say("intro"), *merits, say("end")) if part)


def _frame_slot(node: object, rng: Random, topic: DemoTopic, body: Body) -> str:
    values = {"label": topic.label, "body": body.short_name, "phone": body.phone}
    options = getattr(node, "options", None)
    if options:
        return "".join(str(part) for part in rng.choice(options))
    return values[str(getattr(node, "name", ""))]


def _render(name: str, rng: Random, slots: Slots, month: int) -> str:
    line = choose(_lines(name), rng, month, "")
    return tidy(line.render(rng, slots, False)) if line else ""

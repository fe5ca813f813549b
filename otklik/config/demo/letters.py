"""Writes an appeal the way its author would: an elder, a neighbour in a chat, an operator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from otklik.config.demo.slips import slip
from otklik.config.demo.slots import Slots
from otklik.config.demo.source import read_yaml
from otklik.config.demo.templates import Line, choose, parse_lines, tidy
from otklik.config.demo.topics import DemoTopic

VOICES = {
    "pos": (("plain", 70), ("formal", 15), ("angry", 15)),
    "portal": (("plain", 70), ("formal", 18), ("angry", 12)),
    "email": (("plain", 48), ("formal", 30), ("elder", 12), ("angry", 10)),
    "paper": (("elder", 62), ("formal", 38)),
    "reception": (("elder", 45), ("formal", 55)),
    "hotline122": (("phone", 100),),
}
CHAT = (("chat", 82), ("plain", 12), ("angry", 6))
SMILES = (")))", "((", "!!!")
GREETINGS = ("Здравствуйте", "Добрый", "Подскажите", "Тут", "Привет")
BROKEN_LINES = ("email", "paper", "portal")


@dataclass(frozen=True, slots=True)
class Voice:
    hello: tuple[Line, ...]
    lead: tuple[Line, ...]
    echo: tuple[Line, ...]
    end: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A written text and the tag of its trouble, by which the answer is chosen."""

    text: str
    tag: str


@cache
def voices() -> dict[str, Voice]:
    notes = read_yaml("voices.yaml")["voices"]
    return {
        name: Voice(*(parse_lines(note[part]) for part in ("hello", "lead", "echo", "end")))
        for name, note in notes.items()
    }


@cache
def phrases(name: str) -> tuple[Line, ...]:
    """Lines of a list of voices.yaml: second, repeat, remarks, comments.good …"""
    note = read_yaml("voices.yaml")
    for part in name.split("."):
        note = note[part]
    return parse_lines(note)


def draw_voice(rng: Random, channel: str) -> str:
    kinds = VOICES.get(channel, CHAT)
    return rng.choices([k for k, _ in kinds], [w for _, w in kinds])[0]


def write_appeal(
    rng: Random, topic: DemoTopic, slots: Slots, *, voice: str, channel: str, extra: int = 0
) -> Said:
    """The text of a first question; `extra` lengthens it when a shorter one was used already."""
    if voice == "chat" and rng.random() < 0.75:
        return _chat(rng, topic, slots, extra)
    month, parts = slots.today.month, voices()[voice]
    problem = _pick_problem(rng, topic, month)
    tag = problem.tag
    lines = [_say(problem, rng, slots)]
    details = _several(topic.detail, rng, month, tag, _details(rng, voice) + extra)
    lines += [_say(detail, rng, slots) for detail in details]
    if voice in ("elder", "angry", "chat") or rng.random() < 0.35:
        lines.append(_draw(parts.echo, rng, slots))
    if voice != "chat" or rng.random() < 0.3:
        ask = choose(topic.ask, rng, month, tag)
        lines.append(_say(ask, rng, slots) if ask else "")
    head = [_draw(parts.hello, rng, slots), _draw(parts.lead, rng, slots)]
    end = _draw(parts.end, rng, slots)
    gap = "\n" if channel in BROKEN_LINES and rng.random() < 0.6 else " "
    text = gap.join(part for part in (_join(head), _join(lines), end) if part)
    return Said(slip(rng, text, channel), tag)


def _chat(rng: Random, topic: DemoTopic, slots: Slots, extra: int) -> Said:
    month, parts = slots.today.month, voices()["chat"]
    short = choose(topic.short, rng, month, "") or topic.short[0]
    first = _say(short, rng, slots)
    greeted = first.split(" ")[0].strip(",!") in GREETINGS
    lines = ["" if greeted else _draw(parts.hello, rng, slots), first]
    if rng.random() < 0.45 or extra:
        details = _several(topic.detail, rng, month, short.tag, 1 + extra)
        lines += [_say(detail, rng, slots) for detail in details]
    if rng.random() < 0.3:
        lines.append(_draw(parts.echo, rng, slots))
    if rng.random() < 0.5:
        lines.append(_draw(parts.end, rng, slots))
    return Said(slip(rng, _join(lines, chat=True), "vk"), short.tag)


def write_second(rng: Random, topic: DemoTopic, slots: Slots, channel: str) -> Said:
    """A further question added to a text."""
    month = slots.today.month
    problem = _pick_problem(rng, topic, month)
    ask = choose(topic.ask, rng, month, problem.tag)
    lines = [_draw(phrases("second"), rng, slots), _say(problem, rng, slots)]
    if ask and rng.random() < 0.5:
        lines.append(_say(ask, rng, slots))
    return Said(slip(rng, _join(lines), channel), problem.tag)


def write_repeat(rng: Random, topic: DemoTopic, slots: Slots, tag: str, channel: str) -> Said:
    """The same person about the same trouble some weeks later."""
    month = slots.today.month
    fitting = [x for x in topic.problem if x.fits(month, tag) and x.tag == tag] or topic.problem
    lines = [_draw(phrases("repeat"), rng, slots), _say(rng.choice(fitting), rng, slots)]
    details = _several(topic.detail, rng, month, tag, rng.randint(0, 2))
    lines += [_say(detail, rng, slots) for detail in details]
    return Said(slip(rng, _join(lines), channel), tag)


def _pick_problem(rng: Random, topic: DemoTopic, month: int) -> Line:
    fitting = [x for x in topic.problem if not x.months or month in x.months] or topic.problem
    return fitting[int(rng.random() * len(fitting))]


def _several(lines: tuple[Line, ...], rng: Random, month: int, tag: str, count: int) -> list[Line]:
    fitting = [line for line in lines if line.fits(month, tag)]
    return rng.sample(fitting, min(count, len(fitting)))


def _details(rng: Random, voice: str) -> int:
    if voice in ("chat", "phone"):
        return rng.choice((0, 1, 1))
    return rng.choice((1, 1, 2, 2, 3))


def _say(line: Line, rng: Random, slots: Slots) -> str:
    return tidy(line.render(rng, slots, slots.person.female))


def _draw(lines: tuple[Line, ...], rng: Random, slots: Slots) -> str:
    return _say(rng.choice(lines), rng, slots)


def _join(parts: list[str], chat: bool = False) -> str:
    """Sentences in a row; one that ends with a word gets a full stop before the next."""
    text = ""
    for part in parts:
        if not part:
            continue
        if part in SMILES:
            text = text.rstrip(".!?") + part
            continue
        if text and not chat and text[-1] not in ".!?:…":
            text += "."
        elif text and chat and text[-1].isalnum():
            text += "," if part[0].islower() else "."
        text += f" {part}" if text else part
    return text

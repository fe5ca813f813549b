"""Writes the life of a case as far as the end of the demo lets it come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from otklik.config.demo.answers import Answer, frame_answer, write_answer
from otklik.config.demo.hitches import hitch
from otklik.config.demo.letters import phrases
from otklik.config.demo.life import REGIMES, Course, add_working_hours, between, live
from otklik.config.demo.model import DemoAppeal, DemoDraft, DemoQuestion
from otklik.config.demo.people import Person
from otklik.config.demo.places import Spot
from otklik.config.demo.slots import Slots
from otklik.config.demo.templates import tidy
from otklik.config.demo.topics import DemoTopic
from otklik.config.demo.world import Body, World

NUMBERED = {"pos": "ПОС", "incident": "ИМ", "hotline122": "122"}
SCORED, COMMENTED, REOPENED = 0.37, 0.6, 0.34


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as written."""

    topic: DemoTopic
    spot: Spot
    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    order: int
    received_at: datetime
    channel: str
    voice: str
    person: Person
    text: str
    asked: tuple[Asked, ...]
    story: str
    load: float
    repeat_of: int | None = None
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    score: int | None = None
    comment: str = ""
    scored_at: datetime | None = None
    reopened_at: datetime | None = None


def write(rng: Random, world: World, horizon: datetime, case: Case) -> DemoAppeal:
    """The appeal with everything that happened to it before `horizon`."""
    regime = _regime(case)
    bodies = [executor(world, asked) for asked in case.asked]
    courses = [
        live(rng, case.received_at, asked.topic, body, regime=regime, load=case.load)
        for asked, body in zip(case.asked, bodies, strict=True)
    ]
    first = min(course.registered_at for course in courses)
    courses = [replace(course, registered_at=first) for course in courses]
    slots = [
        Slots(rng, case.person, asked.spot, case.received_at.date(), asked.topic.fast,
              course.answered_at.date())
        for asked, course in zip(case.asked, courses, strict=True)
    ]  # fmt: skip
    answers = [
        write_answer(rng, asked.topic, body, slot, tag=asked.tag, channel=case.channel)
        for asked, body, slot in zip(case.asked, bodies, slots, strict=True)
    ]
    letter = frame_answer(rng, case.person, case.asked[0].topic, bodies[0],
                          channel=case.channel, merits=[a.text for a in answers])  # fmt: skip
    ended = max(course.answered_at for course in courses)
    trouble = hitch(rng, case.channel, case.person, ended=ended, horizon=horizon)
    done = ended <= horizon and not trouble
    drafts = _drafts(rng, courses[0], bodies[0], letter=letter, ended=ended, horizon=horizon)
    verdict = Verdict()
    if done:
        verdict = _verdict(rng, case, answers, courses[0], ended=ended, horizon=horizon)
    second = _second_end(rng, verdict, horizon)
    return DemoAppeal(
        order=case.order, channel=case.channel, regime=regime, kind=case.asked[0].topic.kind,
        status="approved" if trouble else _status(courses[0], drafts, verdict.reopened_at,
                                                  ended=ended, second=second, horizon=horizon),
        external_number=_external(case), applicant=case.person, text=case.text,
        questions=tuple(
            _question(n, asked, body, course, answer, horizon=horizon, held=bool(trouble))
            for n, (asked, body, course, answer) in enumerate(
                zip(case.asked, bodies, courses, answers, strict=True), 1)
        ),
        received_at=case.received_at, registered_at=_registered(case, courses[0], horizon),
        usual_end=courses[0].usual_end, extended_at=_extended_at(courses[0], horizon),
        drafts=drafts, answer=letter if done else "", answered_at=ended if done else None,
        score=verdict.score, comment=verdict.comment, scored_at=verdict.scored_at,
        reopened_at=verdict.reopened_at,
        second_answer=_second_letter(rng, case, bodies[0], slots[0], second) if second else "",
        second_answered_at=second, complained_body=case.asked[0].topic.against,
        repeat_of=case.repeat_of, duplicate_of=case.duplicate_of, story=case.story,
        thanks=case.asked[0].topic.key == "thanks", trouble=trouble,
        tried_at=ended if trouble else None,
    )  # fmt: skip


def executor(world: World, asked: Asked) -> Body:
    """The usual executor: by topic, in villages often the territorial office."""
    slug = asked.topic.village_body if asked.spot.body_is_village else asked.topic.body
    return world.body[asked.spot.settlement.office if slug == "office" else slug]


def _registered(case: Case, course: Course, horizon: datetime) -> datetime:
    """What came by the last evening is registered on arrival, as the program does it."""
    return _by(course.registered_at, horizon) or case.received_at


def _regime(case: Case) -> str:
    if case.channel in ("email", "portal") and case.voice in ("formal", "elder"):
        return "law59"
    return REGIMES[case.channel]


def _external(case: Case) -> str:
    prefix = NUMBERED.get(case.channel)
    return f"{prefix}-{case.received_at:%y%m}-{case.order:06d}" if prefix else ""


def _by(moment: datetime, horizon: datetime) -> datetime | None:
    return moment if moment <= horizon else None


def _question(
    number: int, asked: Asked, body: Body, course: Course, answer: Answer, *, horizon: datetime,
    held: bool,
) -> DemoQuestion:  # fmt: skip
    done = course.answered_at <= horizon and not held
    return DemoQuestion(
        number=number, text=asked.text, topic=asked.topic.key, code=asked.topic.code,
        place=asked.spot.place, body=body.slug, assigned_at=_by(course.assigned_at, horizon),
        answered_at=course.answered_at if done else None, answer=answer.text if done else "",
        result=answer.result if done else "", measures_taken=done and answer.measures_taken,
    )  # fmt: skip


def _status(
    course: Course, drafts: tuple[DemoDraft, ...], reopened: datetime | None, *, ended: datetime,
    second: datetime | None, horizon: datetime,
) -> str:  # fmt: skip
    if reopened and not second:
        return "assigned"
    if ended <= horizon:
        return "answered"
    if course.assigned_at > horizon:
        return "registered"
    return "on_approval" if drafts and not drafts[-1].remark else "assigned"


def _extended_at(course: Course, horizon: datetime) -> datetime | None:
    if not course.extended:
        return None
    return _by(add_working_hours(course.usual_end - timedelta(days=5), 1), horizon)


def _drafts(
    rng: Random, course: Course, body: Body, *, letter: str, ended: datetime, horizon: datetime
) -> tuple[DemoDraft, ...]:
    drafts = [DemoDraft(between(course.assigned_at, ended, rng.uniform(0.66, 0.92)), letter)]
    if rng.random() < 0.08 + 0.2 * (1 - body.care):
        line = rng.choice(phrases("remarks"))
        remark = tidy(line.render(rng, _no_slots, False))
        at = between(course.assigned_at, ended, rng.uniform(0.4, 0.62))
        early = DemoDraft(at, _shorter(letter), remark, line.tag)
        drafts.insert(0, early)
    return tuple(draft for draft in drafts if draft.at <= horizon)


def _no_slots(name: str, argument: str) -> str:
    raise KeyError(name)


def _shorter(letter: str) -> str:
    """The letter without its last sentence, as a first draft may be."""
    head, mark, _ = letter.rstrip(".").rpartition(". ")
    return head + "." if mark else letter


def _verdict(
    rng: Random, case: Case, answers: list[Answer], course: Course, *, ended: datetime,
    horizon: datetime,
) -> Verdict:  # fmt: skip
    if rng.random() > SCORED or case.asked[0].topic.key == "thanks":
        return Verdict()
    scored_at = ended + timedelta(days=min(rng.expovariate(0.6), 20), minutes=rng.randint(5, 90))
    if scored_at > horizon:
        return Verdict()
    score = _score(rng, answers, ended > course.usual_end)
    comment = ""
    if rng.random() < COMMENTED:
        kind = "good" if score >= 4 else "fair" if score == 3 else "bad"
        line = rng.choice(phrases(f"comments.{kind}"))
        comment = tidy(line.render(rng, _no_slots, case.person.female))
    reopened = score <= 2 and rng.random() < REOPENED
    return Verdict(score, comment, scored_at, scored_at if reopened else None)


def _score(rng: Random, answers: list[Answer], late: bool) -> int:
    if any(a.empty for a in answers):
        weights = [50, 30, 12, 5, 3]
    elif all(a.measures_taken for a in answers):
        weights = [3, 5, 12, 30, 50]
    else:
        weights = [14, 18, 28, 26, 14]
    score = rng.choices([1, 2, 3, 4, 5], weights)[0]
    return max(score - (1 if late and rng.random() < 0.7 else 0), 1)


def _second_end(rng: Random, verdict: Verdict, horizon: datetime) -> datetime | None:
    if not verdict.reopened_at:
        return None
    return _by(add_working_hours(verdict.reopened_at, rng.uniform(10, 110)), horizon)


def _second_letter(rng: Random, case: Case, body: Body, slots: Slots, second: datetime) -> str:
    asked = case.asked[0]
    again = Slots(rng, case.person, asked.spot, case.received_at.date(), slots.fast, second.date())
    lines = asked.topic.done
    fitting = [x for x in lines if x.fits(second.month, asked.tag)] or list(lines)
    merits = "Обращение рассмотрено повторно. " + tidy(
        rng.choice(fitting).render(rng, again, False)
    )
    return frame_answer(rng, case.person, asked.topic, body, channel=case.channel, merits=[merits])

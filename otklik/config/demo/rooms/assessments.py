"""Assessments of the last month: problems, work of bodies, parts of recipients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml
from otklik.insight.assessments import actions
from otklik.insight.assessments.models import Assessment
from otklik.insight.assessments.vocabulary import Kind, Sort, Step

Note = Mapping[str, Any]
ANALYST, HEAD = "sokolov", "golovin"


def assess(scene: Scene) -> None:
    """The analyst counts and advises, the head decides and publishes; each on its day."""
    told = read_yaml("rooms/assessments.yaml")
    since, until = _last_month(scene.evening.date())
    with scene.at(scene.moment(3, 10)):
        problems = _made(scene, Kind.PROBLEMS, since, until)
        _words(scene, problems, told["problems"])
    with scene.at(scene.moment(3, 11)):
        actions.send_for_approval(access=scene.access(ANALYST), assessment_id=problems.pk)
    _work(scene, told["work"], since, until)
    _duties(scene, told["duties"], since, until)


def _work(scene: Scene, told: Note, since: date, until: date) -> None:
    """Returned once, then approved, published, one recommendation made a task."""
    analyst, head = scene.access(ANALYST), scene.access(HEAD)
    today = scene.evening.date()
    with scene.at(scene.moment(6, 10)):
        work = _made(scene, Kind.WORK, since, until)
        _words(scene, work, told)
        advised = [
            actions.recommend(
                access=analyst,
                assessment_id=work.pk,
                sort=Sort(note["sort"]),
                text=note["text"],
                ground=note["ground"],
                body_id=scene.grounds.bodies[note["body"]].pk,
                due_on=today + timedelta(days=note["due"]),
            )
            for note in told["advice"]
        ]
        actions.send_for_approval(access=analyst, assessment_id=work.pk)
    with scene.at(scene.moment(5, 9)):
        actions.decide(access=head, assessment_id=work.pk, approve=False, remark=told["remark"])
    with scene.at(scene.moment(5, 12)):
        actions.send_for_approval(access=analyst, assessment_id=work.pk)
    with scene.at(scene.moment(4, 9)):
        actions.decide(access=head, assessment_id=work.pk, approve=True)
        actions.publish(access=head, assessment_id=work.pk)
        actions.give_task(access=head, recommendation_id=advised[told["task"]].pk)
    note = told["accepted"]
    with scene.at(scene.moment(2, 14)):
        actions.follow(
            access=scene.access(note["by"]),
            recommendation_id=advised[note["advice"]].pk,
            step=Step.ACCEPTED,
            comment=note["comment"],
        )


def _duties(scene: Scene, told: Note, since: date, until: date) -> None:
    with scene.at(scene.moment(4, 15)):
        made = _made(scene, Kind.DUTIES, since, until)
        sent = actions.send_parts(
            access=scene.access(ANALYST),
            assessment_id=made.pk,
            answer_by=scene.evening.date() + timedelta(days=told["due"]),
        )
    by_body = {part.body_id: part for part in sent}
    for note in told["proposals"]:
        part = by_body.get(scene.grounds.bodies[note["body"]].pk)
        if part is None:
            continue
        with scene.at(scene.moment(1, 15)):
            actions.propose(access=scene.access(note["by"]), part_id=part.pk, text=note["text"])


def _made(scene: Scene, kind: Kind, since: date, until: date) -> Assessment:
    return actions.make(access=scene.access(ANALYST), kind=kind, since=since, until=until)


def _words(scene: Scene, one: Assessment, told: Note) -> None:
    actions.write_words(access=scene.access(ANALYST), assessment_id=one.pk, text=told["words"])


def _last_month(today: date) -> tuple[date, date]:
    until = today.replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until

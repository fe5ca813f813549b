"""Furnishes the rooms of the demo by the product's own verbs, a few rows each."""

from __future__ import annotations

from datetime import datetime

from otklik.config.demo.grounds import Grounds
from otklik.config.demo.rooms.assessments import assess
from otklik.config.demo.rooms.automation import automate
from otklik.config.demo.rooms.common import Cases, Scene
from otklik.config.demo.rooms.consultations import hold_consultations
from otklik.config.demo.rooms.cuts import cut_cases
from otklik.config.demo.rooms.formalising import formalise
from otklik.config.demo.rooms.heat import show_map
from otklik.config.demo.rooms.papers import write_papers
from otklik.config.demo.rooms.problems import neighbours_write
from otklik.config.demo.rooms.proceedings import decide_by_law
from otklik.config.demo.rooms.proposals import propose
from otklik.config.demo.rooms.ratings import rate_bodies
from otklik.config.demo.rooms.reading import read_along
from otklik.config.demo.rooms.returns import hand_in_reports
from otklik.config.demo.rooms.tasks import give_tasks
from otklik.config.demo.rooms.teamwork import work_together
from otklik.config.demo.rooms.workload import weigh_work


def furnish(grounds: Grounds, evening: datetime) -> None:
    """Let the staff leave their traces; inside the caller's transaction."""
    scene = Scene(grounds, evening)
    cases = Cases(scene)
    read_along(scene)
    propose(scene, cases)
    work_together(scene, cases)
    decide_by_law(scene)
    give_tasks(scene)
    hand_in_reports(scene)
    automate(scene)
    neighbours_write(scene)
    formalise(scene)
    hold_consultations(scene)
    weigh_work(scene)


def look_back(grounds: Grounds, evening: datetime) -> None:
    """What counts cases: after the facts are built, inside the caller's transaction."""
    scene = Scene(grounds, evening)
    rate_bodies(scene)
    cut_cases(scene)
    write_papers(scene)
    assess(scene)
    show_map(scene)

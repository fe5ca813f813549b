"""Papers of the centre: handed over, signed but late with the delivery, a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from otklik.base.errors import Refused
from otklik.base.rhythm import Rhythm, Step
from otklik.config.demo.rooms.common import Scene
from otklik.directory.organisation.rules import Access
from otklik.insight.reports import actions
from otklik.insight.reports.models import Note
from otklik.insight.reports.rules.plan import Plan, last_period
from otklik.insight.reports.vocabulary import Way

ANALYST = "sokolov"
HEAD = "vetrova"
CENTRE = "Главе Заозёрского муниципального округа"
REGION = "В Центр управления регионом Северореченской области"
PROJECTS = (
    (
        "Программа «Светлые улицы»: за период заменено 114 светильников в Заозёрске и Лесопильном;"
        " сообщений о темноте там стало меньше."
    ),
    (
        "Проект «Дорога к школе»: отремонтированы подъезды к двум школам, третий объект перенесён"
        " на весну из-за погоды."
    ),
)
PLANS = {
    "classifier": Plan(rhythm=Rhythm(step=Step.MONTH, day=3), due_days=5, on=True),
    "pos": Plan(rhythm=Rhythm(step=Step.MONTH, day=3), due_days=7, on=True, recipient=REGION),
    "regional": Plan(
        rhythm=Rhythm(step=Step.QUARTER, day=5), due_days=20, on=True, recipient=REGION
    ),
}


def write_papers(scene: Scene) -> None:
    """After the facts are there; inside the caller's transaction."""
    today = scene.evening.date()
    month, quarter = last_period(Step.MONTH, today), last_period(Step.QUARTER, today)
    with scene.at(_day(scene, quarter[1], 2)):
        for kind, plan in PLANS.items():
            actions.set_schedule(access=scene.access(HEAD), kind=kind, plan=plan)
    if regional := _make(scene, "regional", quarter, after=4):
        with scene.at(_day(scene, quarter[1], 5)):
            analyst = scene.access(ANALYST)
            text = "\n".join(PROJECTS)
            actions.edit_part(access=analyst, note_id=regional.pk, key="projects", text=text)
        _sign(scene, regional, after=6)
        _hand_over(scene, regional, after=7, letter="исх. № 01-12/418", to=REGION)
    if summary := _make(scene, "classifier", month, after=3):
        _sign(scene, summary, after=4)
        _hand_over(scene, summary, after=5, letter="исх. № 01-12/447", to=CENTRE)
    if growth := _make(scene, "growth", month, after=4):
        _sign(scene, growth, after=6)
    _make(scene, "satisfaction", month, after=12)


def _make(scene: Scene, kind: str, span: Sequence[date], *, after: int) -> Note | None:
    """By the analyst so many days after the period; None where a small demo gives no words."""
    with scene.at(_day(scene, span[1], after)):
        access = scene.access(ANALYST)
        try:
            return actions.make_report(access=access, kind=kind, since=span[0], until=span[1])
        except Refused:
            return None


def _sign(scene: Scene, note: Note, *, after: int) -> None:
    with scene.at(_day(scene, note.until, after, 15)):
        actions.sign(access=_head(scene), note_id=note.pk)


def _hand_over(scene: Scene, note: Note, *, after: int, letter: str, to: str) -> None:
    with scene.at(_day(scene, note.until, after, 16)) as moment:
        given = actions.Delivery(to=to, on=moment.date(), way=Way.LETTER, letter=letter)
        actions.hand_over(access=scene.access(ANALYST), note_id=note.pk, delivery=given)


def _head(scene: Scene) -> Access:
    return scene.access(HEAD)


def _day(scene: Scene, ended: date, after: int, hour: int = 11) -> datetime:
    wanted = datetime.combine(ended + timedelta(days=after), time(hour), scene.evening.tzinfo)
    return min(wanted, scene.evening)

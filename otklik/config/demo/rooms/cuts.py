"""Cuts of the summary analysis: kept, opened to others, pinned, sent on Mondays, one frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.base.rhythm import Rhythm, Step
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.rooms.tasks import HEAD
from otklik.config.demo.source import read_yaml
from otklik.directory.organisation.actions import keep_legal_act
from otklik.directory.organisation.vocabulary import ActLevel
from otklik.insight.cuts import actions
from otklik.insight.cuts.models import SavedCut
from otklik.insight.cuts.rules import View, read_view
from otklik.insight.cuts.vocabulary import Audience, Rolling, SupplyForm

Note = Mapping[str, Any]


def cut_cases(scene: Scene) -> None:
    """Needs the facts: a frozen cut keeps what they say."""
    told = read_yaml("rooms/cuts.yaml")
    day = scene.moment(200).date()
    with scene.at(scene.moment(9, 10)):
        keep_legal_act(
            access=scene.access(told["keeper"]), level=ActLevel.MUNICIPAL, issued_on=day,
            in_force_from=day, **told["order"],
        )  # fmt: skip
    for note in told["cuts"]:
        _keep(scene, note)
    _freeze(scene, told["frozen"])


def _keep(scene: Scene, note: Note) -> None:
    access = scene.access(note["by"])
    view = _view(note)
    with scene.at(scene.moment(8, 15)):
        saved = actions.save_cut(
            access=access, name=note["name"], request=view.request, measure=view.first,
            view=view, rolling=Rolling(note["rolling"]),
        )  # fmt: skip
        if note.get("open"):
            actions.share_cut(access=access, cut_id=saved.pk, audience=Audience.ALL)
        for login in note.get("pinned", ()):
            actions.pin(access=scene.access(login), cut_id=saved.pk)
        if note.get("mailed"):
            _mail(scene, note, saved)


def _mail(scene: Scene, note: Note, saved: SavedCut) -> None:
    people = [scene.grounds.staff[login].pk for login in note["mailed"]]
    actions.set_mailing(
        access=scene.access(note["by"]),
        cut_id=saved.pk,
        rhythm=Rhythm(step=Step.WEEK, day=0, hour=8),
        account_ids=people,
    )


def _freeze(scene: Scene, note: Note) -> None:
    access = scene.access(note["by"])
    with scene.at(scene.moment(2, 12)) as moment:
        since = moment.date().replace(month=1, day=1)
        view = _view(note).over(since, moment.date())
        found = actions.freeze(access=access, name=note["name"], view=view)
    with scene.at(scene.moment(1, 16)):
        actions.supply(
            access=scene.access(HEAD),
            frozen_id=found.pk,
            to=note["to"],
            purpose=note["purpose"],
            form=SupplyForm.GEOJSON,
        )


def _view(note: Note) -> View:
    return read_view(note["words"], note["measures"])

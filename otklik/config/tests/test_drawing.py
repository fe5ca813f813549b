"""States of migrations drawn sparingly are the states Django draws."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import models
from django.db.migrations import operations
from django.db.migrations.state import ProjectState

from otklik.config.drawing import only_what_changed

KEY = ("id", models.AutoField(primary_key=True))
STEPS = [
    operations.CreateModel("Place", [KEY, ("name", models.TextField())]),
    operations.CreateModel(
        "House", [KEY, ("place", models.ForeignKey("rural.Place", models.CASCADE))]
    ),
    operations.CreateModel(
        "Visit", [KEY, ("house", models.ForeignKey("rural.House", models.CASCADE))]
    ),
    operations.AddIndex("House", models.Index(fields=["place"], name="house_by_place")),
    operations.AddConstraint(
        "Place", models.UniqueConstraint(fields=["name"], name="one_place_a_name")
    ),
    operations.AddField("Place", "people", models.IntegerField(null=True)),
    operations.CreateModel("Road", [KEY, ("places", models.ManyToManyField("rural.Place"))]),
]


def _drawn(way: AbstractContextManager[None]) -> dict[str, Any]:
    with way:
        state = ProjectState()
        assert not state.apps.all_models["rural"]
        for step in STEPS:
            state = state.clone()
            step.state_forwards("rural", state)
    found = {}
    names = {model.__name__ for model in state.apps.get_models(include_auto_created=True)}
    # As a step that reads or writes rows does.
    state.clear_delayed_apps_cache()
    for model in state.apps.get_models(include_auto_created=True):
        meta: Any = model._meta
        for field in meta.get_fields(include_hidden=True):
            target = field.related_model
            # Whoever refers to a model refers to the class that stands under its name.
            assert target is None or state.apps.get_model(target._meta.label) is target
        found[meta.label] = (
            [field.name for field in meta.get_fields(include_hidden=True)],
            [index.name for index in meta.indexes],
            [constraint.name for constraint in meta.constraints],
        )
    assert names == {label.removeprefix("rural.") for label in found}
    return found


def test_the_models_are_the_same_with_their_relations_indexes_and_constraints() -> None:
    sparing = _drawn(only_what_changed())
    assert sparing == _drawn(nullcontext())
    assert sparing["rural.House"][1:] == (["house_by_place"], [])

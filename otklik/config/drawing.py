"""Migrations without drawing the same models again and again.

Before each step Django makes classes of all models that have to do with the changed one, and of all
that have to do with those: in a database that begins empty, nine tenths of the time. A new model
nobody refers to yet, and an index or a constraint changes no class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def only_what_changed() -> Iterator[None]:
    """Within, a state of migrations draws a new model alone and for an index none."""
    usual = {name: getattr(ProjectState, name) for name in _OURS}
    _put(_OURS)
    try:
        yield
    finally:
        _put(usual)


def _put(methods: dict[str, Callable[..., None]]) -> None:
    for name, method in methods.items():
        setattr(ProjectState, name, method)


def _add_model(self: Any, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in vars(self):
        # Models drawn for an earlier state are to find the new one among their relations.
        for model in self.apps.get_models(include_auto_created=True):
            model._meta.apps = self.apps
        self.apps.render_multiple([model_state])
        # A step that reads or writes rows draws all of them anew before it.
        self.is_delayed = True


def _append_option(self: Any, app_label: str, model_name: str, option: str, added: Any) -> None:
    options = self.models[app_label, model_name].options
    options[option] = [*options[option], added]
    if "apps" in vars(self):
        setattr(self.apps.get_model(app_label, model_name)._meta, option, list(options[option]))


_OURS: dict[str, Callable[..., None]] = {
    "add_model": _add_model,
    "_append_option": _append_option,
}

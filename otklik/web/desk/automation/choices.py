"""Lists that the forms of this screen offer, each asked for once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model

from otklik.base import clock
from otklik.casework.problems.models import Problem
from otklik.casework.problems.vocabulary import OPEN_STATES
from otklik.casework.replies.queries.templates import templates_of
from otklik.directory.organisation.models import Municipality, Role
from otklik.directory.organisation.queries import bodies, people
from otklik.directory.organisation.queries.keeping import blocks_with_members
from otklik.directory.territory.queries import settlements
from otklik.web.desk.settings.workflow.guard import group_choices, topic_choices

Choices = list[Any]
MOST_PROBLEMS = 200


def rows(found: Iterable[Model]) -> Choices:
    return [(str(one.pk), str(one)) for one in found]


class Offer:
    """The lists of one municipality."""

    def __init__(self, place: Municipality) -> None:
        today = clock.today(place.tz)
        everyone = people(place.pk, today).filter(is_active=True).prefetch_related(None)
        found = topic_choices(place.pk)
        self.topics: Choices = [one for one in found if one[0]]
        self.groups: Choices = [one for one in group_choices(found) if one[0]]
        self.bodies = rows(bodies(place.pk))
        self.settlements = rows(settlements(place.pk))
        self.templates = [
            (str(one.pk), one.title) for one in templates_of(place.pk) if one.is_active
        ]
        self.people = [(str(one.pk), one.full_name) for one in everyone]
        self.roles = [(str(one.pk), one.label) for one in Role.objects.filter(municipality=place)]
        self.problems = [
            (str(one.pk), f"{one.number} {one.title}")
            for one in Problem.objects.filter(municipality=place, state__in=OPEN_STATES).order_by(
                "-pk"
            )[:MOST_PROBLEMS]
        ]
        self.blocks = rows(blocks_with_members(place.pk))


def offer(form: forms.Form, **lists: Choices) -> None:
    """Give the fields of a form their choices."""
    for name, choices in lists.items():
        cast(forms.ChoiceField, form.fields[name]).choices = choices


def empty(label: str, choices: Choices) -> Choices:
    return [("", label), *choices]


def many(
    label: str, *, hint: str = "", size: int = 0, choices: Any = ()
) -> forms.MultipleChoiceField:
    """Several of a list: boxes to tick, or with `size` a list to mark lines in."""
    widget: Any = forms.SelectMultiple({"size": size}) if size else forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(
        label=label, required=False, help_text=hint, widget=widget, choices=choices
    )


def text(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Textarea({"rows": 2})
    )


def day(label: str) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)

"""What was asked of the journal: period, person, kind of event, number of an appeal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from otklik.base.events import Event
from otklik.casework.appeals.queries import visible_to
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import recent


def kinds() -> dict[str, list[str]]:
    """Names of events by the Russian title of their kind, by alphabet."""
    found: dict[str, list[str]] = {}
    waiting = list(Event.__subclasses__())
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        if event.title:
            found.setdefault(event.title, []).append(event.__name__)
    return dict(sorted(found.items()))


class JournalForm(forms.Form):
    since = forms.DateField(label="С", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="По", required=False, widget=forms.DateInput({"type": "date"}))
    who = forms.CharField(label="Кто", required=False, max_length=100)
    kind = forms.ChoiceField(label="Что произошло", required=False)
    number = forms.CharField(label="Номер обращения", required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Любое событие"), *((title, title) for title in kinds())]


def found_by(form: JournalForm, access: Access, place: Municipality) -> QuerySet[Entry]:
    """Entries of this municipality that answer a valid form, newest first."""
    asked, found = form.cleaned_data, recent(access.municipality_id)
    if asked["since"]:
        found = found.filter(recorded_at__gte=_start(asked["since"], place))
    if asked["until"]:
        found = found.filter(recorded_at__lt=_start(asked["until"] + timedelta(days=1), place))
    if asked["who"]:
        found = found.filter(actor_label__icontains=asked["who"])
    if asked["kind"]:
        found = found.filter(name__in=kinds()[asked["kind"]])
    if asked["number"]:
        cases = visible_to(access).filter(number__iexact=asked["number"].strip())
        found = found.filter(case_id__in=list(cases.values_list("pk", flat=True)))
    return found


def numbers_of(access: Access, case_ids: set[int]) -> dict[int, str]:
    """Numbers of those of the appeals which this person may know about."""
    return dict(visible_to(access).filter(pk__in=case_ids).values_list("pk", "number"))


def _start(day: date, place: Municipality) -> datetime:
    return datetime.combine(day, time(), tzinfo=place.tz)

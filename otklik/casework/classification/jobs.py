"""Learning runs at night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base.errors import Refused
from otklik.casework.classification.actions import learn
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access


@app.periodic(cron="20 3 * * *")
@app.task(name="classification.learn_all", queue="heavy", queueing_lock="classification.learn_all")
def learn_all(timestamp: int) -> None:
    """Retrain every centre's model on its own history."""
    for pk in Municipality.objects.values_list("pk", flat=True):
        try:
            learn(access=Access.system(pk))
        except Refused:
            continue


@app.task(name="classification.learn", queue="heavy")
def learn_one(municipality_id: int) -> None:
    """Retrain one centre's model (after a large import)."""
    learn(access=Access.system(municipality_id))

"""How soon facts follow cases while much happens, and a rebuild of them all."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time

from bench.figures import Figure, once

EVENTS, SECONDS = 50, 60
LAG, REBUILD, MEMORY = 5, 600, 400


def measure() -> list[Figure]:
    lags, rate = _lags()
    begun = time.perf_counter()
    rows = _rebuilt()
    spent = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure(
            f"Отставание показателей при {rate:.0f} событиях/с",
            lags[len(lags) // 2],
            lags[int(len(lags) * 0.95)],
            LAG,
            "с",
        ),
        once("Наибольшее отставание", lags[-1], LAG, "с"),
        once(f"Полный пересчёт, вопросов: {rows}", spent, REBUILD, "с"),
        once("Память при пересчёте", memory, MEMORY, "МБ"),
    ]


def _rebuilt() -> int:
    from otklik.directory.organisation.models import Municipality
    from otklik.insight.facts.actions import rebuild

    return rebuild(municipality_id=Municipality.objects.get(is_demo=True).pk)


def _lags() -> tuple[list[float], float]:
    """Seconds from the commit of a change to the fact that says it, sorted; events a second."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    ProcrastinateJob.objects.filter(status="todo").update(status="cancelled")
    _seal_what_was_copied()
    command = [sys.executable, "-m", "otklik", "worker", "--jobs", "2"]
    worker = subprocess.Popen(command, env={**os.environ}, stdout=subprocess.DEVNULL)
    try:
        _awake(worker)
        return _followed()
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(timeout=60)
        except subprocess.TimeoutExpired:
            worker.kill()


def _seal_what_was_copied() -> None:
    """A living journal is sealed every five minutes; millions of copied entries are passed over."""
    from django.db.models import Max

    from otklik.base import clock
    from otklik.records.journal.models import Entry, Seal

    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    before = Seal.objects.order_by("-number").first()
    if before is not None and before.last_entry >= last:
        return
    Seal.objects.create(
        number=before.number + 1 if before else 1,
        first_entry=before.last_entry + 1 if before else 1,
        last_entry=last,
        entries=0,
        rows_hash="",
        row_hashes=b"",
        previous_hash=before.hash if before else "",
        hash="bench",
        sealed_at=clock.now(),
    )


def _awake(worker: subprocess.Popen[bytes]) -> None:
    """Wait until the worker says that it is there."""
    from procrastinate.contrib.django.models import ProcrastinateWorker

    known = set(ProcrastinateWorker.objects.values_list("pk", flat=True))
    while set(ProcrastinateWorker.objects.values_list("pk", flat=True)) <= known:
        if worker.poll() is not None:
            raise RuntimeError("the worker did not start")
        time.sleep(0.5)


def _followed() -> tuple[list[float], float]:
    from otklik.casework.appeals.models import Appeal

    dice = random.Random(7)
    ids = list(Appeal.objects.order_by("-pk").values_list("pk", flat=True)[:20_000])
    probes: list[threading.Thread] = []
    lags: list[float] = []
    begun, made = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < SECONDS:
        if made > spent * EVENTS:
            time.sleep(0.002)
            continue
        score = _change(dice.choice(ids), made)
        if made % EVENTS == 0:
            probe = threading.Thread(target=_probe, args=(*score, lags))
            probe.start()
            probes.append(probe)
        made += 1
    for probe in probes:
        probe.join()
    return sorted(lags), made / (time.perf_counter() - begun)


def _change(pk: int, number: int) -> tuple[int, int]:
    """A change of a case with its line in the journal, as an action makes it."""
    from django.db import transaction

    from otklik.base.actor import Actor
    from otklik.casework.appeals.events import PlaceSet
    from otklik.casework.appeals.models import Appeal
    from otklik.records.journal.actions import record

    mark = number % 30_000
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update().only("municipality_id").get(pk=pk)
        Appeal.objects.filter(pk=pk).update(reopened=mark)
        record(
            PlaceSet(subject_id=pk, case_id=pk, place="измерение"),
            actor=Actor.system(),
            municipality_id=appeal.municipality_id,
        )
    return pk, mark


def _probe(pk: int, mark: int, lags: list[float]) -> None:
    from django.db import connection

    from otklik.insight.facts.models import QuestionFact

    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        if QuestionFact.objects.filter(appeal_id=pk, reopened__gte=mark).exists():
            break
        time.sleep(0.05)
    lags.append(time.perf_counter() - begun)
    connection.close()

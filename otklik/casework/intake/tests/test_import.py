"""A run from the file to the cases: created, unchanged, updated, refused; stopped and resumed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.intake.actions import (
    RunSession,
    keep_upload,
    run_import_chunk,
    start_import,
)
from otklik.casework.intake.jobs import resume_imports, run_import
from otklik.casework.intake.models import ImportRowResult, ImportRun
from otklik.casework.intake.queries import problems_of
from otklik.casework.intake.tests.conftest import MAPPING, Writer, message, messages
from otklik.casework.intake.vocabulary import RunState, Source
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BodyKind
from otklik.directory.topics.models import Edition, Topic, TopicAlias
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db


def bring(access: Access, file: Path, **options: object) -> ImportRun:
    given_options = {"source": Source.INCIDENT, "mapping": MAPPING, **options}
    size = int(str(given_options.pop("size", 500)))
    run = start_import(access=access, file=file, **given_options)  # type: ignore[arg-type]
    return run_import_chunk(access=access, run_id=run.pk, file=file, size=size)


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    return (run.read, run.created, run.unchanged, run.updated, run.refused)


@pytest.mark.clause("ust-kubinsky:4.7.2")
def test_rows_become_cases_with_topic_body_and_deadline(importer: Access, write: Writer) -> None:
    run = bring(importer, write(messages(30)))
    assert counts(run) == (30, 30, 0, 0, 0)
    assert run.state == RunState.DONE
    appeal = Appeal.objects.select_related("topic", "executor_body").get(external_number="2")
    assert appeal.regime == Regime.INCIDENT
    assert appeal.channel == Channel.INCIDENT
    assert appeal.status == Status.ASSIGNED
    assert appeal.topic is not None
    assert appeal.topic.name == "Уличное освещение"
    assert appeal.executor_body is not None
    assert appeal.executor_body.name == "Горсвет"
    assert appeal.executor_body.kind == BodyKind.EXTERNAL
    assert appeal.received_at.isoformat() == "2024-03-03T07:02:00+00:00"
    deadline = Deadline.objects.get(appeal=appeal, kind=DeadlineKind.ANSWER)
    assert deadline.due_at == appeal.due_at
    assert deadline.explanation["sentence"]
    assert Assignment.objects.get(question__appeal=appeal).body == appeal.executor_body
    assert Question.objects.get(appeal=appeal).topic == appeal.topic
    story = set(Entry.objects.filter(case_id=appeal.pk).values_list("name", flat=True))
    assert story == {"AppealRegistered", "ExecutorAssigned", "DeadlineSet"}


def test_second_import_changes_nothing(importer: Access, write: Writer) -> None:
    file = write(messages(12))
    bring(importer, file)
    before = list(Appeal.objects.order_by("pk").values())
    assert counts(bring(importer, file)) == (12, 0, 12, 0, 0)
    assert list(Appeal.objects.order_by("pk").values()) == before
    assert Topic.objects.count() == 4


def test_news_of_the_other_system_is_taken_over(importer: Access, write: Writer) -> None:
    bring(importer, write(messages(3)))
    rows = messages(3)
    rows[1][5] = "Ответ дан"
    header = (
        "id",
        "Текст сообщения",
        "Тематика",
        "Ответственное лицо",
        "Дата создания",
        "Статус",
        "Дата ответа",
        "Плановый срок",
    )
    told = [[*row, "", ""] for row in rows]
    told[1][6] = "20.03.2024 15:00"
    told[2][7] = "30.03.2024"
    mapping = {**MAPPING, "answered_at": "Дата ответа", "due_at": "Плановый срок"}
    run = bring(importer, write(told, header=header), mapping=mapping)
    assert counts(run) == (3, 0, 1, 2, 0)
    answered = Appeal.objects.get(external_number="2")
    assert (answered.status, answered.external_status) == (Status.ANSWERED, "Ответ дан")
    assert answered.answered_at is not None
    assert Question.objects.get(appeal=answered).result == "explained"
    moved = Appeal.objects.get(external_number="3")
    deadline = Deadline.objects.get(appeal=moved, kind=DeadlineKind.ANSWER)
    assert deadline.due_at == moved.due_at
    assert moved.due_at is not None
    assert moved.due_at.isoformat() == "2024-03-30T20:59:59+00:00"
    assert deadline.state == DeadlineState.RUNNING
    assert Entry.objects.filter(case_id=answered.pk, name="ExternalUpdated").count() == 1


def test_local_work_is_never_overwritten(importer: Access, write: Writer) -> None:
    bring(importer, write([message(1)]))
    other = Topic.objects.create(edition=Edition.objects.get(), code="9000", name="Прочее")
    Appeal.objects.update(status=Status.ON_APPROVAL, topic=other, score=2)
    row = message(1)
    row[2], row[5] = "Новая тема", "Решено"
    assert bring(importer, write([row])).updated == 1
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.topic, appeal.score) == (Status.ON_APPROVAL, other, 2)
    assert appeal.external_status == "Решено"


def test_already_answered_rows_come_in_closed(importer: Access, write: Writer) -> None:
    header = ("Номер", "Текст", "Дата", "Дата ответа", "Статус", "Оценка", "59-ФЗ")
    rows = [
        [
            "П-1",
            "Обещали починить крышу и починили, спасибо большое",
            "01.03.2024",
            "05.03.2024",
            "Решено",
            "5",
            "нет",
        ],
        [
            "П-2",
            "Прошу рассмотреть моё обращение по крыше дома",
            "01.03.2024",
            "",
            "В работе",
            "",
            "да",
        ],
    ]
    run = bring(importer, write(rows, header=header), source=Source.POS, mapping={})
    assert counts(run) == (2, 2, 0, 0, 0)
    first = Appeal.objects.get(external_number="П-1")
    assert (first.status, first.score, first.regime) == (Status.ANSWERED, 5, Regime.POS)
    state = Deadline.objects.get(appeal=first, kind=DeadlineKind.ANSWER).state
    assert state == DeadlineState.MET
    assert Appeal.objects.get(external_number="П-2").regime == Regime.LAW59


def test_known_names_are_used_before_new_ones_are_made(importer: Access, write: Writer) -> None:
    body = Body.objects.create(
        municipality_id=importer.municipality_id,
        name="МКУ «Дорожное хозяйство района»",
        kind=BodyKind.INSTITUTION,
        external_names=["Дорожное хозяйство"],
    )
    edition = Edition.objects.create(slug="common", title="Общий")
    topic = Topic.objects.create(edition=edition, code="1", name="Дороги местного значения")
    TopicAlias.objects.create(
        municipality_id=importer.municipality_id,
        source=Source.INCIDENT,
        name="Содержание дорог",
        topic=topic,
    )
    bring(importer, write([message(1)]))
    appeal = Appeal.objects.get()
    assert (appeal.topic, appeal.executor_body) == (topic, body)


def test_the_same_text_again_is_tied_to_the_earlier_case(importer: Access, write: Writer) -> None:
    bring(importer, write([message(1)]))
    again = message(1)
    again[0], again[4] = "777", "09.04.2024"
    bring(importer, write([again]))
    later = Appeal.objects.get(external_number="777")
    assert later.repeats == Appeal.objects.get(external_number="1")


def test_dry_run_changes_nothing_and_tells_the_same(importer: Access, write: Writer) -> None:
    rows = messages(5)
    rows[3][4] = "когда-то"
    file = write(rows)
    run = bring(importer, file, dry_run=True)
    assert counts(run) == (5, 4, 0, 0, 1)
    assert not Appeal.objects.exists()
    assert not Topic.objects.exists()
    assert not Body.objects.exists()
    assert "Будет добавлено новых тем: 3." in run.notes
    assert counts(bring(importer, file)) == (5, 4, 0, 0, 1)


def test_rows_without_a_date_came_at_the_moment_of_import(importer: Access, write: Writer) -> None:
    mapping = {key: value for key, value in MAPPING.items() if key != "received_at"}
    run = bring(importer, write(messages(2)), mapping=mapping)
    assert {a.received_at for a in Appeal.objects.all()} == {run.started_at}


def test_killed_run_goes_on_where_it_stopped(importer: Access, write: Writer) -> None:
    file = write(messages(25))
    run = start_import(access=importer, file=file, source=Source.INCIDENT, mapping=MAPPING)
    run = run_import_chunk(access=importer, run_id=run.pk, file=file, size=4, chunks=3)
    assert (run.state, Appeal.objects.count()) == (RunState.RUNNING, 12)
    again = start_import(access=importer, file=file, source=Source.INCIDENT, mapping=MAPPING)
    assert again.pk == run.pk
    run = run_import_chunk(access=importer, run_id=run.pk, file=file, size=4)
    assert counts(run) == (25, 25, 0, 0, 0)
    assert ImportRowResult.objects.filter(run=run).count() == 25
    assert Appeal.objects.count() == 25


def test_a_batch_that_breaks_leaves_no_half(
    importer: Access, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(messages(8))
    run = start_import(access=importer, file=file, source=Source.INCIDENT, mapping=MAPPING)
    with RunSession(access=importer, run=run, file=file) as session:
        session.step(3)
        monkeypatch.setattr(RunSession, "_keep", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.step(3)
    assert Appeal.objects.count() == 3
    monkeypatch.undo()
    run = run_import_chunk(access=importer, run_id=run.pk, file=file)
    assert counts(run) == (8, 8, 0, 0, 0)


def test_two_processes_cannot_carry_one_run(importer: Access, write: Writer) -> None:
    file = write(messages(6))
    run = start_import(access=importer, file=file, source=Source.INCIDENT, mapping=MAPPING)
    with (
        RunSession(access=importer, run=run, file=file) as first,
        RunSession(access=importer, run=run, file=file) as second,
    ):
        first.step(2)
        with pytest.raises(Conflict, match="другой процесс"):
            second.step(2)


def test_outsider_may_not_import(municipality: object, importer: Access, write: Writer) -> None:
    outsider = Access(actor=importer.actor, municipality_id=importer.municipality_id)
    with pytest.raises(Forbidden, match="загружать выгрузки"):
        start_import(access=outsider, file=write([]), source=Source.POS, mapping={})


def test_text_column_must_be_there(importer: Access, write: Writer) -> None:
    with pytest.raises(Refused, match="нет столбца «Нет такого»") as caught:
        bring(importer, write(messages(1)), mapping={"text": "Нет такого"})
    assert "«Тематика»" in caught.value.mend


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    numbers=st.lists(st.integers(1, 30), min_size=1, max_size=20),
    split=st.integers(1, 7),
    bad=st.sets(st.integers(0, 19), max_size=3),
)
def test_any_batch_size_and_a_repeat_give_the_same_cases(
    importer: Access, write: Writer, numbers: list[int], split: int, bad: set[int]
) -> None:
    rows = [message(number) for number in numbers]
    for index in bad:
        if index < len(rows):
            rows[index][4] = "31.02.2024"
    file = write(rows)
    Appeal.objects.all().delete()
    ImportRun.objects.all().delete()
    first = bring(importer, file, size=split)
    good = {row[0] for row in rows if row[4] != "31.02.2024"}
    assert set(Appeal.objects.values_list("external_number", flat=True)) == good
    assert first.read == len(rows)
    assert first.created == len(good)
    assert first.created + first.refused == first.read
    again = bring(importer, file, size=500)
    assert counts(again) == (first.read, 0, first.created, 0, first.refused)
    refused = problems_of(again).values_list("row_number", flat=True)
    assert list(refused) == list(problems_of(first).values_list("row_number", flat=True))


def test_run_of_a_dead_worker_is_taken_up_again(importer: Access, write: Writer) -> None:
    file = write(messages(5))
    upload = keep_upload(access=importer, file_name="export.csv", chunks=[file.read_bytes()])
    run = start_import(
        access=importer, file=file, source=Source.INCIDENT, mapping=MAPPING, upload=upload
    )
    resume_imports(timestamp=0)
    assert not ProcrastinateJob.objects.exists()
    with clock.frozen(run.touched_at + timedelta(minutes=4)):
        resume_imports(timestamp=0)
    job = ProcrastinateJob.objects.get(task_name="intake.run_import")
    run_import(**job.args)
    assert Appeal.objects.count() == 5

"""Packages for ССТУ.РФ at the desk: made, checked, told what is missing, made again."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Regime, Result, Status
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.config.cli.sstu import sstu
from otklik.coordination.sstu.models import ExportRun, TopicCode
from otklik.coordination.sstu.rules import validated
from otklik.directory.topics.models import Edition, Topic
from otklik.records.journal.models import Entry, PersonalRead
from otklik.web.desk.tests.conftest import Centre
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 7, 0, tzinfo=UTC)
CAME = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
OURS = "11111111-2222-3333-4444-555555555555"
CODE = "0005.0005.0056.1153"
PAGES = {"desk:sstu": 9, "desk:sstu_package": 9, "desk:sstu_settings": 14}


@pytest.fixture(autouse=True)
def november() -> Iterable[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def light() -> Topic:
    edition = Edition.objects.create(slug="federal", title="Классификатор")
    return Topic.objects.create(edition=edition, code=CODE, name="Перебои в электроснабжении")


@pytest.fixture
def law59(file_appeal: FileAppeal) -> FileAppeal:
    def file(text: str = "Нет света на Садовой", **more: object) -> Appeal:
        person = NewApplicant(name="Иванова Мария Петровна", email="maria@zaozersk.test")
        given = {"regime": Regime.LAW59, "received_at": CAME, "applicant": person, **more}
        appeal = file_appeal(text, **given)
        Appeal.objects.filter(pk=appeal.pk).update(registered_at=CAME)
        return appeal

    return file


def answer(appeal: Appeal, text: str = "Свет включили 7 октября.") -> None:
    Question.objects.filter(appeal=appeal).update(
        result=Result.SUPPORTED, measures_taken=True, answered_at=CAME + timedelta(days=9)
    )
    Appeal.objects.filter(pk=appeal.pk).update(
        status=Status.ANSWERED, answered_at=CAME + timedelta(days=9)
    )
    Reply.objects.create(
        appeal=appeal, status=ReplyStatus.SENT, text=text, author_label="Дорожный И. П.",
        created_at=CAME,
    )  # fmt: skip


def settle(centre: Centre, **more: str) -> str:
    response = centre.head.client.post("/desk/sstu/settings/", {"sender": OURS, **more})
    return response.content.decode().replace("\u00a0", " ")


def make(centre: Centre, month: str = "2026-10") -> str:
    return (
        centre.head.client.post("/desk/sstu/", {"month": month}, follow=True)
        .content.decode()
        .replace("\u00a0", " ")
    )


def test_a_month_leaves_as_json_with_answers_attached(
    centre: Centre, light: Topic, law59: FileAppeal
) -> None:
    done = law59(topic_id=light.pk)
    answer(done)
    law59("Лампа мигает", topic_id=light.pk)
    law59("Сообщение, не обращение", topic_id=light.pk, regime=Regime.PORTAL)
    law59("Позже", topic_id=light.pk, received_at=NOW)
    settle(centre)
    page = make(centre)
    assert "Вошли все обращения" in page
    run = ExportRun.objects.get()
    assert (run.appeals, run.states) == (2, {"Supported": 1, "InWork": 1})
    kept = page.partition(f"/desk/sstu/{run.pk}/files/")[2].partition("/")[0]
    response = centre.head.client.get(f"/desk/sstu/{run.pk}/files/{kept}/")
    assert "sstu-2026-10.json" in response["Content-Disposition"]
    records = {one.number: one for one in validated(response.content)}
    assert str(records[done.number].departmentId) == OURS
    (question,) = records[done.number].questions
    assert (question.code, question.actionsTaken) == (CODE, True)
    assert (question.incomingDate, question.responseDate) == (date(2026, 10, 5), date(2026, 10, 14))
    assert question.attachment is not None
    assert base64.b64decode(question.attachment.content).decode() == "Свет включили 7 октября."
    assert Entry.objects.get(name="PackageMade").payload["appeals"] == 2
    assert PersonalRead.objects.filter(purpose="выгрузка в ССТУ.РФ").exists()


def test_what_is_missing_is_told_mended_and_sent_again(
    centre: Centre, law59: FileAppeal, light: Topic
) -> None:
    appeal = law59(topic_id=centre.leaks.pk)
    assert "Не задан идентификатор" in make(centre)
    settle(centre)
    page = make(centre)
    assert "у темы «Протечки» нет кода тематического классификатора" in page
    assert f"/desk/appeals/{appeal.pk}/" in page
    field = f"topic-{centre.leaks.pk}"
    assert "записан неверно" in settle(centre, **{field: "12"})
    assert "в классификаторе нет" in settle(centre, **{field: "0001.0001.0001.0001"})
    assert "не похож на идентификатор" in settle(centre, **{f"body-{centre.water.pk}": "12"})
    assert not TopicCode.objects.exists()
    settle(centre, **{field: CODE, f"body-{centre.water.pk}": OURS})
    centre.water.refresh_from_db()
    assert str(centre.water.sstu_id) == OURS
    again = make(centre)
    assert "Добавились" in again
    assert [run.appeals for run in ExportRun.objects.order_by("pk")] == [0, 1]
    assert "не изменился с прошлого раза" in make(centre)
    assert ExportRun.objects.count() == 2


def test_a_month_to_come_and_strangers_are_refused(centre: Centre) -> None:
    settle(centre)
    assert "ещё не начался" in make(centre, "2026-12")
    assert "Выберите месяц" in make(centre, "октябрь")
    for name in ("desk:sstu", "desk:sstu_settings"):
        assert centre.executor.client.get(reverse(name)).status_code == 403


def test_the_command_writes_the_same_package(
    centre: Centre, light: Topic, law59: FileAppeal, tmp_path: Path
) -> None:
    law59(topic_id=light.pk)
    settle(centre)
    out = tmp_path / "oct.json"
    call = ["--month", "2026-10", "--out", str(out), "--json"]
    result = CliRunner().invoke(sstu, call)
    assert result.exit_code == 0, result.exception
    told = json.loads(result.output)
    assert (told["appeals"], told["new"], told["refusals"]) == (1, True, [])
    assert len(validated(out.read_bytes())) == 1
    assert json.loads(CliRunner().invoke(sstu, call).output)["new"] is False


def test_pages_ask_the_same_however_much_there_is(centre: Centre, law59: FileAppeal) -> None:
    client = centre.head.client
    settle(centre)

    def fill(numbers: range) -> ExportRun:
        for number in numbers:
            topic = Topic.objects.create(
                edition=centre.leaks.edition, code=f"x{number}", name=f"Тема {number}"
            )
            law59(f"Вопрос {number}", topic_id=topic.pk)
            make(centre)
        return ExportRun.objects.latest("pk")

    def addresses(run: ExportRun) -> dict[str, str]:
        return {n: reverse(n, args=[run.pk] if "package" in n else []) for n in PAGES}

    first = addresses(fill(range(2)))
    few, short = counts_of(client, first), sizes_of(client, first)
    last = addresses(fill(range(2, 8)))
    many, long = counts_of(client, last), sizes_of(client, last)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert longer(short, long) == set(PAGES)
    assert set(views_of("otklik.web.desk.sstu")) == {*PAGES, "desk:sstu_file"}

"""Forty messages of one burst pipe become one problem, and every author gets his own answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant, PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.problems.actions import answering
from otklik.casework.problems.models import AnswerRow, AnswerRun, AnswerStage, Problem, Spike
from otklik.casework.problems.vocabulary import CaseState, ProblemState, RowState
from otklik.casework.replies.actions import send_reply
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import House, Settlement, Street
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.insight.facts.tests.world import run_jobs
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

pytestmark = pytest.mark.django_db
FileAppeal = Callable[..., Appeal]
NOW = datetime(2026, 2, 10, 7, tzinfo=UTC)
WORDS = (
    "Прорвало трубу у дома, вода хлещет на дорогу", "Нет воды, в кране сухо с утра",
    "Порыв водопровода, вода бежит по улице", "Из-под земли бьёт фонтан воды, заливает двор",
    "Сидим без воды, где-то прорыв", "Вода течёт по улице рекой, прорвало водопровод",
    "Авария на водопроводе: фонтан выше забора", "Когда дадут воду? В кранах пусто",
    "На дороге озеро, под асфальтом лопнула труба", "Отключили воду без предупреждения",
    "Прорыв трубы напротив магазина, вода уходит в подвал", "Ни капли воды с семи утра",
    "Водопровод лопнул, улицу залило", "Вода пропала во всём доме",
    "Течь водопровода, скоро провалится дорога", "Воды нет, детей не помыть",
    "Бьёт вода из колодца, напора в доме нет", "Прорвало водопроводную трубу, примите меры",
    "У нас нет холодной воды, в чём дело", "Потоп на улице, прорвало магистраль, воды нет",
)  # fmt: skip
AGO = ("", ", пожалуйста, разберитесь")
DECOYS = (
    "Почистите снег на тротуаре", "Стая собак у школы, страшно ходить",
    "Не горят фонари третий день", "Автобус опять не пришёл по расписанию",
)  # fmt: skip
NAMES = (
    "Иванова Мария Петровна", "Сидоров Пётр Ильич", "Котова Анна Львовна", "Орлов Илья Сергеевич",
    "Белкин Олег Игоревич",
)  # fmt: skip
TEXT = (
    "Порыв водопровода на улице Садовой устранён 10 февраля 2026 года: заменён участок трубы, "
    "водоснабжение домов восстановлено в полном объёме. Приносим извинения за неудобства."
)
SHORT = "Порыв на Садовой устранён 10 февраля 2026 года, вода в домах снова есть. Просим прощения."


class Burst:
    """The street of the burst pipe."""

    def __init__(self, centre: Centre, file_appeal: FileAppeal) -> None:
        self._centre, self._file = centre, file_appeal
        village = Settlement.objects.create(
            municipality=centre.municipality, name="Берёзовка", kind="village"
        )
        street = Street.objects.create(settlement=village, name="Садовая")
        self._places = [
            PlaceGiven(
                settlement_id=village.pk, street_id=street.pk, lat=53.0 + n / 9000, lon=41.0,
                house_id=House.objects.create(
                    street=street, number=str(1 + 2 * n), lat=53.0 + n / 9000, lon=41.0
                ).pk,
            )
            for n in range(4)
        ]  # fmt: skip
        self.count = 0

    def say(self, text: str, hours: float = 0, **more: object) -> Appeal:
        nr = self.count
        self.count += 1
        at = NOW + timedelta(hours=hours)
        values: dict[str, object] = {
            "regime": Regime.MAIL, "channel": Channel.EMAIL, "place": self._places[nr % 4],
            "applicant": NewApplicant(name=NAMES[nr % 5], email=f"author{nr}@mail.test"),
            "topic_id": self._centre.leaks.pk, "received_at": at,
        }  # fmt: skip
        with clock.frozen(at):
            case = self._file(text, **{**values, **more})
            assign_executor(
                access=self._centre.head.access, appeal_id=case.pk, body_id=self._centre.roads.pk
            )
            run_jobs("problems.propose")
            _forget_jobs()
        return case

    def several(self, count: int) -> list[Appeal]:
        return [self.say(f"{WORDS[n % 20]}{AGO[n // 20 % 2]}", n / 12) for n in range(count)]


def _forget_jobs() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    ProcrastinateJob.objects.filter(task_name="problems.propose").delete()


def work() -> None:
    """The worker at its stages."""
    for stage in AnswerStage.objects.exclude(state="done").order_by("pk"):
        answering.carry_out(stage_id=stage.pk)


@pytest.fixture
def burst(centre: Centre, file_appeal: FileAppeal) -> Burst:
    for kind in ("email", "vk"):
        ChannelAccount.objects.create(
            municipality=centre.municipality, kind=kind, title=kind, enabled=True
        )
    return Burst(centre, file_appeal)


def page(person: Person, name: str, *args: object) -> str:
    answer = person.client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def press(person: Person, name: str, pk: int, **given: object) -> str:
    """What the next page says."""
    answer = person.client.post(reverse(f"desk:{name}", args=[pk]), given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def answered(centre: Centre, problem: Problem, key: str = "один") -> AnswerRun:
    """Prepared by the executor, decided and sent by word of the head and the operator."""
    press(centre.executor, "problem_answer", problem.pk, key=key, text=TEXT, short_text=SHORT,
          result="supported", measures_taken="1", checked="1")  # fmt: skip
    run = AnswerRun.objects.get(key=key)
    work()
    while run.rows.filter(state=RowState.SUBMITTED).exists():
        press(centre.head, "problem_stage", run.pk, stage="approve")
        work()
    press(centre.operator, "problem_stage", run.pk, stage="send")
    return run


@pytest.mark.clause("novoduginsky:1.2.v.1")
def test_forty_messages_become_one_problem_and_each_author_is_answered(
    centre: Centre, burst: Burst
) -> None:
    told = burst.several(40)
    others = [burst.say(text, 1 + n) for n, text in enumerate(DECOYS)]
    vk = burst.say(
        "Прорвало трубу, вода хлещет", 3.5, regime=Regime.SOCIAL, channel=Channel.VK,
        applicant=NewApplicant(name=NAMES[0], external_profile="https://vk.test/id7"),
    )  # fmt: skip
    writer = NewApplicant(
        name="Лугов Иван Ильич", postal_address="Садовая, 3", email="lugov@mail.test"
    )
    law = burst.say(
        "Прорвало водопровод, вода течёт по улице", 3.6, regime=Regime.LAW59,
        channel=Channel.PAPER, applicant=writer,
    )  # fmt: skip
    problem = Problem.objects.get()
    assert problem.state == ProblemState.PROPOSED
    inside = set(problem.cases.values_list("appeal_id", flat=True))
    assert not inside & {case.pk for case in others}
    assert {case.pk for case in told} | {vk.pk, law.pk} == inside
    shown = page(centre.operator, "problem", problem.pk)
    assert "Прорыв трубы: улица Садовая, село Берёзовка" in shown
    assert "Это одна проблема?" in shown
    assert "42 обращения" in shown
    assert problem.title in page(centre.operator, "problems")
    assert reverse("desk:appeal", args=[told[0].pk]) in shown
    assert "Массовая проблема" in page(centre.operator, "appeal", told[0].pk)
    press(centre.operator, "problem_confirmation", problem.pk)
    with clock.frozen(NOW + timedelta(hours=5)):
        run = answered(centre, problem)
        work()
        work()
    assert not list(run.rows.exclude(state=RowState.QUEUED).values_list("said", flat=True))
    sent = OutboundMessage.objects.filter(purpose="answer")
    assert sent.count() == 42
    assert sent.get(case_id=law.pk).attachment_ids
    by_mail = {one.recipient: one for one in sent.filter(channel="email")}
    for nr, case in enumerate(told):
        letter = by_mail[f"author{nr}@mail.test"]
        _, name, patronymic = NAMES[nr % 5].split()
        assert letter.text.startswith(f"Здравствуйте, {name} {patronymic}!")
        assert case.number in letter.subject
        assert "заменён участок трубы" in letter.text
    (in_vk,) = sent.filter(channel="vk")
    assert in_vk.text == f"Здравствуйте!\n\n{SHORT}"
    late = burst.say("Порыв трубы, вода на дороге, в домах сухо", 5.2)
    assert problem.cases.get(appeal=late).state == CaseState.JOINED


def test_a_killed_job_goes_on_and_sends_nothing_twice(
    centre: Centre, burst: Burst, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = burst.several(4)
    problem = Problem.objects.get()
    press(centre.operator, "problem_confirmation", problem.pk)
    Appeal.objects.filter(pk=cases[0].pk).update(status=Status.WITHDRAWN)
    press(centre.executor, "reply", cases[1].pk, text=TEXT, verb="save")
    assert Reply.objects.filter(appeal=cases[1]).exists()
    with clock.frozen(NOW + timedelta(hours=5)):
        run = answered(centre, problem)
        press(centre.executor, "problem_answer", problem.pk, key="один", text=TEXT, checked="1")
        press(centre.operator, "problem_stage", run.pk, stage="send")
        assert (AnswerRun.objects.count(), run.stages.filter(stage="send").count()) == (1, 1)
        real, calls = send_reply, []

        def dying(**given: object) -> object:
            calls.append(given["reply_id"])
            if len(calls) == 2:
                raise SystemExit
            return real(**given)  # type: ignore[arg-type]

        monkeypatch.setattr(answering, "send_reply", dying)
        with pytest.raises(SystemExit):
            work()
        assert OutboundMessage.objects.filter(purpose="answer").count() == 1
        monkeypatch.setattr(answering, "send_reply", real)
        work()
        work()
    assert OutboundMessage.objects.filter(purpose="answer").count() == 2
    rows = {row.appeal_id: row for row in run.rows.all()}
    assert "закрыто: прекращено по заявлению" in rows[cases[0].pk].said
    assert "уже готовят свой ответ" in rows[cases[1].pk].said
    shown = page(centre.operator, "problem_answers", run.pk)
    assert "уже готовят свой ответ" in shown
    assert Reply.objects.filter(appeal=cases[1]).count() == 1


def test_what_a_colleague_rewrote_is_left_to_its_card(centre: Centre, burst: Burst) -> None:
    burst.several(3)
    problem = Problem.objects.get()
    press(centre.operator, "problem_confirmation", problem.pk)
    press(centre.executor, "problem_answer", problem.pk, key="два", text=TEXT, checked="1")
    work()
    row = AnswerRow.objects.order_by("pk")[0]
    Reply.objects.filter(pk=row.reply_id or 0).update(text="Другой текст")
    run = AnswerRun.objects.get()
    press(centre.head, "problem_stage", run.pk, stage="approve")
    work()
    row.refresh_from_db()
    assert row.state == RowState.SUBMITTED
    assert "Текст этого ответа изменили" in row.said
    refused = press(centre.executor, "problem_answer", problem.pk, key="три", text="", checked="1")
    assert "Ответ пустой" in refused
    unknown = press(
        centre.executor, "problem_answer", problem.pk, key="три", text="{дворник}", checked="1"
    )
    assert "Таких мест для подстановки нет" in unknown


def test_people_join_split_merge_and_dismiss_on_the_pages(centre: Centre, burst: Burst) -> None:
    cases = burst.several(4)
    problem = Problem.objects.get()
    press(centre.operator, "problem_confirmation", problem.pk)
    said = press(centre.operator, "problem_cases", problem.pk, verb="split", case=[cases[0].pk])
    assert "Выделена проблема" in said
    new = Problem.objects.exclude(pk=problem.pk).get()
    assert "Исключено: 1 обращение" in press(
        centre.operator, "problem_cases", problem.pk, verb="out", case=[cases[1].pk], reason="снег"
    )
    assert "Присоединено: 1 обращение" in press(
        centre.operator, "problem_cases", problem.pk, verb="number", number=cases[1].number
    )
    assert "Обращения № 77 нет" in press(
        centre.operator, "problem_cases", problem.pk, verb="number", number="77"
    )
    assert "4 обращения" in press(centre.operator, "problem_merging", problem.pk, other=new.pk)
    press(centre.operator, "problem_description", problem.pk, title="Потоп", cause="старая труба")
    assert "старая труба" in page(centre.operator, "problem", problem.pk)
    press(centre.operator, "problem_solution", problem.pk)
    problem.refresh_from_db()
    assert problem.state == ProblemState.SOLVED
    snow = burst.say("Почистите снег", 30)
    listed = centre.operator.client.get(reverse("desk:appeals")).content.decode()
    assert 'form="to-problem"' in listed
    choice = reverse("desk:problem_joining") + f"?case={snow.pk}"
    assert str(snow) in centre.operator.client.get(choice).content.decode()
    centre.operator.client.post(reverse("desk:problem_joining"), {"case": [snow.pk]})
    made = Problem.objects.latest("pk")
    assert made.cases_count == 1
    press(centre.operator, "problem_dismissal", made.pk)
    made.refresh_from_db()
    assert made.state == ProblemState.DISMISSED


def test_an_outsider_sees_nothing_and_changes_nothing(centre: Centre, burst: Burst) -> None:
    burst.several(3)
    problem = Problem.objects.get()
    said = press(centre.executor, "problem_confirmation", problem.pk)
    assert "попросите" in said.lower()
    stranger = make_person(
        centre.municipality, "Чужой Иван Петрович", {Permission.VIEW_APPEALS: Scope.BODY},
        centre.water,
    )  # fmt: skip
    assert stranger.client.get(reverse("desk:problem", args=[problem.pk])).status_code == 404
    assert problem.title not in page(stranger, "problems")


def test_a_spike_stands_on_the_first_page_with_its_numbers(centre: Centre, burst: Burst) -> None:
    from otklik.casework.problems.actions import notice_spikes
    from otklik.exchange.notifications.models import Notice

    for week in range(1, 9):
        burst.say("Снова течёт кран", -24 * 7 * week)
    burst.several(9)
    later = NOW + timedelta(hours=3)
    with clock.frozen(later):
        (spike,) = notice_spikes(municipality_id=centre.municipality.pk, now=later)
        assert notice_spikes(municipality_id=centre.municipality.pk, now=later) == []
        assert (spike.count, spike.usual) == (9, 1.0)
        assert "9 обращений за день, обычно для вторника — 1" in page(centre.head, "today")
        assert "обычно для вторника" in page(centre.operator, "problems")
    told = Notice.objects.filter(kind="spike", account=centre.head.account)
    assert told.count() == 1
    assert Spike.objects.count() == 1


def test_options_are_set_on_the_list(centre: Centre, setter: Person) -> None:
    boss = make_person(
        centre.municipality, "Настройкин Иван Ильич",
        dict.fromkeys((Permission.VIEW_APPEALS, Permission.SET_UP), Scope.MUNICIPALITY),
    )  # fmt: skip
    url = reverse("desk:problem_options")
    given = {"least": 5, "window_hours": 24}
    saved = boss.client.post(url, given, follow=True).content.decode()
    assert "Сохранено" in saved
    assert 'value="5"' in saved
    wrong = boss.client.post(url, {**given, "least": 1}, follow=True).content.decode()
    assert "Не сохранено" in wrong


LISTS = {"desk:problems": 10, "desk:problem_joining": 9}
CARDS = {"desk:problem": 24, "desk:problem_answers": 12, "desk:problem_progress": 10}
POST_ONLY = {
    "desk:problem_confirmation", "desk:problem_dismissal", "desk:problem_solution",
    "desk:problem_description", "desk:problem_cases", "desk:problem_merging",
    "desk:problem_answer", "desk:problem_stage", "desk:problem_options",
}  # fmt: skip


def test_pages_ask_the_same_of_three_cases_and_of_ten(centre: Centre, burst: Burst) -> None:
    everyone = make_person(
        centre.municipality, "Всемогущая Вера", dict.fromkeys(Permission, Scope.MUNICIPALITY)
    )
    cases = burst.several(3)
    problem = Problem.objects.get()
    press(everyone, "problem_confirmation", problem.pk)
    press(everyone, "problem_answer", problem.pk, key="раз", text=TEXT, checked="1")
    run = AnswerRun.objects.get()
    work()
    keys = {"desk:problem": problem.pk, "desk:problem_answers": run.pk,
            "desk:problem_progress": run.pk}  # fmt: skip
    pages = {name: reverse(name) for name in LISTS}
    pages["desk:problem_joining"] += f"?case={cases[0].pk}"
    pages |= {name: reverse(name, args=[pk]) for name, pk in keys.items()}
    few, short = counts_of(everyone.client, pages), sizes_of(everyone.client, pages)
    for nr in range(3, 9):
        case = burst.say(WORDS[nr], 1 + nr / 10)
        AnswerRow.objects.create(run=run, appeal=case, state=RowState.REFUSED, said="нельзя")
    for case in cases:
        made = Problem.objects.create(
            municipality=centre.municipality, number=f"МП-{case.pk}", title="Снег",
            state="proposed",
            started_at=NOW, made_at=NOW, made_label="",
        )  # fmt: skip
        assert made.pk
    many = counts_of(everyone.client, pages)
    assert grown(few, many) == {}
    assert over(many, {**LISTS, **CARDS}) == {}
    assert longer(short, sizes_of(everyone.client, pages)) >= {
        "desk:problems", "desk:problem", "desk:problem_answers",
    }  # fmt: skip


def test_every_address_is_counted_or_takes_posts_only(centre: Centre) -> None:
    own = {
        name
        for name, view in views_of("otklik.web.desk").items()
        if view.__module__.startswith("otklik.web.desk.problems")
    }
    assert own == {*LISTS, *CARDS} | POST_ONLY
    for name in POST_ONLY - {"desk:problem_options"}:
        assert centre.executor.client.get(reverse(name, args=[1])).status_code in (403, 405)

"""The record of errors at the desk: marked, listed, reported, and only by those who may."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Status
from otklik.casework.quality import actions
from otklik.casework.quality.models import Advice, Finding, Signal
from otklik.casework.quality.vocabulary import ConflictKind, FaultKind, SignalKind, SignalState
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.actions import ask
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.queries import opinions, token_of
from otklik.directory.organisation.models import Appointment, Block, BlockMember, Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.desk.tests.crowd import add_reply
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

PAGES = {
    "desk:quality": 12,
    "desk:quality?sort=conflict": 12,
    "desk:signals": 12,
    "desk:advice": 12,
    "desk:quality_report": 12,
    "desk:quality_report_file:xlsx": 14,
    "desk:conflict_new": 9,
    "desk:finding": 12,
    "desk:satisfaction": 13,
    "desk:satisfaction?by=channel": 13,
}
STEADY = {"desk:conflict_new"}  # pages that show the same amount however much there is
POSTS = {
    "desk:signal_decision", "desk:advice_new", "desk:advice_state", "desk:finding_settlement",
}  # fmt: skip
RIGHTS = (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.QUALITY)


@pytest.fixture
def chief(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Орлова Вера Ильинична", dict.fromkeys(RIGHTS, Scope.MUNICIPALITY)
    )


@pytest.fixture
def appeal(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal()
    assign_executor(access=centre.head.access, appeal_id=made.pk, body_id=centre.roads.pk)
    return made


def text_of(person: Person, url: str) -> str:
    response = person.client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().replace("\u00a0", " ")


def mark(person: Person, appeal: Appeal, **more: str) -> Finding:
    form = {"kind": FaultKind.FORMAL, "quote": "меры приняты", "essence": "нет срока", **more}
    answer = person.client.post(reverse("desk:fault", args=[appeal.pk]), form)
    assert answer.url == reverse("desk:appeal", args=[appeal.pk])  # type: ignore[attr-defined]
    return Finding.objects.latest("pk")


@pytest.mark.clause("dedovichi:13.7")
def test_an_error_is_marked_on_the_card_and_listed(
    centre: Centre, chief: Person, appeal: Appeal
) -> None:
    add_reply(centre, appeal, "sent")
    assert "Отметить ошибку" in text_of(chief, reverse("desk:appeal", args=[appeal.pk]))
    made = mark(chief, appeal, corrected="1")
    assert (made.body, made.state, made.person_label) == (centre.roads, "mended", "Исполнитель")
    listed = text_of(chief, reverse("desk:quality"))
    assert "отписка: нет решения и сроков" in listed
    assert appeal.number in listed
    assert "Отметить ошибку" not in text_of(
        centre.executor, reverse("desk:appeal", args=[appeal.pk])
    )


def test_who_keeps_no_record_is_refused(centre: Centre, appeal: Appeal, chief: Person) -> None:
    made = mark(chief, appeal)
    for name in ("desk:quality", "desk:signals", "desk:quality_report", "desk:conflict_new"):
        assert centre.executor.client.get(reverse(name)).status_code == 403
    centre.executor.client.post(reverse("desk:fault", args=[appeal.pk]), {"kind": "rude"})
    assert Finding.objects.count() == 1
    url = reverse("desk:finding", args=[made.pk])
    assert centre.executor.client.get(url).status_code == 404


@pytest.mark.clause("dedovichi:7.3", "tuapse:2.3.3")
def test_a_conflict_is_registered_with_parties_cause_measure_and_outcome(
    chief: Person, appeal: Appeal
) -> None:
    form = {
        "kind": ConflictKind.RUDENESS, "number": f"№ {appeal.number}", "parties": "житель и мастер",
        "cause": "грубый ответ", "measure": "беседа", "outcome": "извинились",
    }  # fmt: skip
    wrong = chief.client.post(reverse("desk:conflict_new"), {**form, "number": "нет-такого"})
    assert "Обращения № нет-такого нет." in wrong.content.decode()
    chief.client.post(reverse("desk:conflict_new"), form)
    made = Finding.objects.get()
    assert made.appeal == appeal
    shown = text_of(chief, reverse("desk:finding", args=[made.pk]))
    for words in ("житель и мастер", "грубый ответ", "беседа", "извинились"):
        assert words in shown


@pytest.mark.clause("ust-kubinsky:3.1.l", "tuapse:2.3.3")
def test_a_signal_is_confirmed_or_dismissed_by_a_person(chief: Person, appeal: Appeal) -> None:
    first, second = (propose(appeal, n) for n in range(2))
    assert first.text in text_of(chief, reverse("desk:signals"))
    chief.client.post(
        reverse("desk:signal_decision", args=[first.pk]),
        {"decision": "confirm", "kind": ConflictKind.IGNORED, "essence": "не перезвонили"},
    )
    chief.client.post(
        reverse("desk:signal_decision", args=[second.pk]),
        {"decision": "dismiss", "essence": "заявитель ошибся адресом"},
    )
    states = dict(Signal.objects.values_list("pk", "state"))
    assert states == {first.pk: SignalState.CONFIRMED, second.pk: SignalState.DISMISSED}
    assert Finding.objects.get().cause == "не перезвонили"


def propose(appeal: Appeal, number: int) -> Signal:
    return Signal.objects.create(
        municipality=appeal.municipality, appeal=appeal, kind=SignalKind.LOW_SCORE,
        text=f"Ответ оценён на 1 из 5 ({number})", key=f"s{number}", noticed_at=clock.now(),
    )  # fmt: skip


@pytest.mark.clause("dedovichi:13.8", "dedovichi:13.9")
def test_the_report_of_a_period_is_filled_from_the_record_and_every_row_is_linked(
    centre: Centre, chief: Person, appeal: Appeal
) -> None:
    made = mark(chief, appeal)
    chief.client.post(
        reverse("desk:advice_new", args=[made.pk]), {"text": "Называйте дату окончания работ."}
    )
    page = text_of(chief, reverse("desk:quality_report"))
    assert reverse("desk:finding", args=[made.pk]) in page
    assert f"body={centre.roads.pk}" in page
    assert "Называйте дату окончания работ." in page
    word = chief.client.get(reverse("desk:quality_report_file", args=["docx"])).content
    file = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert {"Дорожная служба", "Отписка", "Всего"} & set(cells) >= {"Дорожная служба", "Всего"}
    assert "отписка: нет решения и сроков" in cells
    pdf = chief.client.get(reverse("desk:quality_report_file", args=["pdf"])).content
    assert pdf.startswith(b"%PDF")
    table = chief.client.get(reverse("desk:quality_report_file", args=["xlsx"])).content
    sheet = openpyxl.load_workbook(io.BytesIO(table)).worksheets[0]
    assert sheet["D2"].value == "отписка: нет решения и сроков"
    assert sheet["A2"].hyperlink.target.endswith(f"/desk/quality/{made.pk}/")
    assert chief.client.get(reverse("desk:quality_report_file", args=["exe"])).status_code == 404


def test_a_recommendation_is_moved_on_its_page(chief: Person, appeal: Appeal) -> None:
    made = mark(chief, appeal)
    chief.client.post(reverse("desk:advice_new", args=[made.pk]), {"text": "Прикладывайте фото."})
    advice = Advice.objects.get()
    url = reverse("desk:advice_state", args=[advice.pk])
    chief.client.post(url, {"state": "done"})
    advice.refresh_from_db()
    assert advice.state == "given"
    chief.client.post(url, {"state": "done", "comment": "фото прикладывают"})
    chief.client.post(
        reverse("desk:finding_settlement", args=[made.pk]),
        {"state": "mended", "outcome": "новый ответ"},
    )
    assert "фото прикладывают" in text_of(chief, reverse("desk:advice"))
    assert "новый ответ" in text_of(chief, reverse("desk:finding", args=[made.pk]))


@pytest.mark.clause("ust-kubinsky:3.1.e", "tuapse:1.6.5", "dedovichi:3.7", "novoduginsky:1.2.a.6")
def test_citizens_scores_come_by_link_and_by_phone(
    centre: Centre, chief: Person, appeal: Appeal, file_appeal: FileAppeal
) -> None:
    other = file_appeal("Темно у школы", channel="hotline122", regime="hotline")
    answered(centre, appeal)
    answered(centre, other)
    link = f"/rate/{token_of(ask(reply_id=appeal.replies.get().pk))}/"
    assert Client().get(link).status_code == 200
    Client().post(link, {"score": "2", "comment": "Яма на месте"})
    card = reverse("desk:appeal", args=[other.pk])
    assert "Записать оценку со слов заявителя" in text_of(chief, card)
    spoken = {"score": "5", "comment": "По телефону: всё сделали"}
    chief.client.post(reverse("desk:score", args=[other.pk]), spoken)
    chief.client.post(reverse("desk:score", args=[other.pk]), {"score": "1"})
    shown = text_of(chief, reverse("desk:satisfaction"))
    assert "Яма на месте" in shown
    assert "По телефону: всё сделали" in shown
    told = [entry.sentence for entry in story_of(other.pk)]
    assert "Записана оценка со слов заявителя: 5 из 5" in told
    scores = set(Appeal.objects.values_list("pk", "score"))
    assert scores == {(appeal.pk, 2), (other.pk, 5)}


def answered(centre: Centre, appeal: Appeal) -> None:
    reply = add_reply(centre, appeal, "sent")
    now = clock.now()
    Reply.objects.filter(pk=reply.pk).update(sent_at=now)
    Appeal.objects.filter(pk=appeal.pk).update(status=Status.ANSWERED, answered_at=now)


@pytest.mark.clause(
    "dedovichi:13.6", "tuapse:2.2.4", "novoduginsky:2.4.5", "novoduginsky:2.5.3",
    "novoduginsky:2.6.3",
)  # fmt: skip
def test_satisfaction_is_analysed_by_body_topic_and_channel_with_comments(
    centre: Centre, chief: Person, appeal: Appeal, file_appeal: FileAppeal
) -> None:
    incident = file_appeal("Яма у рынка", channel="incident", regime="incident")
    message = file_appeal("Протечка в подвале", channel="pos", regime="pos")
    for case, score in ((appeal, 4), (incident, 1), (message, 3)):
        answered(centre, case)
        chief.client.post(
            reverse("desk:score", args=[case.pk]), {"score": score, "comment": f"Отзыв {score}"}
        )
    url = reverse("desk:satisfaction")
    by_channel = text_of(chief, f"{url}?by=channel")
    assert "Инцидент менеджмент" in by_channel
    assert "ПОС" in by_channel
    today = clock.today()
    period = f"since={today - timedelta(days=9)}&until={today}"
    only = text_of(chief, f"{url}?{period}&channel=pos&by=body")
    assert "Отзыв 3" in only
    assert "Отзыв 1" not in only
    found = opinions(chief.access, since=today, until=today)
    bodies = {one.name: (one.scored, one.mean, one.low) for one in found.lines}
    assert bodies == {"Дорожная служба": (1, 4.0, 0), "без исполнителя": (2, 2.0, 1)}
    assert found.spread == {5: 0, 4: 1, 3: 1, 2: 0, 1: 1}


@pytest.mark.clause("pereslavl:1.2.g")
def test_terms_quality_real_solution_and_satisfaction_are_watched_together(
    centre: Centre, chief: Person, appeal: Appeal, file_appeal: FileAppeal
) -> None:
    rights = {**dict.fromkeys(RIGHTS, Scope.MUNICIPALITY), Permission.CONTROL: Scope.MUNICIPALITY}
    watcher = make_person(centre.municipality, "Смотрова Инна", rights)
    shop = file_appeal(
        "Нет подъезда к магазину", applicant=NewApplicant(kind="organisation", name="ООО «Лён»")
    )
    Appeal.objects.filter(pk=shop.pk).update(due_at=clock.now() - timedelta(days=2))
    assert shop.number in text_of(watcher, f"{reverse('desk:control')}?urgency=overdue")
    for case, score in ((appeal, 2), (shop, 4)):
        answered(centre, case)
        watcher.client.post(reverse("desk:score", args=[case.pk]), {"score": score})
    Appeal.objects.filter(pk=appeal.pk).update(reopened=1)
    start = clock.now() - timedelta(days=1)
    actions.gather_signals(municipality_id=centre.municipality.pk, since=start)
    waiting = text_of(watcher, reverse("desk:signals"))
    assert "обращение возобновлено" in waiting
    assert "Ответ оценён на 2 из 5" in waiting
    people = text_of(watcher, f"{reverse('desk:satisfaction')}?by=who")
    assert "гражданин" in people
    assert "организация" in people


@pytest.mark.clause("pereslavl:2.4.7")
def test_a_block_head_is_told_of_the_satisfaction_with_his_block_only(
    centre: Centre, chief: Person, appeal: Appeal, file_appeal: FileAppeal
) -> None:
    block = Block.objects.create(municipality=centre.municipality, name="Дороги")
    BlockMember.objects.create(block=block, body=centre.roads)
    rights = (Permission.VIEW_APPEALS, Permission.CONTROL)
    head = make_person(centre.municipality, "Отраслев Олег", dict.fromkeys(rights, Scope.BLOCK))
    Appointment.objects.filter(account=head.account).update(block=block)
    foreign = file_appeal("Протечка")
    for case, score in ((appeal, 5), (foreign, 1)):
        answered(centre, case)
        chief.client.post(
            reverse("desk:score", args=[case.pk]), {"score": score, "comment": f"Отзыв {score}"}
        )
    shown = text_of(head, reverse("desk:satisfaction"))
    assert "Отзыв 5" in shown
    assert "Отзыв 1" not in shown
    assert "Дорожная служба" in shown


def test_a_score_before_the_answer_is_refused(
    centre: Centre, chief: Person, appeal: Appeal
) -> None:
    chief.client.post(reverse("desk:score", args=[appeal.pk]), {"score": "5"})
    assert Appeal.objects.get().score is None
    answered(centre, appeal)
    chief.client.post(reverse("desk:score", args=[appeal.pk]), {"score": "9"})
    assert Appeal.objects.get().score is None
    centre.executor.client.post(reverse("desk:score", args=[appeal.pk]), {"score": "5"})
    assert Appeal.objects.get().score is None


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    chief: Person, appeal: Appeal, file_appeal: FileAppeal, centre: Centre
) -> None:
    made = mark(chief, appeal)
    pages = {name: address(name, made) for name in PAGES}
    crowd(chief, made, range(3))
    few, short = counts_of(chief.client, pages), sizes_of(chief.client, pages)
    crowd(chief, made, range(3, 30))
    many = counts_of(chief.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(PAGES) - STEADY <= longer(short, sizes_of(chief.client, pages))


def address(name: str, made: Finding) -> str:
    view, mark_, query = name.partition("?")
    view, _, ending = view.removeprefix("desk:").partition(":")
    arguments = [made.pk] if view == "finding" else [ending] if ending else []
    return reverse(f"desk:{view}", args=arguments) + mark_ + query


def crowd(chief: Person, made: Finding, names: range) -> None:
    assert made.appeal is not None
    for n in names:
        actions.mark_fault(
            access=chief.access, appeal_id=made.appeal.pk,
            new=actions.NewFault(kind=FaultKind.RUDE, essence=f"Ошибка {n}"),
        )  # fmt: skip
        actions.record_conflict(
            access=chief.access,
            new=actions.NewConflict(
                kind=ConflictKind.PROMISE, parties=f"Стороны {n}", appeal_id=made.appeal.pk,
                happened_on=clock.today() - timedelta(days=n % 5),
            ),
        )  # fmt: skip
        actions.recommend(access=chief.access, finding_id=made.pk, text=f"Совет {n}")
        propose(made.appeal, 100 + n)
        scored = Appeal.objects.get(pk=made.appeal.pk)
        scored.pk, scored.number, scored.score = None, f"К-{n}", 1 + n % 5
        scored.answered_at, scored._state.adding = clock.now(), True
        scored.channel = Channel.values[n % len(Channel.values)]
        scored.executor_body = Body.objects.create(
            municipality=scored.municipality, name=f"Служба {n}", kind="institution"
        )
        scored.save()
        Survey.objects.create(
            appeal=scored, reply_id=9000 + n, token_hash=f"q{n}", asked_at=clock.now(),
            expires_at=clock.now(), answered_at=clock.now(), score=1, comment=f"Отзыв {n}",
        )  # fmt: skip


def test_every_address_of_the_screen_is_counted() -> None:
    counted = {":".join(name.partition("?")[0].split(":")[:2]) for name in PAGES}
    assert set(views_of("otklik.web.desk.quality")) == counted | POSTS

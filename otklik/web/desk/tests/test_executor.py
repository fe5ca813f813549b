"""The executor's own page, proposals to the head, the letter, and the answer being written."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import NewApplicant, assign_executor, withdraw_assignment
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.replies.actions import (
    approve_reply,
    decide_proposal,
    save_draft,
    save_template,
    send_reply,
    submit,
    submit_proposal,
)
from otklik.casework.replies.models import Proposal, Reply
from otklik.casework.replies.vocabulary import ActStage, ProposalStatus
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import queries_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TICKED = {"on_point": True, "all_questions": True, "facts_checked": True}
GOOD = (
    "Яму на улице Садовой бригада заделала 5 марта 2026 года, качество работ проверил мастер "
    "участка.\nСпасибо, что сообщили."
)


def given(centre: Centre, appeal: Appeal) -> Appeal:
    assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=centre.roads.pk)
    return appeal


def signed(centre: Centre, appeal: Appeal, text: str = GOOD, **more: Any) -> Reply:
    save_draft(
        access=centre.executor.access, appeal_id=appeal.pk, text=text, confirmed=TICKED, **more
    )
    reply = submit(access=centre.executor.access, appeal_id=appeal.pk)
    approve_reply(access=centre.head.access, reply_id=reply.pk)
    return approve_reply(access=centre.head.access, reply_id=reply.pk)


def page(client: Client, name: str, **keys: Any) -> str:
    answer = client.get(reverse(name, kwargs=keys))
    assert answer.status_code == 200
    return plain(answer.content)


def plain(content: bytes) -> str:
    return content.decode().replace("\u00a0", " ")


def pdf_text(content: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    return [
        document[n].get_textpage().get_text_range().replace("\u00a0", " ")
        for n in range(len(document))
    ]


@pytest.mark.clause("ust-kubinsky:4.9.d.1")
def test_the_executor_has_his_own_register_and_takes_it_as_a_file(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    with clock.frozen(NOON):
        late = given(centre, file_appeal("Яма у школы, обещали заделать"))
        other = file_appeal("Течёт труба в подвале")
        assign_executor(access=centre.head.access, appeal_id=other.pk, body_id=centre.water.pk)
    Appeal.objects.filter(pk=late.pk).update(due_at=NOON + timedelta(days=1))
    with clock.frozen(NOON + timedelta(days=2)):
        fresh = given(centre, file_appeal("Не чистят снег на Лесной"))
        shown = page(centre.executor.client, "desk:executor")
        assert "Моя работа" in shown
        assert late.number in shown
        assert fresh.number in shown
        assert other.number not in shown, "work of another body"
        overdue = plain(centre.executor.client.get("/desk/executor/?state=overdue").content)
        assert late.number in overdue
        assert fresh.number not in overdue
        book = centre.executor.client.get("/desk/executor/file/")
        rows = list(load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[0][:5] == ("Номер", "Канал", "Поступило", "Передано исполнителю", "Срок")
    by_number = {row[0]: row for row in rows[1:]}
    assert set(by_number) == {late.number, fresh.number}
    assert by_number[late.number][4] == datetime(2026, 3, 3)
    assert by_number[late.number][12] == "просрочено"
    assert by_number[late.number][8] == "Иванова Мария Петровна"


def test_a_file_is_masked_for_whoever_may_not_see_persons(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    narrow = make_person(
        centre.municipality,
        "Ямкин Пётр Ильич",
        {Permission.VIEW_APPEALS: Scope.BODY, Permission.DRAFT: Scope.BODY},
        centre.roads,
    )
    given(centre, file_appeal("Яма, звоните Петровой Анне Ивановне, +7 900 123-45-67"))
    text = narrow.client.get("/desk/executor/file/?form=csv").content.decode("utf-8-sig")
    assert "Номер;Канал" in text
    assert "Яма" in text
    for secret in ("Иванова Мария", "123-45-67", "Петровой"):
        assert secret not in text
    outsider = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert "Яма" not in plain(outsider.client.get("/desk/executor/").content)
    assert centre.operator.client.get("/desk/executor/").status_code == 403


def test_a_formula_in_a_question_stays_text(centre: Centre, file_appeal: FileAppeal) -> None:
    given(centre, file_appeal("=HYPERLINK(1) яма на Садовой"))
    text = centre.executor.client.get("/desk/executor/file/?form=csv").content.decode()
    assert "'=HYPERLINK" in text


def test_what_was_taken_back_stays_in_the_register_without_its_words(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal("Яма у дома культуры"))
    withdraw_assignment(
        access=centre.head.access, assignment_id=Assignment.objects.get().pk, reason="не ваше"
    )
    shown = page(centre.executor.client, "desk:executor")
    assert appeal.number in shown
    assert "снято" in shown
    assert "дома культуры" not in shown
    assert reverse("desk:appeal", args=[appeal.pk]) not in shown


def test_the_register_is_paged_by_key_and_asks_the_same(
    centre: Centre, file_appeal: FileAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.web.desk.executor.register.PAGE", 2)
    numbers = []
    for n in range(3):
        with clock.frozen(NOON + timedelta(minutes=n)):
            numbers.append(given(centre, file_appeal(f"Яма номер {n} на Садовой")).number)
    first = centre.executor.client.get("/desk/executor/")
    assert [row.number for row in first.context["rows"]] == [numbers[2], numbers[1]]
    following = centre.executor.client.get("/desk/executor/" + first.context["next_url"])
    assert [row.number for row in following.context["rows"]] == [numbers[0]]
    assert following.context["next_url"] == ""
    few = queries_of(centre.executor.client, "/desk/executor/")
    monkeypatch.setattr("otklik.web.desk.executor.register.PAGE", 50)
    for n in range(3, 20):
        given(centre, file_appeal(f"Яма номер {n} на Садовой"))
    assert queries_of(centre.executor.client, "/desk/executor/") == few
    assert few <= 18
    assert queries_of(centre.executor.client, "/desk/executor/file/") <= 10


def propose(
    centre: Centre, appeal: Appeal, *, kind: str = "proposal", **more: Any
) -> dict[str, Any]:
    form: dict[str, Any] = {
        "kind": kind,
        "title": "Водоотвод на Садовой",
        "text": "Яма появляется снова, пока не отведена вода.",
        "body": [centre.roads.pk, centre.water.pk, ""],
        "measure": ["Заделать яму", "Перенести колодец", ""],
        "due": ["2026-04-01", "2026-03-20", ""],
        "next": "submit",
    }
    return {**form, **more}


@pytest.mark.clause("ust-kubinsky:4.9.b.2", "ust-kubinsky:4.9.g")
def test_a_proposal_names_bodies_and_measures_and_the_head_decides(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    card = reverse("desk:appeal", args=[appeal.pk])
    where = reverse("desk:proposal", args=[appeal.pk])
    bare = propose(centre, appeal, body=["", "", ""])
    refused = centre.executor.client.post(where, bare, follow=True)
    assert "не названы органы и меры" in plain(refused.content)
    made = Proposal.objects.get()
    assert made.status == ProposalStatus.DRAFT, "what was typed is kept"
    centre.executor.client.post(where, propose(centre, appeal, proposal=made.pk))
    made.refresh_from_db()
    assert made.status == ProposalStatus.ON_DECISION
    shown = page(centre.head.client, "desk:proposals")
    assert "Водоотвод на Садовой" in shown
    shown = plain(centre.head.client.get(card).content)
    assert "Водоканал</strong>: Перенести колодец, до 20 марта" in shown
    decide = reverse("desk:proposal_decision", args=[appeal.pk, made.pk])
    refused = centre.head.client.post(decide, {"decision": "reject"}, follow=True)
    assert "без обоснования не принимается" in plain(refused.content)
    centre.head.client.post(decide, {"decision": "return", "reason": "Нет сметы"})
    shown = plain(centre.executor.client.get(card).content)
    assert "возвращено на доработку" in shown
    assert "Нет сметы" in shown
    again = propose(centre, appeal, proposal=made.pk, text="Смета: 40 тысяч рублей.")
    centre.executor.client.post(where, again)
    made.refresh_from_db()
    assert (made.revision, made.revisions.count()) == (2, 2)
    assert made.revisions.get(number=1).text.startswith("Яма появляется")
    centre.head.client.post(decide, {"decision": "reject", "reason": "Нет денег до июня"})
    made.refresh_from_db()
    assert (made.status, made.decision_reason) == (ProposalStatus.REJECTED, "Нет денег до июня")
    shown = plain(centre.executor.client.get(card).content)
    assert "отклонено: Нет денег до июня" in shown, "the journal tells it"
    assert "Решать нечего" in page(centre.head.client, "desk:proposals")
    with pytest.raises(Conflict):
        submit_proposal(access=centre.executor.access, proposal_id=made.pk)


@pytest.mark.clause("ust-kubinsky:4.9.b.3", "ust-kubinsky:4.9.g")
def test_a_drafted_act_has_its_file_and_its_way_is_followed(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    where = reverse("desk:proposal", args=[appeal.pk])
    act = propose(centre, appeal, kind="act", title="О стоянках", body=[], measure=[], due=[])
    refused = centre.executor.client.post(where, act, follow=True)
    assert "не приложен файл" in plain(refused.content)
    made = Proposal.objects.get()
    file = SimpleUploadedFile("проект.txt", "Запретить стоянку".encode())
    centre.executor.client.post(where, {**act, "files": [file], "proposal": made.pk})
    kept = Attachment.objects.get(subject="proposal")
    found = centre.head.client.get(reverse("desk:file", args=[appeal.pk, kept.pk]))
    assert b"".join([found.content]).decode() == "Запретить стоянку"
    decide_proposal(access=centre.head.access, proposal_id=made.pk, decision="approve")
    stage = reverse("desk:proposal_stage", args=[appeal.pk, made.pk])
    refused = centre.executor.client.post(stage, {"stage": "adopted"}, follow=True)
    assert "есть номер и дата" in plain(refused.content)
    adopted = {"stage": "adopted", "number": "412", "date": "2026-03-20"}
    centre.executor.client.post(stage, adopted)
    made.refresh_from_db()
    assert (made.stage, made.act_date) == (ActStage.ADOPTED, date(2026, 3, 20))
    shown = plain(centre.head.client.get(reverse("desk:appeal", args=[appeal.pk])).content)
    assert "акт № 412 от 20 марта" in shown


def test_only_the_executor_writes_and_only_the_head_decides(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    where = reverse("desk:proposal", args=[appeal.pk])
    centre.operator.client.post(where, propose(centre, appeal))
    assert not Proposal.objects.exists()
    centre.executor.client.post(where, propose(centre, appeal, next="save"))
    made = Proposal.objects.get()
    card = reverse("desk:appeal", args=[appeal.pk])
    assert "Водоотвод" not in plain(centre.head.client.get(card).content), "a draft is the author's"
    submit_proposal(access=centre.executor.access, proposal_id=made.pk)
    with pytest.raises(Forbidden):
        decide_proposal(access=centre.executor.access, proposal_id=made.pk, decision="approve")
    stranger = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert "Водоотвод" not in plain(stranger.client.get("/desk/proposals/?tab=all").content)


@pytest.mark.clause("ust-kubinsky:4.9.b.1")
def test_an_answer_is_begun_from_a_template_and_kept_in_versions(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    head = make_person(
        centre.municipality, "Порядкова Нина Ильинична", {Permission.SET_UP: Scope.MUNICIPALITY}
    )
    made = save_template(
        access=head.access,
        title="Яма заделана",
        topic_id=centre.holes.pk,
        channel="portal",
        result="supported",
        text="{{имя}}, яма по обращению {{номер}} заделана 5 марта 2026 года, работу проверил "
        "мастер участка.",
    )
    appeal = given(centre, file_appeal(topic_id=centre.holes.pk))
    card = reverse("desk:appeal", args=[appeal.pk])
    filled = f"Мария Петровна, яма по обращению {appeal.number} заделана"
    shown = plain(centre.executor.client.get(card).content)
    assert filled in shown
    assert "поддержано" in shown
    begun = centre.executor.client.get(f"{card}?template={made.pk}")
    assert begun.context["reply_text"].startswith(filled)
    preview = reverse("desk:reply_preview", args=[appeal.pk])
    seen = centre.executor.client.post(preview, {"text": "Ответ на {{номер}} для {{кличка}}"})
    assert "Таких мест для подстановки нет: {кличка}" in plain(seen.content)
    seen = centre.executor.client.post(preview, {"text": "Отвечаем на {{номер}}: заделаем яму"})
    assert f"Отвечаем на {appeal.number}" in plain(seen.content)
    assert "Напишите, когда" in plain(seen.content)
    with pytest.raises(Refused, match="кличка"):
        save_draft(access=centre.executor.access, appeal_id=appeal.pk, text="Для {{кличка}}")
    file = SimpleUploadedFile("акт.txt", "Яма заделана".encode())
    form = {"text": made.text, "files": [file], **dict.fromkeys(TICKED, "1"), "next": "submit"}
    centre.executor.client.post(reverse("desk:reply", args=[appeal.pk]), form)
    reply = Reply.objects.get()
    assert reply.text.startswith(filled)
    assert reply.revisions.count() == 1
    shown = plain(centre.head.client.get(card).content)
    assert "акт.txt" in shown, "who decides sees the proof"


@pytest.mark.clause("ust-kubinsky:3.1.d.2", "tuapse:1.6.4")
def test_every_question_is_checked_and_the_reasons_are_offered_for_return(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    from otklik.casework.appeals.actions import NewQuestion

    questions = (NewQuestion(text="Яма у школы"), NewQuestion(text="Не горит фонарь"))
    appeal = given(centre, file_appeal("Яма и фонарь", questions=questions))
    save_draft(access=centre.executor.access, appeal_id=appeal.pk, text=GOOD, confirmed=TICKED)
    reply = submit(access=centre.executor.access, appeal_id=appeal.pk)
    card = reverse("desk:appeal", args=[appeal.pk])
    answer = centre.head.client.get(card)
    assert "Не видно ответа на вопрос 2" in plain(answer.content)
    assert {"not_all", "no_proof"} <= set(answer.context["suggested"])
    decide = reverse("desk:decision", args=[appeal.pk])
    centre.head.client.post(decide, {"decision": "return", "reasons": ["not_all"]})
    reply.refresh_from_db()
    assert (reply.status, reply.returns) == ("returned", 1)
    full = f"{GOOD}\nФонарь починим до 10 марта 2026 года."
    done = signed(centre, appeal, full)
    assert done.status == "signed"
    answer = centre.head.client.get(card)
    assert "Не видно ответа" not in plain(answer.content)
    Appeal.objects.filter(pk=appeal.pk).update(status="answered", answered_at=clock.now())
    reopening = reverse("desk:reopening", args=[appeal.pk])
    centre.head.client.post(reopening, {"reason": "Фонарь не горит"})
    appeal.refresh_from_db()
    assert (appeal.status, appeal.reopened) == ("assigned", 1)


def paper(file_appeal: FileAppeal) -> Appeal:
    return file_appeal(
        regime=Regime.LAW59,
        channel=Channel.EMAIL,
        reply_address="ivanova@example.test",
        applicant=NewApplicant(
            name="Иванова Мария Петровна",
            email="ivanova@example.test",
            postal_address="ул. Садовая, д. 5, с. Заозёрское",
        ),
    )


def test_the_letter_has_its_details_number_and_pages(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    centre.municipality.phone = "8 (800) 000-00-01"
    centre.municipality.save()
    with clock.frozen(NOON):
        appeal = given(centre, paper(file_appeal))
        long = "\n".join([GOOD, *[f"Работы {n}-го этапа проверены 6 марта." for n in range(70)]])
        save_draft(access=centre.executor.access, appeal_id=appeal.pk, text=long, confirmed=TICKED)
        draft = Reply.objects.get()
        pdf = reverse("desk:letter", args=[appeal.pk, draft.pk, "pdf"])
        assert "ПРОЕКТ" in pdf_text(centre.executor.client.get(pdf).content)[0]
        reply = signed(centre, appeal, long)
        assert reply.number == "И-1/26"
        pages = pdf_text(centre.executor.client.get(pdf).content)
        word = centre.executor.client.get(pdf.replace("pdf", "docx")).content
    assert len(pages) >= 2
    first, last = pages[0], pages[-1]
    for said in (
        "02.03.2026 № И-1/26",
        f"На № {appeal.number} от 02.03.2026",
        "Ивановой М. П.",
        "ул. Садовая, д. 5",
        "Уважаемая Мария Петровна!",
        "О рассмотрении обращения",
    ):
        assert said in first, said
    assert "ПРОЕКТ" not in first
    assert pages[1].lstrip().startswith("2"), "numbered from the second page"
    assert "П. И. Белов" in last
    assert "Дорожный Иван Петрович" in last
    assert "8 (800) 000-00-01" in last
    written = docx.Document(io.BytesIO(word))
    cells = [cell.text.replace("\u00a0", " ") for cell in written.tables[0].rows[0].cells]
    assert "02.03.2026 № И-1/26" in cells[0]
    assert "Ивановой М. П." in cells[2]
    said = "\n".join(each.text for each in written.paragraphs).replace("\u00a0", " ")
    assert "П. И. Белов" in said
    assert said.count("этапа проверены") == 70


def test_a_signed_letter_changes_no_more(centre: Centre, file_appeal: FileAppeal) -> None:
    with clock.frozen(NOON):
        appeal = given(centre, paper(file_appeal))
        reply = signed(centre, appeal)
        second = signed(centre, given(centre, paper(file_appeal)))
    assert second.number == "И-2/26", "a register of its own"
    centre.head.account.full_name = "Новый Иван Иванович"
    centre.head.account.save()
    Appeal.objects.get(pk=appeal.pk).applicant.__class__.objects.update(name="Кто-то Другой")
    where = reverse("desk:letter", args=[appeal.pk, reply.pk, "pdf"])
    text = "".join(pdf_text(centre.executor.client.get(where).content))
    assert "П. И. Белов" in text
    assert "Ивановой М. П." in text
    outsider = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert outsider.client.get(where).status_code == 404


SECRET = "Подрядчик тянет, смету не показывать"


def test_the_internal_note_never_leaves(
    centre: Centre, file_appeal: FileAppeal, mailbox: Person
) -> None:
    with clock.frozen(NOON):
        appeal = given(centre, paper(file_appeal))
        reply = signed(centre, appeal, internal_note=SECRET)
        send_reply(access=mailbox.access, reply_id=reply.pk)
    message = OutboundMessage.objects.get(purpose="answer")
    assert SECRET not in f"{message.subject}{message.text}"
    enclosed = Attachment.objects.filter(pk__in=message.attachment_ids)
    assert [file.content_type for file in enclosed] == ["application/pdf"]
    for file in enclosed:
        assert "тянет" not in "".join(pdf_text(content_of(file)))
    for ending in ("pdf", "docx"):
        where = reverse("desk:letter", args=[appeal.pk, reply.pk, ending])
        content = centre.executor.client.get(where).content
        words = (
            "".join(pdf_text(content))
            if ending == "pdf"
            else "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
        )
        assert "заделала" in words
        assert "тянет" not in words
    csv = centre.executor.client.get("/desk/executor/file/?form=csv").content.decode()
    assert "тянет" not in csv
    card = plain(centre.executor.client.get(reverse("desk:appeal", args=[appeal.pk])).content)
    assert SECRET in card, "colleagues read it on the card"


@pytest.fixture
def mailbox(centre: Centre) -> Person:
    """Whoever sends, with a mailbox of the centre to send from."""
    from otklik.exchange.channels.models import ChannelAccount

    ChannelAccount.objects.create(municipality=centre.municipality, kind="email", title="Почта")
    return centre.operator

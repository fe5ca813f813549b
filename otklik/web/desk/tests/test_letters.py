"""The answer while it is written, its letter on the blank, and what becomes of it."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.replies.actions import (
    note_delivery,
    save_draft,
    save_template,
    send_reply,
    submit,
)
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.actions.delivery import report_lost
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of
from otklik.web.desk.tests.answering import (
    GOOD,
    NOON,
    TICKED,
    FileAppeal,
    given,
    pdf_text,
    plain,
    signed,
)
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person

pytestmark = pytest.mark.django_db


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
        channel=Channel.PAPER,
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
    assert written.tables[1].rows[0].cells[1].text.replace("\u00a0", " ") == "П. И. Белов"
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
    Reply.objects.filter(pk=second.pk).update(letter={}, signed_label="Озеров В. И., управделами")
    old = reverse("desk:letter", args=[second.appeal_id, second.pk, "pdf"])
    text = "".join(pdf_text(centre.executor.client.get(old).content))
    assert "управделами" in text, "an answer signed elsewhere bears the post of its own label"
    assert "В. И. Озеров" in text
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


def test_a_letter_that_came_back_is_shown_and_sent_again(
    centre: Centre, file_appeal: FileAppeal, mailbox: Person
) -> None:
    with clock.frozen(NOON):
        appeal = given(centre, paper(file_appeal))
        reply = signed(centre, appeal)
        send_reply(access=mailbox.access, reply_id=reply.pk)
        message = OutboundMessage.objects.get(purpose="answer")
        assert shown_state(centre, appeal) == "отправляется"
        left(message)
        assert shown_state(centre, appeal) == "отправлен"
        appeal.refresh_from_db()
        assert appeal.status == "answered"
        report_lost(
            external_id="letter-1",
            municipality_id=centre.municipality.pk,
            reason="Ящик получателя переполнен",
        )
        note_delivery(outbound_id=message.pk)
        assert shown_state(centre, appeal) == "не доставлен"
        page = plain(mailbox.client.get(reverse("desk:appeal", args=[appeal.pk])).content)
        assert "Ящик получателя переполнен" in page
        assert "Отправить повторно" in page
        assert "Ответ не доставлен: Ящик получателя переполнен" in page, "the journal tells it"
        again = reverse("desk:resend", args=[appeal.pk, message.pk])
        assert "отправляется повторно" in plain(mailbox.client.post(again, follow=True).content)
        left(message)
    reply.refresh_from_db()
    appeal.refresh_from_db()
    assert (reply.status, appeal.status) == ("sent", "answered")
    assert shown_state(centre, appeal) == "отправлен"


def left(message: OutboundMessage) -> None:
    """The mail server took the letter."""
    OutboundMessage.objects.filter(pk=message.pk).update(
        state=OutboundState.SENT, external_id="letter-1", sent_at=clock.now()
    )
    note_delivery(outbound_id=message.pk)


def shown_state(centre: Centre, appeal: Appeal) -> str:
    """The word beside the answer on the card."""
    answer = centre.head.client.get(reverse("desk:appeal", args=[appeal.pk]))
    ((reply, _, _),) = answer.context["replies"]
    word = str(reply.get_status_display())
    assert word in plain(answer.content)
    return word

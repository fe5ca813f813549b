"""One queue of whatever came by any channel and is not a case yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions import take_message
from otklik.casework.intake.models import ImportRowResult, ImportRun, SetAside
from otklik.casework.intake.vocabulary import Outcome, RunState
from otklik.casework.replies.models import ReplyTemplate
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, Disposition, InboundKind
from otklik.records.journal.models import Entry, PersonalRead
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import Centre, make_person

pytestmark = pytest.mark.django_db
URL = "/desk/inbox/"


def came(centre: Centre, kind: ChannelKind, text: str, **more: Any) -> InboundMessage:
    account, _ = ChannelAccount.objects.get_or_create(
        municipality=centre.municipality, kind=kind, title=kind.label
    )
    values: dict[str, Any] = {
        "external_id": f"<{text}@mail.test>", "kind": InboundKind.LETTER, "raw": text.encode(),
        "received_at": clock.now() - timedelta(days=1), "sender": "ivanova@mail.test",
        "sender_name": "Иванова Мария", "disposition": Disposition.UNREADABLE,
        "reason": "Письмо оставлено оператору", **more,
    }  # fmt: skip
    return accept_message(account=account, text=text, **values)[0]


@pytest.fixture
def letter(centre: Centre) -> InboundMessage:
    return came(centre, ChannelKind.EMAIL, "Не горит фонарь у школы")


@pytest.fixture
def row(centre: Centre) -> ImportRowResult:
    run = ImportRun.objects.create(
        municipality=centre.municipality, source="pos", file_name="выгрузка.csv", file_sha256="0",
        state=RunState.DONE, actor_label="Оператор", started_at=clock.now(),
        touched_at=clock.now(),
    )  # fmt: skip
    return ImportRowResult.objects.create(
        run=run, row_number=7, external_number="ПОС-7", outcome=Outcome.REFUSED,
        reason="Нет текста обращения.",
    )  # fmt: skip


def card(**more: str) -> dict[str, str]:
    return {
        "q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text": "Не горит фонарь",
        "applicant_kind": "citizen", "name": "Иванова Мария Петровна", **more,
    }  # fmt: skip


@pytest.mark.clause("ust-kubinsky:4.6.v.1")
def test_whatever_came_by_any_channel_is_registered_from_one_queue(
    centre: Centre, letter: InboundMessage, row: ImportRowResult
) -> None:
    came(centre, ChannelKind.VK, "Во дворе яма", disposition=Disposition.ACCEPTED)
    client = centre.operator.client
    page = client.get(URL).content.decode()
    for words in ("Не горит фонарь у школы", "Во дворе яма", "выгрузка.csv", "ВКонтакте",
                  "Письмо оставлено оператору", "Нет текста обращения", "Иванова Мария",
                  'href="/desk/appeals/new/"', '<span class="rail-count">3</span>'):  # fmt: skip
        assert words in page, words
    assert PersonalRead.objects.filter(purpose__startswith="входящие, список").exists()

    made = client.post(f"{URL}message/{letter.pk}/", {"verb": "register"})
    case = Appeal.objects.get(channel="email")
    assert made["Location"] == f"/desk/appeals/{case.pk}/"
    assert case.inbound_message_id == letter.pk
    assert "отнесено к обращению" in [entry.sentence for entry in story_of(case.pk)][-1]

    opened = client.get(f"/desk/appeals/new/?row={row.pk}").content.decode()
    assert "ПОС-7" in opened
    url = f"/desk/appeals/new/?row={row.pk}"
    assert client.post(url, card(channel="pos", external_number="ПОС-7")).status_code == 302
    row.refresh_from_db()
    assert row.appeal == Appeal.objects.get(external_number="ПОС-7")

    by_hand = card(channel="hotline122", **{"q-0-text": "Звонок: течёт труба"})
    assert client.post("/desk/appeals/new/", by_hand).status_code == 302
    left = client.get(URL).content.decode()
    assert "Во дворе яма" in left
    assert "фонарь" not in left
    assert "выгрузка.csv" not in left


def test_the_card_opens_filled_by_the_message_and_takes_it_off_the_queue_once(
    centre: Centre, letter: InboundMessage
) -> None:
    client, url = centre.operator.client, f"/desk/appeals/new/?message={letter.pk}"
    page = client.get(url).content.decode()
    assert "Не горит фонарь у школы" in page
    assert "ivanova@mail.test" in page
    client.post(url, card(channel="email", email="ivanova@mail.test"))
    case = Appeal.objects.get()
    assert (case.inbound_message_id, case.reply_address) == (letter.pk, "ivanova@mail.test")
    assert client.get(url).status_code == 404
    again = client.post(url, card(channel="email", **{"q-0-text": "Другое"}))
    assert "уже нет" in again.content.decode()
    assert Appeal.objects.count() == 1


def test_a_message_joins_a_case_named_by_number(
    centre: Centre, letter: InboundMessage, file_appeal: Any
) -> None:
    case, url = file_appeal(), f"{URL}message/{letter.pk}/"
    wrong = centre.operator.client.post(url, {"verb": "attach", "number": "НЕТ-1"})
    assert "НЕТ-1" in wrong.content.decode()
    centre.operator.client.post(url, {"verb": "attach", "number": f"№ {case.number}"})
    letter.refresh_from_db()
    assert letter.case_id == case.pk
    assert story_of(case.pk).filter(name="MaterialsAdded").exists()
    assert centre.operator.client.get(url).status_code == 404


def test_many_are_put_aside_with_a_reason_and_taken_back(
    centre: Centre, letter: InboundMessage, row: ImportRowResult
) -> None:
    client = centre.operator.client
    things = [f"message-{letter.pk}", f"row-{row.pk}"]
    refused = client.post(URL, {"thing": things, "reason": " "})
    assert "почему отложено" in refused.content.decode()
    assert not SetAside.objects.exists()
    assert '<span class="rail-count">2</span>' in client.get(URL).content.decode()
    client.post(URL, {"shown": things, "all": "1", "reason": "Реклама"})
    left = client.get(URL).content.decode()
    assert "фонарь" not in left
    assert "rail-count" not in left
    aside = client.get(f"{URL}?state=aside").content.decode()
    assert aside.count("Реклама") == 2
    assert Entry.objects.filter(name="InboxSetAside").count() == 2
    client.post(f"{URL}undo/{SetAside.objects.first().batch}/")  # type: ignore[union-attr]
    assert "фонарь" in client.get(URL).content.decode()
    client.post(f"{URL}message/{letter.pk}/", {"verb": "aside", "reason": "Спам"})
    client.post(f"{URL}message/{letter.pk}/", {"verb": "back"})
    assert SetAside.objects.filter(returned_at__isnull=True).count() == 0
    assert InboundMessage.objects.filter(pk=letter.pk).exists()


def test_a_letter_that_is_no_appeal_is_answered_by_a_template(
    centre: Centre, letter: InboundMessage
) -> None:
    sample = ReplyTemplate.objects.create(
        municipality=centre.municipality, title="Часы работы", text="{центр}: с 8 до 17 часов."
    )
    client, url = centre.operator.client, f"{URL}message/{letter.pk}/"
    page = client.get(f"{url}?template={sample.pk}").content.decode()
    text = "Заозёрский муниципальный округ: с 8 до 17 часов."
    assert text in page
    client.post(url, {"verb": "answer", "text": "Здравствуйте, …"})
    assert not OutboundMessage.objects.exists()
    client.post(url, {"verb": "answer", "text": text})
    sent = OutboundMessage.objects.get()
    assert (sent.recipient, sent.text, sent.case_id) == ("ivanova@mail.test", text, None)
    assert "фонарь" not in client.get(URL).content.decode()
    assert not Appeal.objects.exists()


def test_filters_pages_and_automatic_letters(centre: Centre) -> None:
    for n in range(53):
        came(centre, ChannelKind.VK, f"Запись номер {n:02}",
             received_at=clock.now() - timedelta(hours=90 - n))  # fmt: skip
    came(centre, ChannelKind.EMAIL, "Я в отпуске", disposition=Disposition.AUTOMATIC)
    client = centre.operator.client
    first = client.get(f"{URL}?channel=vk")
    assert "номер 00" in first.content.decode()
    assert "номер 52" not in first.content.decode()
    second = client.get(URL + first.context["next_url"]).content.decode()
    assert "номер 52" in second
    assert "номер 49" not in second
    assert "Записей" not in client.get(f"{URL}?channel=email").content.decode()
    assert "отпуске" not in client.get(URL).content.decode()
    assert "отпуске" in client.get(f"{URL}?state=automatic").content.decode()


def test_only_registrars_of_the_channel_see_it(centre: Centre, letter: InboundMessage) -> None:
    assert centre.executor.client.get(URL).status_code == 403
    narrow = make_person(
        centre.municipality, "Тихая Ольга Ивановна", {Permission.REGISTER: Scope.MUNICIPALITY}
    )
    page = narrow.client.get(URL).content.decode()
    assert "фонарь" in page
    assert "Иванова" not in page
    case = take_message(message_id=came(
        centre, ChannelKind.VK, "Принято сразу", disposition=Disposition.ACCEPTED).pk)  # fmt: skip
    assert case is not None
    assert "Принято сразу" not in narrow.client.get(URL).content.decode()

"""Decisions by the law on the screens: the card's panel, the preview, the record, the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewQuestion
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Result, Status
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.models import Decision, DocumentRequest, KinLink, Signatory
from otklik.casework.proceedings.queries import definitions, page, practice_of, register_of
from otklik.exchange.channels.actions import deliver
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.attachments.models import Attachment
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.lawful import law, text_of
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
GETS = {
    "desk:proceedings": 12,
    "desk:proceedings?tab=documents": 12,
    "desk:proceedings?tab=stopped": 12,
    "desk:law": 26,
    "desk:law_decision": 16,
    "desk:law_file": 10,
    "desk:law_orders": 12,
    "desk:law_ground": 10,
}


def test_the_card_offers_only_what_fits(
    centre: Centre, decider: Person, file_law: FileAppeal, file_appeal: FileAppeal
) -> None:
    case, message = file_law(), file_appeal("Другая яма")
    page = text_of(decider, reverse("desk:appeal", args=[case.pk]))
    assert law(case, "art11-3") in page
    assert law(case, "art8-3") in page
    assert law(case, "art11-7") not in page
    assert "Закрыть без ответа" not in page
    operator = text_of(centre.operator, reverse("desk:appeal", args=[case.pk]))
    assert law(case, "art8-3") in operator
    assert law(case, "art11-3") not in operator
    other = text_of(decider, reverse("desk:appeal", args=[message.pk]))
    assert law(message, "art11-3") not in other
    assert law(message, "art5-withdraw") in other
    assert "закон № 59-ФЗ к нему не применяется" in other


def test_the_notice_is_seen_before_it_goes(decider: Person, file_law: FileAppeal) -> None:
    case = file_law()
    asked = {"reason": "Просит понятнее некуда", "next": "preview"}
    shown = decider.client.post(law(case, "art11-4-1"), asked)
    page = shown.content.decode()
    assert case.number in page
    assert "Принять решение и уведомить" in page
    assert not Decision.objects.exists()
    text = shown.context["notice_text"] + "\n\nС уважением, центр"
    decider.client.post(law(case, "art11-4-1"), {**asked, "next": "decide", "notice_text": text})
    case.refresh_from_db()
    assert case.status == Status.LEFT
    assert OutboundMessage.objects.get(key__startswith="decision:").text == text.replace(
        "\r\n", "\n"
    )


def test_a_refusal_keeps_what_was_typed(decider: Person, file_law: FileAppeal) -> None:
    case = file_law()
    response = decider.client.post(
        law(case, "art11-2"), {"reason": "Спорит с приговором", "next": "preview"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "ст. 11 ч. 2 № 59-ФЗ" in page
    assert "Впишите суд" in page
    assert "Спорит с приговором" in page


def test_questions_go_to_different_addressees(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    case = file_law(questions=(NewQuestion(text="Яма"), NewQuestion(text="Пенсия")))
    sent = {"question_1": "2", "addressee_1": "Отделение Социального фонда", "results_1": "on",
            "reason": "Пенсии назначает фонд"}  # fmt: skip
    decider.client.post(law(case, "art8-4"), {**sent, "next": "decide"})
    case.refresh_from_db()
    assert case.is_open
    assert [q.result for q in case.questions.all()] == ["", Result.TRANSFERRED]
    decider.client.post(
        law(case, "art8-3"),
        {"body_1": centre.roads.pk, "reason": "Дорожная служба", "next": "decide"},
    )
    case.refresh_from_db()
    assert case.status == Status.FORWARDED
    for message in OutboundMessage.objects.filter(purpose="forwarding"):
        deliver(message_id=message.pk)
    card = text_of(decider, reverse("desk:appeal", args=[case.pk]))
    assert "Отметить: отправлено" in card
    assert "Просим сообщить нам о результатах" in card
    page = text_of(decider, reverse("desk:proceedings"))
    assert "Отделение Социального фонда (ждём результаты)" in page
    record = text_of(decider, reverse("desk:law", args=[case.pk]))
    transfer = Decision.objects.order_by("pk")[0].transfers.get()
    address = reverse("desk:transfer_results", args=[case.pk])
    assert address in record
    decider.client.post(address, {"transfer": transfer.pk})
    transfer.refresh_from_db()
    assert transfer.results_at is not None


def test_a_complaint_never_goes_to_whom_it_is_against(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    case = file_law()
    decider.client.post(
        reverse("desk:complained", args=[case.pk]), {"officials": "Начальник отдела Петров П. П."}
    )
    response = decider.client.post(
        law(case, "art8-3"),
        {"addressee_1": "начальник отдела  Петров П. П.", "reason": "По теме", "next": "decide"},
    )
    assert "ст. 8 ч. 6 № 59-ФЗ" in response.content.decode()
    assert not Decision.objects.exists()


def test_documents_are_asked_for_and_come(decider: Person, file_law: FileAppeal) -> None:
    case = file_law()
    decider.client.post(
        law(case, "art10-2"), {"addressee": "Росреестр", "what": "Выписка", "days": "10"}
    )
    asked = DocumentRequest.objects.get()
    with clock.frozen(clock.now() + timedelta(days=12)):
        waiting = text_of(decider, reverse("desk:proceedings") + "?tab=documents")
    assert "просрочено" in waiting
    file = SimpleUploadedFile("выписка.txt", "Выписка".encode())
    decider.client.post(
        reverse("desk:documents", args=[case.pk]),
        {"asked": asked.pk, "answer": "Пришла", "files": [file]},
    )
    record = text_of(decider, reverse("desk:law", args=[case.pk]))
    assert "выписка.txt" in record
    assert "Запросов без ответа нет" in text_of(
        decider, reverse("desk:proceedings") + "?tab=documents"
    )


def test_kin_is_linked_and_taken_off_by_hand(decider: Person, file_law: FileAppeal) -> None:
    first, second = file_law("Яма у школы"), file_law("Снова яма у школы")
    decider.client.post(
        reverse("desk:kin", args=[second.pk]), {"number": first.number, "kind": "repeat"}
    )
    link = KinLink.objects.get(appeal=second, unlinked_at=None)
    assert first.number in text_of(decider, reverse("desk:law", args=[second.pk]))
    decider.client.post(
        reverse("desk:unkin", args=[second.pk]), {"link": link.pk, "reason": "Другая школа"}
    )
    second.refresh_from_db()
    assert second.repeats is None
    assert "Повторных и дубликатов не найдено" in text_of(
        decider, reverse("desk:law", args=[second.pk])
    )


def test_many_sign_one_answers_for_all(decider: Person, file_law: FileAppeal) -> None:
    case = file_law()
    decider.client.post(
        reverse("desk:signatories", args=[case.pk]),
        {"people": "Петрова Анна Ильинична; Мира, 5\nСидоров Иван Петрович"},
    )
    case.applicant.refresh_from_db()
    assert case.applicant.kind == "collective"
    assert case.applicant.name == "Петрова Анна Ильинична"
    assert Signatory.objects.filter(appeal=case).count() == 2


def test_an_ordinary_closing_is_refused_for_the_law(decider: Person, file_law: FileAppeal) -> None:
    case = file_law()
    page = decider.client.post(
        reverse("desk:closure", args=[case.pk]), {"verb": "leave", "reason": "Надоело"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "только решением по статье № 59-ФЗ" in page
    case.refresh_from_db()
    assert case.is_open


def _fill(decider: Person, file_law: FileAppeal, names: range) -> Appeal:
    """Cases forwarded, stopped and waiting; the last one open with everything in its record."""
    for n in names:
        sent, left, case = (file_law(f"Вопрос {n} {kind}") for kind in ("а", "б", "в"))
        given = {"reason": "Так решили", "next": "decide"}
        decider.client.post(law(sent, "art8-3"), {**given, "addressee_1": "Министерство"})
        decider.client.post(law(left, "art11-3"), given)
        decider.client.post(law(case, "art10-2"), {"addressee": "Архив", "what": "Копия",
                                                   "days": "5"})  # fmt: skip
    assert Decision.objects.count() >= 2 * len(names)
    return case


def test_pages_ask_the_same_of_few_rows_and_of_many(
    centre: Centre, decider: Person, file_law: FileAppeal
) -> None:
    case = _fill(decider, file_law, range(3))
    base = reverse("desk:proceedings")
    added = {"text": "Вот", "files": [SimpleUploadedFile("а.txt", b"1")]}
    decider.client.post(law(case, "art5-materials"), added)
    file = Attachment.objects.get(subject="material")
    addresses = {
        "desk:proceedings": base,
        "desk:proceedings?tab=documents": f"{base}?tab=documents",
        "desk:proceedings?tab=stopped": f"{base}?tab=stopped",
        "desk:law": reverse("desk:law", args=[case.pk]),
        "desk:law_decision": law(case, "art8-4"),
        "desk:law_file": reverse("desk:law_file", args=[case.pk, file.pk]),
        "desk:law_orders": reverse("desk:law_orders"),
        "desk:law_ground": reverse("desk:law_ground", args=["art11-3"]),
    }
    few = counts_of(decider.client, addresses)
    _fill(decider, file_law, range(3, 10))
    for n in range(6):
        decider.client.post(law(case, "art5-materials"), {"text": f"Ещё {n}"})
    many = counts_of(decider.client, addresses)
    assert grown(few, many) == {}
    assert over(many, GETS) == {}
    views = views_of("otklik.web.desk.proceedings")
    assert set(views) == {name.partition("?")[0] for name in GETS}


def test_the_register_pages_by_key(decider: Person, centre: Centre, file_law: FileAppeal) -> None:
    for n in range(5):
        case = file_law(f"Вопрос {n}")
        actions.forward(
            access=decider.access, appeal_id=case.pk,
            transfers=[actions.TransferTo(addressee="Министерство")],
            given=actions.Given(reason="По теме"),
        )  # fmt: skip
    found = register_of(decider.access, "forwarded")
    first = page(found, tab="forwarded", limit=3)
    second = page(found, tab="forwarded", cursor=first.after, limit=3)
    assert [len(first.rows), len(second.rows), second.after] == [3, 2, ""]
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_the_centre_keeps_its_own_editions_words_and_order_for_mail(
    centre: Centre, decider: Person
) -> None:
    page, today = reverse("desk:law_orders"), clock.today(centre.municipality.tz)
    assert "сверьте с действующей редакцией" in text_of(decider, page)
    ground = reverse("desk:law_ground", args=["art11-4"])
    bad = decider.client.post(ground, {"since": today, "template": "{имя}"})
    assert "неизвестная подстановка" in bad.content.decode()
    decider.client.post(ground, {"since": today, "days": 5, "template": "По № {номер}"})
    assert "своя, с" in text_of(decider, page)
    decider.client.post(page, {"what": "repeat", "repeat-text": "За месяц", "repeat-days": 30})
    assert definitions(centre.municipality.pk)["repeat"].days == 30
    refused = decider.client.post(page, {"what": "mail", "mail-email": "explain"})
    assert "Нужен текст ответа" in refused.content.decode()
    decider.client.post(
        page, {"what": "mail", "mail-email": "explain", "mail-email_template": "Подайте на сайте"}
    )
    assert practice_of(centre.municipality.pk).email == "explain"
    assert centre.operator.client.get(page).status_code == 403

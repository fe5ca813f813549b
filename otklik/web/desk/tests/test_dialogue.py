"""The head follows how recipients deal with citizens: the dialogue, another recipient, a return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.actions import link_case
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, Disposition, InboundKind
from otklik.records.attachments.actions import store
from otklik.web.desk.tests.answering import GOOD, TICKED
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
CITIZEN = "ivanova@example.test"


def letter(centre: Centre, case: Appeal, text: str, sender: str = CITIZEN) -> InboundMessage:
    """A letter that has come in the case."""
    account, _ = ChannelAccount.objects.get_or_create(
        municipality=centre.municipality, kind=ChannelKind.EMAIL, title="Почта"
    )
    made = InboundMessage.objects.create(
        received_at=clock.now(), taken_at=clock.now(), municipality_id=centre.municipality.pk,
        account_id=account.pk, channel=ChannelKind.EMAIL, kind=InboundKind.LETTER,
        external_id=f"<{text}@example.test>", sender=sender, text=text, raw=b"",
        disposition=Disposition.ACCEPTED,
    )  # fmt: skip
    link_case(message_id=made.pk, case_id=case.pk)
    return made


def ours(centre: Centre, case: Appeal, text: str, **more: Any) -> OutboundMessage:
    return OutboundMessage.objects.create(
        municipality=centre.municipality, case_id=case.pk, channel=ChannelKind.EMAIL, text=text,
        state="sent", send_after=clock.now(), sent_at=clock.now(), created_at=clock.now(),
        created_label="Система", key=text, **more,
    )  # fmt: skip


def card(person: Person, case: Appeal) -> str:
    answer = person.client.get(reverse("desk:appeal", args=[case.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.clause("pereslavl:2.3.3")
def test_head_sees_the_dialogue_changes_the_recipient_and_returns_an_answer(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    plumber = make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)
    assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk)
    ours(centre, case, "Ваше обращение принято", purpose="receipt", recipient=CITIZEN)
    letter(centre, case, "Яма стала ещё больше")
    shown = card(centre.head, case)
    assert "Переписка с заявителем" in shown
    assert shown.index("Ваше обращение принято") < shown.index("Яма стала ещё больше")
    url = reverse("desk:assignments", args=[case.pk])
    centre.head.client.post(url, {"body": centre.water.pk, "role": "main"})
    assert Assignment.objects.get(withdrawn_at__isnull=True).body == centre.water
    ticks = dict.fromkeys(TICKED, "1")
    url = reverse("desk:reply", args=[case.pk])
    plumber.client.post(url, {"text": GOOD, "next": "submit", **ticks})
    url = reverse("desk:decision", args=[case.pk])
    centre.head.client.post(url, {"decision": "return", "remark": "Не сказано, кто отвечает"})
    assert Reply.objects.get().status == "returned"
    assert "Не сказано, кто отвечает" in card(plumber, case)


def test_letters_of_executors_and_tasks_are_not_the_dialogue(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    ours(centre, case, "Огородите яму", purpose="task", recipient="Master@roads.test")
    letter(centre, case, "Огородили", sender="master@roads.test")
    assert "Переписка с заявителем" not in card(centre.head, case)


def test_the_dialogue_is_masked_for_those_who_may_not_know_the_applicant(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    letter(centre, case, "Звоните мне: +7 912 345-67-89")
    only_sees = {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}
    observer = make_person(centre.municipality, "Зорина Вера Ильинична", only_sees)
    assert "Звоните мне" in card(observer, case)
    assert "345-67-89" not in card(observer, case)
    assert "345-67-89" in card(centre.head, case)


def test_files_of_a_later_letter_open_from_the_card(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    came = letter(centre, case, "Вот фотография")
    kept = store(
        municipality_id=centre.municipality.pk, file_name="яма.txt", content=b"photo",
        subject="inbound_message", subject_id=came.pk, from_citizen=True,
    )  # fmt: skip
    url = reverse("desk:file", args=[case.pk, kept.pk])
    assert url in card(centre.head, case)
    assert centre.head.client.get(url).status_code == 200
    other = file_appeal("Не горит фонарь")
    assert centre.head.client.get(reverse("desk:file", args=[other.pk, kept.pk])).status_code == 404


def test_names_of_files_are_masked_for_those_who_may_not_know_the_applicant(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    store(
        municipality_id=centre.municipality.pk, file_name="Иванова_Мария_Петровна_паспорт.txt",
        content=b"scan", subject="appeal", subject_id=case.pk, from_citizen=True,
    )  # fmt: skip
    only_sees = {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}
    observer = make_person(centre.municipality, "Зорина Вера Ильинична", only_sees)
    assert "Иванова" not in card(observer, case)
    assert "паспорт.txt" in card(observer, case)
    assert "Иванова_Мария_Петровна_паспорт.txt" in card(centre.head, case)

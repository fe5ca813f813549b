"""Exchange with the regional centre on appeals: its term, its list, its answers, the remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.actions import extend_deadline
from otklik.coordination.regional.models import RegionalItem
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import OPERATOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
PAGES = {"desk:regional": 11, "desk:regional?state=answered": 11, "desk:regional_item": 14}
CURATOR = dict.fromkeys(
    (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.CONTROL), Scope.MUNICIPALITY
)


@pytest.fixture
def curator(centre: Centre) -> Person:
    return make_person(centre.municipality, "Кураторова Анна Львовна", CURATOR)


@pytest.fixture
def keeper(centre: Centre) -> Person:
    rights = {**OPERATOR, Permission.SET_UP: Scope.MUNICIPALITY}
    return make_person(centre.municipality, "Админова Вера Ильинична", rights)


def asks(person: Person, case: Appeal, text: str, direction: str = "to") -> str:
    url = reverse("desk:regional_ask", args=[case.pk])
    form = {"text": text, "direction": direction}
    return said(person.client.post(url, form, follow=True))


def page(person: Person, name: str, *args: int, **query: str) -> str:
    return said(person.client.get(reverse(f"desk:{name}", args=args), query))


def answers(person: Person, item: RegionalItem, **form: str) -> str:
    url = reverse("desk:regional_item", args=[item.pk])
    return said(person.client.post(url, form, follow=True))


def said(answer: object) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")  # type: ignore[attr-defined]


def due_in(case: Appeal, days: int) -> Appeal:
    ends = clock.now() + timedelta(days=days)
    Appeal.objects.filter(pk=case.pk).update(due_at=ends)
    case.deadlines.filter(kind="answer").update(due_at=ends)
    return case


@pytest.mark.clause("novoduginsky:3.2")
def test_an_item_carries_the_term_of_its_appeal_and_the_list_goes_by_remaining_time(
    centre: Centre, curator: Person, file_appeal: FileAppeal
) -> None:
    far, near = due_in(file_appeal("Яма у школы"), 9), due_in(file_appeal("Течь в подвале"), 3)
    assert "передайте его в ЦУР сами" in asks(centre.operator, far, "Чья это дорога?")
    assert "Запрос ЦУР записан" in asks(centre.operator, near, "Когда устранят?", "from")
    listed = page(centre.operator, "regional")
    assert listed.index("Когда устранят?") < listed.index("Чья это дорога?")
    due_in(far, 1)
    listed = page(centre.operator, "regional")
    assert listed.index("Чья это дорога?") < listed.index("Когда устранят?")
    due_in(near, -1)
    assert "просрочено" in page(centre.operator, "regional")
    assert "Когда устранят?" in page(centre.operator, "appeal", near.pk)


def test_an_extension_of_the_appeal_moves_the_item(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal("Яма у школы")
    asks(centre.operator, case, "Чья это дорога?")
    item = RegionalItem.objects.get()
    before = item.appeal.due_at
    extend_deadline(
        access=centre.operator.access, appeal_id=case.pk, days=5, reason="запрос", notice_text="—"
    )
    moved = RegionalItem.objects.get().appeal.due_at
    assert before is not None
    assert moved is not None
    assert moved > before


@pytest.mark.clause("novoduginsky:2.2.1")
def test_the_curator_sees_items_terms_requests_and_answers_and_marks_remarks(
    centre: Centre, curator: Person, file_appeal: FileAppeal
) -> None:
    case = due_in(file_appeal("Яма у школы"), 4)
    assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk)
    asks(centre.operator, case, "Кто засыпает яму?", "from")
    item = RegionalItem.objects.get()
    answers(centre.executor, item, text="Дорожная служба, до пятницы.")
    shown = page(curator, "regional_item", item.pk)
    for words in ("Кто засыпает яму?", "Дорожная служба, до пятницы.", "Срок обращения"):
        assert words in shown
    assert "Кто засыпает яму?" in page(curator, "regional", state="answered")
    assert case.number in page(curator, "control")
    answers(curator, item, verb="remark", remark="Назовите точную дату.")
    assert "Замечание: Назовите точную дату." in page(centre.operator, "regional", state="answered")
    (notice,) = Notice.objects.filter(text__startswith="Замечание к обмену с ЦУР")
    assert notice.account == centre.operator.account
    told = [entry.sentence for entry in story_of(case.pk)]
    assert {"Запрос ЦУР", "Ответ (запрос ЦУР)", "Замечание к обмену с ЦУР"} <= set(told)
    refused = answers(centre.executor, item, verb="remark", remark="Сами знаем.")
    assert "У вас нет права" in refused


def test_letters_go_to_the_address_of_the_regional_centre(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    ChannelAccount.objects.create(
        municipality=centre.municipality, kind=ChannelKind.EMAIL, title="Почта", enabled=True
    )
    url = reverse("desk:regional_address")
    assert "не адрес почты" in said(keeper.client.post(url, {"email": "цур"}, follow=True))
    keeper.client.post(url, {"email": "cur@region.test"})
    case = due_in(file_appeal("Яма у школы"), 4)
    assert "Запрос отправлен в ЦУР" in asks(keeper, case, "Чья это дорога?")
    (letter,) = OutboundMessage.objects.filter(recipient="cur@region.test")
    assert "Срок по обращению:" in letter.text
    item = RegionalItem.objects.get()
    answers(keeper, item, text="Районная.")
    assert OutboundMessage.objects.filter(recipient="cur@region.test").count() == 1
    assert "На этот запрос уже ответили." in answers(keeper, item, text="Ещё раз.")


def test_strangers_and_empty_texts_are_refused(
    centre: Centre, curator: Person, file_appeal: FileAppeal
) -> None:
    case = file_appeal("Яма у школы")
    assert "Не написано, что нужно." in asks(centre.operator, case, "  ")
    asks(centre.operator, case, "Чья это дорога?")
    item = RegionalItem.objects.get()
    url = reverse("desk:regional_item", args=[item.pk])
    assert centre.executor.client.get(url).status_code == 404
    assert "Ответ пуст." in answers(centre.operator, item, text="")


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, curator: Person, file_appeal: FileAppeal
) -> None:
    crowd(centre, curator, file_appeal, range(3))
    item = RegionalItem.objects.earliest("pk")
    pages = {name: address(name, item) for name in PAGES}
    few, short = counts_of(curator.client, pages), sizes_of(curator.client, pages)
    crowd(centre, curator, file_appeal, range(3, 30))
    many = counts_of(curator.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(PAGES) - {"desk:regional_item"} <= longer(short, sizes_of(curator.client, pages))


def crowd(centre: Centre, curator: Person, file: FileAppeal, names: range) -> None:
    for n in names:
        case = file(f"Яма {n}")
        for direction in ("to", "from"):
            asks(centre.operator, case, f"Вопрос {n}", direction)
        item = RegionalItem.objects.latest("pk")
        answers(centre.operator, item, text="Ответ")
        for one in RegionalItem.objects.filter(appeal=case):
            answers(curator, one, verb="remark", remark="Замечание")


def address(name: str, item: RegionalItem) -> str:
    view, mark, query = name.partition("?")
    return reverse(view, args=[item.pk] if view == "desk:regional_item" else []) + mark + query


def test_every_address_of_the_screen_is_counted() -> None:
    counted = {name.partition("?")[0] for name in PAGES}
    posts = {"desk:regional_address", "desk:regional_ask"}
    assert set(views_of("otklik.web.desk.regional")) | {"desk:regional_ask"} == counted | posts

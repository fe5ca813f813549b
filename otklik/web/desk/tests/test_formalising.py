"""Appeals are split, formalised and marked by themes on the screens; people confirm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.formalising.models import Formalisation
from otklik.directory.organisation.models import Block, BlockMember
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import House, Landmark, Settlement, Street
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

pytestmark = pytest.mark.django_db
FileAppeal = Callable[..., Appeal]
HOLES = "На улице Садовой возле школы № 3 огромная яма. Прошу принять меры."
READS = {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}
SORTS = {**READS, Permission.CLASSIFY: Scope.MUNICIPALITY}


def page(person: Person, url: str) -> str:
    return person.client.get(url).content.decode().replace("\u00a0", " ")


def card(person: Person, case: Appeal) -> str:
    return page(person, reverse("desk:appeal", args=[case.pk]))


def send(person: Person, name: str, case: Appeal, **form: object) -> str:
    """Post a step of the card; what the page then says."""
    url = reverse(f"desk:formal_{name}", args=[case.pk])
    return person.client.post(url, form, follow=True).content.decode().replace("\u00a0", " ")


def entry(**more: object) -> dict[str, object]:
    return {
        "question": 1, "essence": "Яма у школы № 3", "kind": "request", "object_kind": "landmark",
        "object_name": "школа № 3", "cause": "размыло водой", **more,
    }  # fmt: skip


@pytest.mark.clause("ust-kubinsky:3.1.g", "tuapse:1.6.2", "dedovichi:3.4", "novoduginsky:1.2.a.2")
def test_an_appeal_is_split_and_formalised_with_suggestions_that_a_person_confirms(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    village = Settlement.objects.create(
        municipality=centre.municipality, name="Берёзовка", kind="village"
    )
    school = Landmark.objects.create(
        municipality=centre.municipality, name="Школа № 3", lat=55.0, lon=36.0
    )
    case = file_appeal(f"{HOLES} И ещё: в парке не горит фонарь.", topic_id=centre.holes.pk)
    shown = card(centre.operator, case)
    assert "На улице Садовой возле школы № 3 огромная яма" in shown
    assert "объект: школа № 3" in shown
    assert not Formalisation.objects.exists()

    send(centre.operator, "question", case, text="В парке не горит фонарь",
         topic=centre.leaks.pk, settlement=village.pk, place="парк")  # fmt: skip
    second = Question.objects.get(appeal=case, number=2)
    assert (second.topic, second.settlement, second.place) == (centre.leaks, village, "парк")

    said = send(centre.operator, "essence", case, **entry(holder=centre.roads.pk, confirm="1"))
    assert "Формализация подтверждена" in said
    first = Formalisation.objects.get(question__number=1)
    assert (first.state, first.kind, first.landmark) == ("confirmed", "request", school)
    assert (first.holder, first.cause) == (centre.roads, "размыло водой")
    send(centre.operator, "essence", case, question=2, essence="Не горит фонарь в парке",
         kind="problem", object_kind="network", object_name="уличное освещение",
         confirm="1")  # fmt: skip
    shown = card(centre.operator, case)
    for word in ("Яма у школы № 3", "Не горит фонарь в парке", "Берёзовка", "подтверждено"):
        assert word in shown
    told = [one.sentence for one in Entry.objects.filter(case_id=case.pk)]
    assert "Выделен вопрос 2: В парке не горит фонарь" in told


@pytest.mark.clause("tuapse:2.2.2")
def test_the_suggestion_is_taken_as_it_is_by_one_button(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal("Добрый день. В подъезде холодно из-за разбитого окна.")
    shown = card(centre.operator, case)
    assert 'data-key-label="Принять формализацию"' in shown
    send(centre.operator, "essence", case, question=1, confirm="1",
         essence="В подъезде холодно из-за разбитого окна", kind="problem", object_kind="house",
         object_name="подъезд", cause="разбитого окна")  # fmt: skip
    part = Formalisation.objects.get()
    assert part.state == "confirmed"
    assert part.confirmed_label.startswith("Сидорова\u00a0А.\u00a0П.")
    assert "Принять предложенное" not in card(centre.operator, case)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"essence": " "}, "Не написана суть."),
        ({"essence": "а" * 201}, "Суть длиннее 200 знаков."),
        ({"kind": "крик"}, "Не выбран вид."),
        ({"object_kind": ""}, "Не выбран вид объекта."),
        ({"holder": 10**9}, "Такого балансодержателя нет."),
        ({"question": 7}, "Такого вопроса нет."),
    ],
)
def test_a_wrong_entry_is_refused_in_words(
    form: dict[str, object], said: str, centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal(HOLES)
    assert said in send(centre.operator, "essence", case, **entry(**form))
    assert not Formalisation.objects.exists()


def test_the_holder_of_the_house_is_taken_over(centre: Centre, file_appeal: FileAppeal) -> None:
    village = Settlement.objects.create(
        municipality=centre.municipality, name="Берёзовка", kind="village"
    )
    street = Street.objects.create(settlement=village, name="Садовая")
    house = House.objects.create(street=street, number="5", lat=55, lon=36, holder=centre.water)
    place = PlaceGiven(settlement_id=village.pk, street_id=street.pk, house_id=house.pk)
    case = file_appeal("Течёт крыша", place=place)
    send(centre.operator, "essence", case, **entry(object_kind="house", object_name="кровля"))
    assert Formalisation.objects.get().holder == centre.water


@pytest.mark.clause("dedovichi:13.3")
def test_work_is_given_to_others_done_by_them_and_checked(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    chief = make_person(centre.municipality, "Главная Ольга Ильинична", SORTS)
    helper = make_person(centre.municipality, "Помощников Илья Ильич", READS)
    cases = [file_appeal(f"{HOLES} {number}") for number in range(3)]
    rest = page(chief, "/desk/formalising/?tab=rest")
    assert all(case.number in rest for case in cases)
    due = clock.today() + timedelta(days=2)
    given = {
        "tab": "rest", "case": [cases[0].pk, cases[1].pk], "account": helper.account.pk,
        "due_on": str(due),
    }  # fmt: skip
    chief.client.post("/desk/formalising/giving/", given)
    assert Notice.objects.get(account=helper.account).text.startswith(
        "Поручено формализовать 2\u00a0обращения"
    )
    mine = page(helper, "/desk/formalising/")
    assert cases[0].number in mine
    assert cases[2].number not in mine

    assert "Внесено и ждёт проверки" in send(helper, "essence", cases[0], **entry())
    refused = send(helper, "essence", cases[0], **entry(confirm="1"))
    assert "Порученную вам работу проверяет другой человек" in refused
    assert cases[0].number in page(chief, "/desk/formalising/?tab=check")
    said = send(chief, "check", cases[0], question=1, verdict="back", remark="Уточните объект")
    assert "Возвращено с замечанием" in said
    assert "Уточните объект" in page(helper, "/desk/formalising/")
    send(helper, "essence", cases[0], **entry(object_name="школа"))
    send(chief, "check", cases[0], question=1, verdict="ok")
    part = Formalisation.objects.get(question__appeal=cases[0])
    assert (part.state, part.object_name) == ("confirmed", "школа")
    assert part.entered_label.startswith("Помощников\u00a0И.\u00a0И.")
    assert part.confirmed_label.startswith("Главная\u00a0О.\u00a0И.")

    assert "Формализация подтверждена" in send(chief, "essence", cases[2], **entry(confirm="1"))


def test_work_is_given_only_to_those_who_see_the_case(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal(HOLES)
    url = "/desk/formalising/giving/"
    form = {"tab": "rest", "case": [case.pk], "account": centre.executor.account.pk}
    answer = centre.operator.client.post(url, form, follow=True).content.decode()
    assert "не видит" in answer
    answer = centre.operator.client.post(url, {**form, "case": []}, follow=True).content.decode()
    assert "Обращения не выбраны" in answer
    past = {**form, "due_on": "2020-01-01"}
    assert "уже прошёл" in centre.operator.client.post(url, past, follow=True).content.decode()
    assert centre.executor.client.post(url, form).status_code == 403
    assert not Formalisation.objects.exists()


@pytest.mark.clause("pereslavl:2.4.5")
def test_the_head_of_a_block_formalises_appeals_of_his_block_only(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    block = Block.objects.create(municipality=centre.municipality, name="Дороги")
    BlockMember.objects.create(block=block, body=centre.roads, membership="lead")
    head = make_person(
        centre.municipality,
        "Блоков Пётр Ильич",
        {Permission.VIEW_APPEALS: Scope.BLOCK, Permission.CLASSIFY: Scope.BLOCK},
    )
    head.account.appointments.update(block=block)
    today = clock.today()
    assert access_of(head.account, centre.municipality.pk, today).may(Permission.CLASSIFY)
    own, alien = file_appeal(HOLES, topic_id=centre.leaks.pk), file_appeal("Течёт труба")
    for case, body in ((own, centre.roads), (alien, centre.water)):
        assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=body.pk)

    send(centre.operator, "essence", own, **entry())
    assert own.number in page(head, "/desk/formalising/?tab=check")
    send(head, "check", own, question=1, verdict="ok")
    assert Formalisation.objects.get().confirmed_label.startswith("Блоков\u00a0П.\u00a0И.")
    send(head, "essence", own, **entry(essence="Яма, размыло обочину", confirm="1"))
    part = Formalisation.objects.get()
    assert (part.essence, part.cause, part.state) == (
        "Яма, размыло обочину", "размыло водой", "confirmed",
    )  # fmt: skip
    head.client.post(f"/desk/appeals/{own.pk}/topic/", {"topic": centre.holes.pk, "question": 1})
    own.refresh_from_db()
    assert own.topic == centre.holes
    url = reverse("desk:formal_essence", args=[alien.pk])
    assert head.client.post(url, entry(confirm="1"), follow=True).status_code == 404
    assert Formalisation.objects.count() == 1


@pytest.mark.clause("novoduginsky:2.4.6")
def test_the_deputy_head_structures_by_number_and_formalises(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    deputy = make_person(centre.municipality, "Замова Инна Ильинична", SORTS)
    for number, kind in enumerate(("request", "request", "complaint")):
        case = file_appeal(f"{HOLES} {number}", topic_id=centre.holes.pk)
        send(deputy, "essence", case, **entry(kind=kind, confirm="1"))
    case = file_appeal("Течёт труба", topic_id=centre.leaks.pk)
    send(deputy, "essence", case, **entry(essence="Течёт труба", kind="problem", confirm="1"))
    answer = deputy.client.get("/desk/formalising/?tab=numbers")
    rows = {row["name"]: row for row in answer.context["numbers"]["rows"]}
    assert rows["Дороги"]["cells"][:4] == [2, 0, 0, 1]
    assert rows["Дороги"]["total"] == 3
    assert rows["Жилищно-коммунальное хозяйство"]["cells"][1] == 1
    listed = page(deputy, rows["Дороги"]["url"])
    assert listed.count("Яма у школы № 3") == 3
    assert "Течёт труба" not in listed
    loose = file_appeal("Просто пишу вам о разном")
    send(deputy, "essence", loose, **entry(essence="О разном", kind="fact", confirm="1"))
    answer = deputy.client.get("/desk/formalising/?tab=numbers")
    rows = {row["name"]: row for row in answer.context["numbers"]["rows"]}
    listed = page(deputy, rows["Тематика не отмечена"]["url"])
    assert "О разном" in listed
    assert "Яма у школы № 3" not in listed


def test_a_question_split_by_mistake_is_taken_back(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal(HOLES)
    send(centre.operator, "question", case, text="Лишний")
    assert "Вопрос убран" in send(centre.operator, "question_drop", case, question=2)
    refused = send(centre.operator, "question_drop", case, question=1)
    assert "Убрать можно только последний" in refused
    send(centre.operator, "question", case, text="Нужный")
    assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk)
    refused = send(centre.operator, "question_drop", case, question=2)
    assert "По этому вопросу уже работали" in refused
    assert "Не сказано, о чём вопрос" in send(centre.operator, "question", case, text=" ")


@pytest.mark.clause("pereslavl:1.1.3.a")
@pytest.mark.parametrize("channel", [Channel.POS, Channel.HOTLINE122, Channel.VK, Channel.EMAIL])
def test_messages_of_every_channel_are_formalised_by_themes(
    channel: Channel, centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal(HOLES, channel=channel, regime=Regime.OTHER, topic_id=centre.holes.pk)
    assert case.theme == "roads"
    send(centre.operator, "theme", case, theme="transport")
    send(centre.operator, "essence", case, **entry(confirm="1"))
    done = page(centre.operator, "/desk/formalising/?tab=done&theme=transport")
    assert "Яма у школы № 3" in done
    assert case.number not in page(centre.operator, "/desk/formalising/?tab=done&theme=roads")


LISTS = {
    "desk:formalising": 12,
    "desk:formalising?tab=rest": 13,
    "desk:formalising?tab=given": 13,
    "desk:formalising?tab=check": 12,
    "desk:formalising?tab=done": 12,
    "desk:formalising?tab=numbers": 13,
}
POST_ONLY = {
    "desk:formalising_give", "desk:formal_essence", "desk:formal_check", "desk:formal_theme",
    "desk:formal_question", "desk:formal_question_drop",
}  # fmt: skip


def test_lists_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    chief = make_person(centre.municipality, "Главная Ольга Ильинична", SORTS)
    other = make_person(centre.municipality, "Помощников Илья Ильич", READS)
    named = {name: name.partition("?") for name in LISTS}
    urls = {name: reverse(view) + mark + rest for name, (view, mark, rest) in named.items()}
    _spread(chief, other, centre, file_appeal, 2)
    few, short = counts_of(chief.client, urls), sizes_of(chief.client, urls)
    _spread(chief, other, centre, file_appeal, 8)
    many = counts_of(chief.client, urls)
    assert grown(few, many) == {}
    assert over(many, LISTS) == {}
    steady = {"desk:formalising?tab=numbers"}
    assert set(LISTS) - steady <= longer(short, sizes_of(chief.client, urls))


def _spread(
    chief: Person, other: Person, centre: Centre, file_appeal: FileAppeal, number: int
) -> None:
    """As many cases in every list."""
    for turn in range(number):
        cases = [file_appeal(f"{HOLES} {turn} {part}") for part in range(5)]
        for case, person in ((cases[0], chief), (cases[1], other)):
            form = {"tab": "rest", "case": [case.pk], "account": person.account.pk}
            centre.operator.client.post("/desk/formalising/giving/", form)
        send(centre.operator, "essence", cases[2], **entry())
        send(centre.operator, "essence", cases[3], **entry(confirm="1"))


def test_every_address_of_this_screen_is_counted() -> None:
    views = views_of("otklik.web.desk")
    own = {
        name
        for name, view in views.items()
        if view.__module__.startswith("otklik.web.desk.formalising")
    }
    steps = {name for name in views if name.startswith("desk:formal_")}
    assert own | steps == {name.partition("?")[0] for name in LISTS} | POST_ONLY

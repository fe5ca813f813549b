"""Reports of bodies at the desk: the head sets a form, bodies fill it, the head reads the whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import docx
import openpyxl
import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.coordination.returns import actions
from otklik.coordination.returns.models import Return, ReturnForm, ReturnVersion
from otklik.coordination.returns.vocabulary import ReturnState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 7, 0, tzinfo=UTC)
ROWS: list[tuple[str, ...]] = [
    ("Обращения", "Поступило", "number", "", "received"),
    ("Обращения", "Просрочено", "number", "", "overdue"),
    ("Меры", "Что мешает", "text", "", ""),
    ("Меры", "Оценка", "choice", "хорошо; плохо", ""),
    ("Меры", "Меры", "table", "Мера; Срок", ""),
]
FILLED = {
    "f1": "2",
    "f2": "1",
    "f3": "Нет техники",
    "f4": "хорошо",
    "f5": ["Купить грейдер", "декабрь"],
}
PAGES = {
    "desk:returns": 9,
    "desk:return": 11,
    "desk:return_forms": 8,
    "desk:return_form_new": 8,
    "desk:return_form": 10,
    "desk:return_summary": 9,
}


@pytest.fixture(autouse=True)
def november() -> Iterable[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def chief(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Орлова Вера Ильинична", {Permission.INSTRUCT: Scope.MUNICIPALITY}
    )


@pytest.fixture
def plumber(centre: Centre) -> Person:
    return make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)


def set_form(
    chief: Person, *bodies: Body, rows: list[tuple[str, ...]] = ROWS, **more: object
) -> str:
    sections, labels, kinds, options, counted = zip(*rows, strict=True)
    sent = {
        "title": "Отчёт исполнителя",
        "recurrence": "monthly",
        "due_days": "5",
        "is_active": "on",
        "bodies": [body.pk for body in bodies],
        "key": [""] * len(labels),
        "section": sections,
        "label": labels,
        "kind": kinds,
        "options": options,
        "counted": counted,
        **more,
    }
    response = chief.client.post("/desk/returns/forms/new/", sent, follow=True)
    return str(response.content.decode().replace("\u00a0", " "))


def card(person: Person, report: Return) -> str:
    response = person.client.get(f"/desk/returns/{report.pk}/")
    return str(response.content.decode().replace("\u00a0", " "))


def fill(person: Person, report: Return, step: str = "hand_in", **more: object) -> str:
    sent = {**FILLED, "step": step, **more}
    response = person.client.post(f"/desk/returns/{report.pk}/", sent, follow=True)
    return str(response.content.decode().replace("\u00a0", " "))


def decide(person: Person, report: Return, decision: str, remark: str = "") -> str:
    sent = {"decision": decision, "remark": remark}
    path = f"/desk/returns/{report.pk}/decision/"
    return str(person.client.post(path, sent, follow=True).content.decode())


def cases(centre: Centre, file_appeal: FileAppeal) -> None:
    """Two cases of the road service in October: one answered late, one in time."""
    came = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
    for late in (-1, 1):
        pk = file_appeal(f"Яма {late}", received_at=came).pk
        Appeal.objects.filter(pk=pk).update(
            executor_body=centre.roads, status=Status.ANSWERED, due_at=came + timedelta(days=9),
            answered_at=came + timedelta(days=9 + late),
        )  # fmt: skip


@pytest.mark.clause("ust-kubinsky:4.9.e", "dedovichi:12.6")
def test_a_form_of_the_head_is_filled_reminded_of_and_judged(
    centre: Centre, chief: Person, file_appeal: FileAppeal
) -> None:
    cases(centre, file_appeal)
    set_form(chief, centre.roads, centre.water)
    report = Return.objects.get(body=centre.roads)
    assert (report.period, report.due_on) == ("2026-10", date(2026, 11, 5))
    page = card(centre.executor, report)
    assert "посчитано системой: 2" in page
    assert 'name="f1" value="2"' in page
    actions.remind(municipality_id=centre.municipality.pk, today=date(2026, 11, 3))
    told = Notice.objects.get(account=centre.executor.account)
    assert "нужно сдать до 05.11.2026" in told.text
    assert "Не заполнено поле «Что мешает»" in fill(centre.executor, report, f3="")
    assert "не число" in fill(centre.executor, report, f1="много")
    assert "Отчёт сдан" in fill(centre.executor, report, f1="3")
    assert "отличается" in card(chief, report)
    assert "что исправить" in decide(chief, report, "return")
    decide(chief, report, "return", "Сверьте число поступивших")
    assert "Сверьте число поступивших" in card(centre.executor, report)
    fill(centre.executor, report)
    decide(chief, report, "accept")
    report.refresh_from_db()
    assert (report.state, report.version) == (ReturnState.ACCEPTED, 2)
    assert list(ReturnVersion.objects.values_list("values__f1", flat=True)) == [2, 3]
    names = Entry.objects.filter(subject="return").order_by("id").values_list("name", flat=True)
    assert list(names) == ["ReturnHandedIn", "ReturnSentBack", "ReturnHandedIn", "ReturnAccepted"]
    with clock.frozen(NOW + timedelta(days=6)):
        late = chief.client.get("/desk/returns/?state=overdue").content.decode()
    assert "Водоканал" in late
    assert "просрочен" in late
    assert "Дорожная служба" not in late


@pytest.mark.clause("tuapse:2.4.1", "dedovichi:16.1")
def test_reports_of_all_bodies_make_one_table_with_what_is_missing(
    centre: Centre, chief: Person, plumber: Person
) -> None:
    third = Body.objects.create(
        municipality=centre.municipality, name="Школа № 1", kind="institution"
    )
    set_form(chief, centre.roads, centre.water, third)
    roads, water = (Return.objects.get(body=body) for body in (centre.roads, centre.water))
    fill(centre.executor, roads)
    decide(chief, roads, "accept")
    fill(plumber, water, f1="5", f5=["Заменить трубу", "май", "Помыть бак", ""])
    form = ReturnForm.objects.get()
    page = chief.client.get(f"/desk/returns/forms/{form.pk}/summary/").content.decode()
    assert "Не сдали отчёт" in page
    assert "Школа № 1" in page.replace("\u00a0", " ")
    assert "ещё не принят" in page
    path = f"/desk/returns/forms/{form.pk}/summary/"
    book = openpyxl.load_workbook(io.BytesIO(chief.client.get(path + "xlsx/").content))
    main = list(book["Свод"].values)[1:]
    assert main[0] == (
        "Орган", "Состояние", "Поступило", "Просрочено", "Что мешает", "Оценка",
    )  # fmt: skip
    assert main[-1][2:4] == (7, 2)
    assert list(book["Таблица 1"].values)[2:] == [
        ("Водоканал", "Заменить трубу", "май"),
        ("Водоканал", "Помыть бак", ""),
        ("Дорожная служба", "Купить грейдер", "декабрь"),
    ]
    file = docx.Document(io.BytesIO(chief.client.get(path + "docx/").content))
    assert file.tables[0].rows[-1].cells[2].text == "7"
    assert "Не сдали отчёт: Школа № 1." in [p.text for p in file.paragraphs]


def test_every_body_sees_only_its_own(centre: Centre, chief: Person, plumber: Person) -> None:
    set_form(chief, centre.roads, centre.water)
    roads = Return.objects.get(body=centre.roads)
    assert "Дорожная служба" in centre.executor.client.get("/desk/returns/").content.decode()
    assert "Дорожная служба" not in plumber.client.get("/desk/returns/").content.decode()
    assert plumber.client.get(f"/desk/returns/{roads.pk}/").status_code == 404
    assert plumber.client.post(f"/desk/returns/{roads.pk}/", FILLED).status_code == 404
    for name in ("desk:return_forms", "desk:return_form_new"):
        assert plumber.client.get(reverse(name)).status_code == 403
    assert "Это отчёт другого органа" in fill(chief, roads)
    fill(centre.executor, roads)
    assert "принимаете не вы" in decide(centre.executor, roads, "accept").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "нет названия"),
        ({"recurrence": "daily"}, "Не выбрана периодичность"),
        ({"due_days": "скоро"}, "Срок сдачи не подходит"),
        ({"bodies": []}, "Не выбрано, кто сдаёт отчёт"),
        ({"label": [""] * 5}, "нет ни одного поля"),
        ({"options": [""] * 5}, "не названы варианты выбора"),
        ({"kind": ["picture"] * 5}, "не выбран вид"),
    ],
)
def test_a_form_that_cannot_be_filled_is_refused(
    centre: Centre, chief: Person, change: dict[str, object], said: str
) -> None:
    assert said in set_form(chief, centre.roads, rows=ROWS, **change)
    assert not ReturnForm.objects.exists()


def test_periods_open_once_and_a_changed_form_reaches_reports_not_handed_in(
    centre: Centre, chief: Person
) -> None:
    set_form(chief, centre.roads, centre.water)
    fill(centre.executor, Return.objects.get(body=centre.roads))
    form = ReturnForm.objects.get()
    sent = {
        "title": form.title, "recurrence": "monthly", "due_days": "5", "is_active": "on",
        "bodies": [centre.roads.pk, centre.water.pk], "key": ["f1", ""], "section": ["", ""],
        "label": ["Поступило", "Новое"], "kind": ["number", "text"], "options": ["", ""],
        "counted": ["", ""],
    }  # fmt: skip
    chief.client.post(f"/desk/returns/forms/{form.pk}/", sent)
    fields = {row.body_id: [f.key for f in row.parts()] for row in Return.objects.all()}
    assert fields[centre.water.pk] == ["f1", "f6"]
    assert len(fields[centre.roads.pk]) == 5
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 1)):
        actions.open_periods(municipality_id=centre.municipality.pk, today=day)
    assert Return.objects.filter(period="2026-11").count() == 2
    assert Return.objects.count() == 4


def test_pages_ask_the_same_however_much_there_is(centre: Centre, chief: Person) -> None:
    def grow(numbers: range) -> dict[str, str]:
        for number in numbers:
            body = Body.objects.create(
                municipality=centre.municipality, name=f"Орган {number}", kind="institution"
            )
            set_form(chief, *Body.objects.all(), title=f"Форма {number}", rows=ROWS * (number + 1))
            assert body.pk
        form, report = ReturnForm.objects.latest("pk"), Return.objects.latest("pk")
        keys = {"desk:return": report.pk, "desk:return_form": form.pk,
                "desk:return_summary": form.pk}  # fmt: skip
        return {n: reverse(n, args=[keys[n]] if n in keys else []) for n in PAGES}

    first = grow(range(2))
    few, short = counts_of(chief.client, first), sizes_of(chief.client, first)
    last = grow(range(2, 7))
    many, long = counts_of(chief.client, last), sizes_of(chief.client, last)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert longer(short, long) == set(PAGES)
    rest = {"desk:return_decision", "desk:return_summary_file"}
    assert set(views_of("otklik.web.desk.returns")) == set(PAGES) | rest


def test_a_report_asked_for_after_its_term_is_not_late_at_once(
    centre: Centre, chief: Person
) -> None:
    with clock.frozen(NOW + timedelta(days=17)):
        set_form(chief, centre.roads)
    assert Return.objects.get().due_on == date(2026, 11, 25)


def test_a_long_list_goes_on_by_key(centre: Centre, chief: Person) -> None:
    set_form(chief, centre.roads)
    for month in range(1, 54):
        day = date(2020 + month // 12, month % 12 + 1, 1)
        actions.open_periods(municipality_id=centre.municipality.pk, today=day)
    first = chief.client.get("/desk/returns/")
    assert len(first.context["rows"]) == 50
    second = chief.client.get("/desk/returns/" + first.context["next_url"])
    assert len(second.context["rows"]) == 4
    assert second.context["next_url"] == ""

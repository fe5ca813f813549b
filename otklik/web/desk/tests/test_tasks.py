"""Tasks at the desk: given, taken on, reported, taken off control, and only by those who may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.coordination.tasks import actions
from otklik.coordination.tasks.models import CentreFunction, Task
from otklik.coordination.tasks.vocabulary import Recurrence, TaskState
from otklik.directory.organisation.models import Appointment, Block, BlockMember, Role
from otklik.directory.organisation.vocabulary import BlockMembership, Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
DAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday() -> Iterable[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def chief(centre: Centre) -> Person:
    """The head of the centre."""
    rights = dict.fromkeys(
        (Permission.INSTRUCT, Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL),
        Scope.MUNICIPALITY,
    )
    return make_person(centre.municipality, "Орлова Вера Ильинична", rights)


@pytest.fixture
def controller(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Надзоров Пётр Ильич", {Permission.CONTROL: Scope.MUNICIPALITY}
    )


def block_of(centre: Centre, name: str, *bodies: int) -> Block:
    block = Block.objects.create(municipality=centre.municipality, name=name)
    for pk in bodies:
        BlockMember.objects.create(
            block=block, body_id=pk, membership=BlockMembership.MEMBER, order=1
        )
    return block


def lead_of(centre: Centre, block: Block, name: str, *rights: Permission) -> Person:
    made = make_person(centre.municipality, name, dict.fromkeys(rights, Scope.BLOCK))
    Appointment.objects.filter(account=made.account).update(block=block)
    return made


def issue(chief: Person, centre: Centre, **more: object) -> Task:
    """Through the form, as a person does; returns the newest task."""
    form = {
        "text": "Провести сверку ям по округу",
        "expected": "Справка с адресами",
        "owner": f"body:{centre.roads.pk}",
        "due_on": "2026-03-06",
        "recurrence": "none",
        **more,
    }
    response = chief.client.post("/desk/tasks/new/", form)
    assert response.status_code == 302, response.content.decode()
    return Task.objects.latest("pk")


def page(person: Person, path: str = "") -> str:
    response = person.client.get(f"/desk/tasks/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def step(person: Person, task: Task, verb: str, **form: object) -> str:
    response = person.client.post(f"/desk/tasks/{task.pk}/{verb}/", form, follow=True)
    return response.content.decode()


@pytest.mark.clause(
    "ust-kubinsky:4.5.3",
    "pereslavl:2.3.4",
    "novoduginsky:2.3.7",
    "tuapse:3.4.3",
    "dedovichi:12.2",
)
def test_a_task_is_given_carried_out_and_taken_off_control(
    centre: Centre, chief: Person, controller: Person
) -> None:
    task = issue(chief, centre, controller=str(controller.account.pk))
    told = Notice.objects.filter(account=centre.executor.account).get()
    assert told.url == f"/desk/tasks/{task.pk}/"
    assert "06.03.2026" in told.text
    assert "Провести сверку" in page(centre.executor, "?view=mine")
    step(centre.executor, task, "acceptance")
    photo = SimpleUploadedFile("справка.txt", "Ям 12".encode())
    step(centre.executor, task, "report", result="Найдено 12 ям", files=[photo])
    task.refresh_from_db()
    assert task.state == TaskState.REPORTED
    card = page(controller, f"{task.pk}/")
    assert "Найдено 12 ям" in card
    assert "справка.txt" in card
    step(controller, task, "decision", decision="return", remark="Нет адресов")
    assert "Нет адресов" in page(centre.executor, f"{task.pk}/")
    step(centre.executor, task, "report", result="Адреса приложены")
    step(controller, task, "decision", decision="accept")
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    names = Entry.objects.filter(subject="task", subject_id=task.pk).order_by("id")
    assert [entry.name for entry in names] == [
        "TaskIssued", "TaskAccepted", "TaskReported", "TaskReturned", "TaskReported", "TaskDone",
    ]  # fmt: skip
    assert "Снято с контроля".lower() in page(chief, "?view=watched&state=done").lower()


def test_only_those_who_may_give_take_and_check(
    centre: Centre, chief: Person, controller: Person
) -> None:
    assert centre.executor.client.get("/desk/tasks/new/").status_code == 403
    task = issue(chief, centre)
    other = make_person(centre.municipality, "Водин Олег Ильич", EXECUTOR, centre.water)
    assert other.client.get(f"/desk/tasks/{task.pk}/").status_code == 404
    assert other.client.post(f"/desk/tasks/{task.pk}/acceptance/").status_code == 404
    assert "не вам" in step(controller, task, "report", result="Сделано")
    assert "контролируете не вы" in step(centre.executor, task, "cancellation", reason="Не хочу")
    task.refresh_from_db()
    assert task.state == TaskState.NEW


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "Обязательное поле"),
        ({"due_on": "2026-03-01"}, "Срок поручения уже прошёл"),
        ({"due_on": "2062-03-01"}, "Проверьте год"),
        ({"owner": ""}, "Обязательное поле"),
        ({"number": "нет-такого"}, "Обращения № нет-такого нет"),
    ],
)
def test_a_bad_task_is_refused_in_words(
    centre: Centre, chief: Person, wrong: dict[str, str], said: str
) -> None:
    form = {"text": "Сверка", "owner": f"body:{centre.roads.pk}", "due_on": "2026-03-06", **wrong}
    response = chief.client.post("/desk/tasks/new/", form)
    assert said in response.content.decode().replace("\xa0", " ")
    assert not Task.objects.exists()


@pytest.mark.clause("tuapse:3.5.2")
def test_a_block_lead_instructs_only_within_his_block(centre: Centre, keeper: Person) -> None:
    block = block_of(centre, "Дороги и транспорт", centre.roads.pk)
    lead = lead_of(centre, block, "Блоков Илья Ильич", Permission.INSTRUCT, Permission.VIEW_APPEALS)
    role = Role.objects.create(
        municipality=centre.municipality, slug="block-head", label="Руководитель отраслевого блока"
    )
    head = make_person(centre.municipality, "Отраслев Иван Ильич", EXECUTOR)
    form = {"role": role.pk, "block": block.pk, "since": "2026-03-02", "position": "", "basis": ""}
    keeper.client.post(f"/desk/settings/people/{head.account.pk}/", form)
    task = issue(lead, centre, owner=f"account:{head.account.pk}")
    assert "Провести сверку" in page(head, "?view=mine")
    assert issue(lead, centre, owner=f"block:{block.pk}").owner_block == block
    offered = page(lead, "new/")
    assert "Водоканал" not in offered
    assert "Дорожная служба" in offered
    body = {"text": "Чужим", "owner": f"body:{centre.water.pk}", "due_on": "2026-03-06"}
    assert lead.client.post("/desk/tasks/new/", body).status_code == 200
    with pytest.raises(Exception, match="этому исполнителю"):
        actions.issue_task(
            access=lead.access,
            new=actions.NewTask(
                text="Чужим", due_on=DAY, owner=actions.Owner(body_id=centre.water.pk)
            ),
        )
    assert Task.objects.count() == 2
    assert task.owner == head.account
    substitute = make_person(centre.municipality, "Замов Олег Ильич", {})
    named = Appointment.objects.get(account=lead.account)
    keeper.client.post(
        f"/desk/settings/appointments/{named.pk}/substitute/",
        {"account": substitute.account.pk, "since": "2026-03-02", "until": "2026-03-09"},
    )
    assert issue(substitute, centre, text="За него").issued_by == substitute.account


@pytest.mark.clause("pereslavl:2.4.3")
def test_a_block_head_sees_tasks_of_his_block_and_reports(centre: Centre, chief: Person) -> None:
    block = block_of(centre, "Городское хозяйство", centre.roads.pk)
    head = lead_of(centre, block, "Отраслев Иван Ильич", Permission.VIEW_APPEALS)
    of_body, of_block = issue(chief, centre), issue(chief, centre, owner=f"block:{block.pk}")
    issue(chief, centre, text="Чужое дело", owner=f"body:{centre.water.pk}")
    shown = page(head, "?view=mine")
    assert f'href="/desk/tasks/{of_body.pk}/"' in shown
    assert "Чужое дело" not in shown
    for task in (of_body, of_block):
        step(head, task, "report", result="Сделано в срок")
        task.refresh_from_db()
        assert task.state == TaskState.REPORTED
    assert Notice.objects.filter(account=chief.account, text__contains="проверьте").count() == 2


def test_the_light_is_said_in_words_and_shapes(centre: Centre, chief: Person) -> None:
    issue(chief, centre, text="Просрочка", due_on="2026-03-02")
    issue(chief, centre, text="Сегодняшнее", due_on="2026-03-03")
    issue(chief, centre, text="Далёкое", due_on="2026-06-01")
    with clock.frozen(MONDAY + timedelta(days=1)):
        shown = page(chief, "?view=all")
        assert shown.index("Просрочка") < shown.index("Сегодняшнее") < shown.index("Далёкое")
        for word in ("просрочено", "срок сегодня", "в срок"):
            assert word in shown
        late = page(chief, "?view=all&state=overdue")
        assert "Просрочка" in late
        assert "Далёкое" not in late
        file = chief.client.get("/desk/tasks/file/?view=all&state=open").content.decode()
        assert file.count("\r\n") == 4
        assert "Просрочка" in file


def test_a_task_moves_to_another_with_a_reason(centre: Centre, chief: Person) -> None:
    task = issue(chief, centre)
    said = step(chief, task, "move", due_on="2026-03-10", reason="")
    assert "Не указана причина" in said
    water = make_person(centre.municipality, "Водин Олег Ильич", EXECUTOR, centre.water)
    step(chief, task, "move", due_on="2026-03-10", reason="Не те", owner=f"body:{centre.water.pk}")
    task.refresh_from_db()
    assert (task.owner_body, task.due_on) == (centre.water, date(2026, 3, 10))
    assert Notice.objects.filter(account=water.account, text__contains="10.03.2026").exists()
    assert centre.executor.client.get(f"/desk/tasks/{task.pk}/").status_code == 404
    step(chief, task, "cancellation", reason="Больше не нужно")
    task.refresh_from_db()
    assert task.state == TaskState.CANCELLED


def test_a_task_on_a_case_stands_on_its_card(
    centre: Centre, chief: Person, file_appeal: FileAppeal
) -> None:
    appeal = file_appeal()
    task = issue(chief, centre, number=appeal.number)
    card = chief.client.get(f"/desk/appeals/{appeal.pk}/").content.decode()
    assert f'href="/desk/tasks/{task.pk}/"' in card
    assert "Дать поручение" in card
    assert "Поручено" in page(chief, f"{task.pk}/")


@pytest.mark.clause("ust-kubinsky:3.2", "tuapse:2.4.7", "dedovichi:16.6")
def test_a_function_is_added_and_gives_its_role_tasks(
    centre: Centre, chief: Person, controller: Person
) -> None:
    role = Appointment.objects.get(account=centre.executor.account).role
    form = {
        "name": "Сводка о состоянии дорог",
        "act": "Распоряжение от 01.02.2026 № 15",
        "clause": "3.2",
        "owner_role": role.pk,
        "recurrence": "monthly",
        "is_active": "on",
    }
    assert centre.executor.client.post("/desk/tasks/functions/", form).status_code == 403
    chief.client.post("/desk/tasks/functions/", form)
    function = CentreFunction.objects.get()
    assert "Распоряжение от 01.02.2026" in page(centre.executor, "functions/")
    for _ in range(2):
        actions.make_periodic(municipality_id=centre.municipality.pk, today=DAY)
    task = Task.objects.get()
    assert (task.function, task.due_on, task.clause) == (function, date(2026, 3, 31), "3.2")
    assert "Сводка о состоянии дорог" in page(centre.executor, "?view=mine")
    assert "функция «Сводка о состоянии дорог»" in page(controller, "regulation/")
    chief.client.post(f"/desk/tasks/functions/{function.pk}/", {**form, "is_active": ""})
    actions.make_periodic(municipality_id=centre.municipality.pk, today=date(2026, 4, 1))
    assert Task.objects.count() == 1


PAGES = {
    "desk:tasks": 12,
    "desk:tasks_file": 9,
    "desk:functions": 14,
    "desk:task_new": 12,
    "desk:regulation_control": 17,
    "desk:clause_control": 18,
    "desk:task": 16,
    "desk:function": 9,
}
STEADY = {"desk:task_new", "desk:clause_control", "desk:task", "desk:function"}
POSTS = {
    "desk:task_acceptance", "desk:task_report", "desk:task_decision", "desk:task_move",
    "desk:task_cancellation",
}  # fmt: skip
FILES = {"desk:task_file", "desk:clause_file"}


def test_every_page_asks_the_same_of_three_rows_and_of_thirty(centre: Centre) -> None:
    everyone = make_person(
        centre.municipality, "Всемогущая Вера", dict.fromkeys(Permission, Scope.MUNICIPALITY)
    )
    role = Role.objects.filter(municipality=centre.municipality).first()
    assert role is not None

    def fill(numbers: Iterable[int]) -> None:
        for number in numbers:
            actions.save_function(
                access=everyone.access, name=f"Функция {number}", act="Приказ",
                owner_role=role, recurrence=Recurrence.NONE, clause=f"3.{number}",
            )  # fmt: skip
            issue(everyone, centre, text=f"Поручение {number}", clause=f"2.{number}")

    fill(range(3))
    task, function = Task.objects.earliest("pk"), CentreFunction.objects.earliest("pk")
    keys: dict[str, dict[str, object]] = {
        "desk:task": {"pk": task.pk},
        "desk:function": {"pk": function.pk},
        "desk:clause_control": {"clause": "2.1"},
    }
    addresses = {name: reverse(name, kwargs=keys.get(name)) for name in PAGES}
    few, short = counts_of(everyone.client, addresses), sizes_of(everyone.client, addresses)
    fill(range(3, 30))
    many, long = counts_of(everyone.client, addresses), sizes_of(everyone.client, addresses)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(PAGES) - STEADY <= longer(short, long)
    assert set(views_of("otklik.web.desk.tasks")) == set(PAGES) | POSTS | FILES
    for name in POSTS:
        assert everyone.client.get(reverse(name, kwargs={"pk": task.pk})).status_code == 405


def test_long_lists_go_on_by_key(centre: Centre, chief: Person) -> None:
    for number in range(53):
        issue(chief, centre, text=f"Дело {number:02}", due_on="2026-03-06")
    first = page(chief, "?view=all")
    assert first.count("data-row-link") == 50
    cursor = first.split("page=")[1].split('"')[0].replace("&amp;", "&")
    rest = page(chief, f"?view=all&state=open&page={cursor}")
    assert rest.count("data-row-link") == 3
    assert "Дело 52" in rest

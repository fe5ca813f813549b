"""People of a centre from a table, through the settings."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Role
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person

URL = "/desk/settings/people/import/"
TABLE = """ФИО;Должность;Орган;Роли;E-mail;С даты
Лесная Вера Павловна;мастер;Дорожная служба;Диспетчер;lesnaya@zaozersk.test;01.09.2026
Чужой Олег Ильич;;Нет такого;Диспетчер;chuzhoy@zaozersk.test;
Безрольный Иван Ильич;;;;bez@zaozersk.test;вчера
"""


def send(keeper: Person, button: str, text: str = TABLE) -> str:
    file = SimpleUploadedFile("Сотрудники.csv", text.encode())
    return keeper.client.post(URL, {"file": file, button: "1"}).content.decode()


def dispatcher(centre: Centre) -> Role:
    return Role.objects.create(municipality=centre.municipality, slug="disp", label="Диспетчер")


def test_a_check_tells_all_and_writes_nothing(centre: Centre, keeper: Person) -> None:
    dispatcher(centre)
    shown = send(keeper, "check")
    assert "Будет добавлено назначений — 1" in shown
    assert "Органа «Нет такого» нет в структуре центра" in shown
    assert "Не указана роль" in shown
    assert "Дата назначения не читается" in shown
    assert not Account.objects.filter(email="lesnaya@zaozersk.test").exists()


def test_good_rows_come_in_once_and_the_journal_tells(centre: Centre, keeper: Person) -> None:
    role = dispatcher(centre)
    assert "Добавлено назначений — 1, уже было — 0, строк с ошибками — 2" in send(keeper, "import")
    held = Appointment.objects.get(role=role)
    assert held.account.email == "lesnaya@zaozersk.test"
    assert (held.body, held.position) == (centre.roads, "мастер")
    again = send(keeper, "import")
    assert "Добавлено назначений — 0, уже было — 1" in again
    assert Appointment.objects.filter(role=role).count() == 1
    told = Entry.objects.get(name="StaffImported")
    assert "«Сотрудники.csv»: назначений — 1" in told.sentence


def test_a_table_without_its_columns_is_refused(centre: Centre, keeper: Person) -> None:
    assert "нет столбцов: Роли" in send(keeper, "check", "ФИО;E-mail\nА Б;a@b.test\n")
    assert centre.executor.client.get(URL).status_code == 403

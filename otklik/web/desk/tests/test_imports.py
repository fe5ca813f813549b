"""The import wizard as a clerk walks it, without scripts."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.models import ImportProfile, ImportRun
from otklik.casework.intake.vocabulary import RunState
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.vocabulary import MunicipalityKind, Permission, Scope
from otklik.web.desk.imports import runs

pytestmark = pytest.mark.django_db

HEADER = ["Номер обращения", "Текст обращения", "Подкатегория", "Организация", "Дата создания"]
ROWS = [
    ["П-1", "У дома 4 по Садовой неделю не горит фонарь", "Освещение", "Горсвет", "04.03.2024"],
    ["П-2", "На Заречной яма, машины объезжают по тротуару", "Дороги", "Дорслужба", "05.03.2024"],
    ["П-3", "Во дворе не вывозят мусор с понедельника", "Отходы", "Чистый район", "не помню"],
]


def sign_in(*permissions: Permission) -> Client:
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="olkhovka",
        name="Ольховский муниципальный округ",
        short_name="Ольховский округ",
        kind=MunicipalityKind.MUNICIPAL_OKRUG,
        region="Заречная область",
    )
    person = Account.objects.create_user("clerk@example.test", "Сидорова Анна Петровна")
    role = Role.objects.create(municipality=place, slug="clerk", label="Оператор")
    for permission in permissions:
        RoleGrant.objects.create(role=role, permission=permission, scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=person, role=role, since=date(2020, 1, 1))
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def clerk() -> Client:
    return sign_in(Permission.IMPORT, Permission.VIEW_APPEALS)


def export(rows: list[list[str]] = ROWS, name: str = "выгрузка.csv") -> SimpleUploadedFile:
    out = StringIO()
    csv.writer(out, delimiter=";").writerows([HEADER, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode("cp1251"))


def upload(client: Client, file: SimpleUploadedFile, **extra: Any) -> Any:
    data = {"file": file, "source": "pos", **extra}
    return client.post("/desk/imports/", data, follow=True)


def chosen(response: Any) -> dict[str, str]:
    """The mapping form as the page offers it."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.clause("ust-kubinsky:4.7.1", "tuapse:3.1.6")
def test_from_file_through_check_to_cases(clerk: Client) -> None:
    columns = upload(clerk, export())
    assert "узнан по названию" in columns.content.decode()
    assert "не горит фонарь" in columns.content.decode()
    checked = clerk.post(columns.request["PATH_INFO"] + "?source=pos", chosen(columns), follow=True)
    page = checked.content.decode()
    assert "Будет создано" in page
    assert "«не помню» — не дата" in page
    assert not Appeal.objects.exists()
    loaded = clerk.post(f"/desk/imports/runs/{checked.context['run'].pk}/loading/", follow=True)
    run = loaded.context["run"]
    assert (run.created, run.refused, run.state) == (2, 1, RunState.DONE)
    assert set(Appeal.objects.values_list("external_number", flat=True)) == {"П-1", "П-2"}
    assert run.actor_label.startswith("Сидорова")
    again = upload(clerk, export())
    repeat = clerk.post(again.request["PATH_INFO"] + "?source=pos", chosen(again), follow=True)
    assert repeat.context["run"].unchanged == 2
    assert not repeat.context["can_load"]


def test_report_is_downloaded_row_by_row(clerk: Client) -> None:
    columns = upload(clerk, export())
    checked = clerk.post(columns.request["PATH_INFO"] + "?source=pos", chosen(columns), follow=True)
    response = clerk.get(f"/desk/imports/runs/{checked.context['run'].pk}/report.csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Строка", "2", "3", "4"]
    assert rows[3][2] == "не принято"
    assert "attachment" in response["Content-Disposition"]
    only = clerk.get(f"/desk/imports/runs/{checked.context['run'].pk}/report.csv?problems=1")
    assert len(only.content.decode().splitlines()) == 2


@pytest.mark.clause("ust-kubinsky:4.7.3")
def test_saved_profile_is_offered_and_used(clerk: Client) -> None:
    columns = upload(clerk, export())
    data = chosen(columns) | {"save_as": "ПОС, еженедельно", "column_2": ""}
    clerk.post(columns.request["PATH_INFO"] + "?source=pos", data)
    profile = ImportProfile.objects.get()
    assert profile.mapping["number"] == "Номер обращения"
    assert "topic" not in profile.mapping
    assert "ПОС, еженедельно" in clerk.get("/desk/imports/").content.decode()
    again = upload(clerk, export(), profile=profile.pk)
    assert chosen(again)["column_2"] == ""


def test_two_columns_for_one_field_are_refused(clerk: Client) -> None:
    columns = upload(clerk, export())
    data = chosen(columns) | {"column_2": "text"}
    page = clerk.post(columns.request["PATH_INFO"] + "?source=pos", data).content.decode()
    assert "уже взято из столбца" in page
    assert not ImportRun.objects.exists()


def test_text_must_be_chosen(clerk: Client) -> None:
    columns = upload(clerk, export())
    data = chosen(columns) | {"column_1": ""}
    page = clerk.post(columns.request["PATH_INFO"] + "?source=pos", data).content.decode()
    assert "без него строку не загрузить" in page


def test_unreadable_file_says_what_to_do(clerk: Client) -> None:
    old = SimpleUploadedFile("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    page = upload(clerk, old).content.decode()
    assert "старого формата .xls" in page
    assert "сохраните как .xlsx" in page


def test_long_file_goes_to_the_worker_and_shows_progress(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    columns = upload(clerk, export())
    checked = clerk.post(columns.request["PATH_INFO"] + "?source=pos", chosen(columns), follow=True)
    run = checked.context["run"]
    job = ProcrastinateJob.objects.get(task_name="intake.run_import")
    assert job.args == {"run_id": run.pk}
    assert 'http-equiv="refresh"' in checked.content.decode()
    bar = clerk.get(f"/desk/imports/runs/{run.pk}/progress/")
    assert "hx-get" in bar.content.decode()
    from otklik.casework.intake.jobs import run_import

    run_import(run_id=run.pk)
    done = clerk.get(f"/desk/imports/runs/{run.pk}/progress/")
    assert done["HX-Refresh"] == "true"
    assert clerk.get(f"/desk/imports/runs/{run.pk}/").context["run"].created == 2


def test_others_may_not_import_nor_see_imports(db: None) -> None:
    outsider = sign_in(Permission.VIEW_APPEALS)
    assert outsider.get("/desk/imports/").status_code == 403


def test_number_of_queries_does_not_grow_with_runs(
    clerk: Client, django_assert_max_num_queries: Any
) -> None:
    columns = upload(clerk, export())
    data = chosen(columns)
    for _ in range(6):
        clerk.post(columns.request["PATH_INFO"] + "?source=pos", data)
    with django_assert_max_num_queries(16):
        clerk.get("/desk/imports/")

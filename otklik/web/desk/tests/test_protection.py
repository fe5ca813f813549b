"""Protection of information: the page tells the truth, and what is set there is carried out."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions import clear_uploads, keep_upload
from otklik.casework.intake.models import ImportPiece
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.actions import seal
from otklik.records.journal.models import Entry
from otklik.web.desk.settings.protection.state import Demand, demands
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over

pytestmark = pytest.mark.django_db
PAGE, EXPORT = "/desk/settings/protection/", "/desk/journal/export/"
SPECIALIST = dict.fromkeys(
    (Permission.SET_UP, Permission.ORGANISE, Permission.JOURNAL), Scope.MUNICIPALITY
)
RULES = {
    "second_factor": "none", "session_hours": 12, "idle_minutes": 30, "password_length": 14,
    "upload_days": 3, "case_years": 5,
}  # fmt: skip


@pytest.fixture
def specialist(centre: Centre) -> Person:
    """The technical specialist: keeps the system, sees no applicants."""
    return make_person(centre.municipality, "Техникова Вера Львовна", SPECIALIST)


def state(centre: Centre, slug: str) -> Demand:
    place = Municipality.objects.get(pk=centre.municipality.pk)
    return next(one for one in demands(place) if one.slug == slug)


def shown(person: Person) -> str:
    answer = person.client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def set_rules(person: Person, **changed: object) -> None:
    answer = person.client.post(PAGE, {**RULES, **changed})
    assert answer.status_code == 302, answer.content.decode()


def age(client: Client, key: str, seconds: int) -> None:
    """The session as it would be so much later."""
    session = client.session
    session[key] -= seconds
    session.save()


@pytest.mark.clause("ust-kubinsky:4.6.a.2", "dedovichi:14.3")
def test_the_specialist_checks_every_requirement_and_sees_it_change(
    centre: Centre, specialist: Person, file_appeal: Callable[..., Appeal], settings: LazySettings
) -> None:
    page = shown(specialist)
    for words in ("Учётные записи", "Второй фактор", "Пароли", "Сеансы", "Шифрование",
                  "Журнал доступа к персональным данным", "Сроки хранения"):  # fmt: skip
        assert words in page
    assert {one.pk for one in state(centre, "personal").people} == {
        centre.operator.account.pk, centre.head.account.pk, centre.executor.account.pk,
    }  # fmt: skip
    assert "0\xa0записей" in state(centre, "reads").state[0]
    centre.operator.client.get(f"/desk/appeals/{file_appeal().pk}/")
    assert "1\xa0запись" in state(centre, "reads").state[0]
    Account.objects.filter(pk=centre.executor.account.pk).update(
        last_login=clock.now() - timedelta(days=120)
    )
    assert [one.pk for one in state(centre, "accounts").people] == [centre.executor.account.pk]
    with clock.frozen(clock.now() + timedelta(hours=3)):
        assert state(centre, "journal").tone == "danger"
    seal(settle=timedelta(seconds=-60))
    with clock.frozen(clock.now() + timedelta(hours=3)):
        assert state(centre, "journal").tone == "done"
    assert state(centre, "door").tone == "danger"
    settings.PUBLIC_URL, settings.SESSION_COOKIE_SECURE = "https://otklik.test", True
    assert state(centre, "door").tone == "done"
    settings.SECRET_KEY = "short"
    assert state(centre, "secrets").tone == "danger"


def test_only_those_who_set_up_open_and_change_it(centre: Centre, keeper: Person) -> None:
    for person in (centre.operator, centre.head, keeper):
        assert person.client.get(PAGE).status_code == 403
        assert person.client.post(PAGE, RULES).status_code == 403


@pytest.mark.clause("ust-kubinsky:4.6.a.2")
def test_an_idle_session_and_one_too_old_end(centre: Centre, specialist: Person) -> None:
    set_rules(specialist, idle_minutes=30, session_hours=2)
    operator = centre.operator.client
    assert operator.get("/desk/").status_code == 200
    age(operator, "protection_seen", 29 * 60)
    assert operator.get("/desk/").status_code == 200
    age(operator, "protection_seen", 31 * 60)
    ended = operator.get("/desk/appeals/")
    assert (ended.status_code, ended["Location"]) == (302, "/accounts/login/?next=/desk/appeals/")
    assert "Вы долго не работали" in operator.get(ended["Location"]).content.decode()
    assert operator.get("/desk/").status_code == 302
    head = centre.head.client
    age(head, "protection_begun", 2 * 3600 + 5)
    assert head.get("/desk/").status_code == 302
    assert Entry.objects.filter(name="ProtectionChanged").get().sentence == (
        "Изменены требования защиты информации: предел сеанса, часов: 12 → 2; "
        "выход без работы, минут: 120 → 30; длина пароля, знаков: 8 → 14; "
        "хранение загруженных выгрузок, дней: 7 → 3"
    )


@pytest.mark.clause("dedovichi:14.3")
def test_a_demanded_second_factor_shuts_the_desk_until_it_is_there(
    centre: Centre, specialist: Person
) -> None:
    set_rules(specialist, second_factor="personal")
    for door in ("/desk/", "/desk/appeals/", "/desk/imports/"):
        answer = centre.operator.client.get(door)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")
    assert specialist.client.get(PAGE).status_code == 200
    assert state(centre, "factor").tone == "warn"
    for person in (centre.operator, centre.head, centre.executor):
        Authenticator.objects.create(user=person.account, type="totp", data={"secret": "x"})
    assert centre.operator.client.get("/desk/").status_code == 200
    assert state(centre, "factor").tone == "done"


def test_passwords_shorter_than_demanded_are_refused(centre: Centre, specialist: Person) -> None:
    validate_password("тайна-семь7", centre.operator.account)
    set_rules(specialist, password_length=14)
    with pytest.raises(ValidationError, match="не меньше 14 знаков"):
        validate_password("тайна-семь7", centre.operator.account)
    validate_password("тайна-семь-ключей7", centre.operator.account)
    over_bounds = specialist.client.post(PAGE, {**RULES, "password_length": 3})
    assert over_bounds.status_code == 200
    centre.municipality.refresh_from_db()
    assert centre.municipality.password_length == 14


def test_uploads_are_kept_as_long_as_the_centre_says(centre: Centre, specialist: Person) -> None:
    keep_upload(access=centre.operator.access, file_name="a.csv", chunks=[b"1;2"])
    set_rules(specialist, upload_days=3)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert (clear_uploads(), state(centre, "retention").tone) == (0, "done")
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert "просрочено 1" in state(centre, "retention").state[1]
        assert clear_uploads() == 1
        assert not ImportPiece.objects.exists()
        assert state(centre, "retention").tone == "done"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.clause("ust-kubinsky:4.6.a.2")
def test_the_journal_of_a_period_is_taken_out_and_that_is_noted(
    centre: Centre, specialist: Person, file_appeal: Callable[..., Appeal], ending: str
) -> None:
    case = file_appeal()
    centre.operator.client.get(f"/desk/appeals/{case.pk}/")
    today = clock.today()
    asked = {"since": today, "until": today, "what": "all", "ending": ending}
    assert centre.operator.client.post(EXPORT, asked).status_code == 403
    content = specialist.client.post(EXPORT, asked).content
    if ending == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    else:
        rows = [line.split(";") for line in content.decode("utf-8-sig").splitlines()]
    kinds = [row[0] for row in rows]
    assert kinds.count("просмотр") == 1
    assert kinds.count("событие") == Entry.objects.exclude(name="JournalExported").count()
    noted = Entry.objects.get(name="JournalExported")
    assert noted.payload["reads"] == 1
    assert noted.actor_id == specialist.account.pk
    assert specialist.client.get(f"/desk/journal/file/?number={case.number}").status_code == 200
    assert Entry.objects.filter(name="JournalExported").count() == 2
    wrong = {**asked, "until": today - timedelta(days=1)}
    assert "Конец периода раньше начала" in specialist.client.post(EXPORT, wrong).content.decode()


def test_pages_ask_the_same_of_few_people_and_many(centre: Centre, specialist: Person) -> None:
    most = {PAGE: 30, EXPORT: 8}
    pages = {address: address for address in most}
    few = counts_of(specialist.client, pages)
    for number in range(8):
        make_person(centre.municipality, f"Людин Пётр {number}", SPECIALIST)
    many = counts_of(specialist.client, pages)
    assert grown(few, many) == {}
    assert over(many, most) == {}

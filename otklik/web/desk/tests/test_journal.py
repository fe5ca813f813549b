"""The journal on the desk: what was done, who read personal data, whether the chain is whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.actions import record_read, seal
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person

ROOT = "/desk/journal/"
KEEPS_JOURNAL = dict.fromkeys((Permission.JOURNAL, Permission.VIEW_APPEALS), Scope.MUNICIPALITY)


@pytest.fixture
def auditor(centre: Centre) -> Person:
    return make_person(centre.municipality, "Зорина Вера Львовна", KEEPS_JOURNAL)


@pytest.fixture
def foreign_auditor(centre: Centre) -> Person:
    place = Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Область"
    )
    return make_person(place, "Чужаков Пётр Ильич", KEEPS_JOURNAL)


def page(person: Person, address: str = "", **asked: str) -> str:
    answer = person.client.get(f"{ROOT}{address}", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["", "file/", "reads/", "seals/"])
def test_only_holders_of_the_right_get_in(centre: Centre, address: str) -> None:
    assert centre.operator.client.get(f"{ROOT}{address}").status_code == 403


def test_lines_link_to_their_case_and_obey_the_filters(
    auditor: Person, file_appeal: Callable[..., Appeal]
) -> None:
    first, second = file_appeal(), file_appeal("Протечка в подвале дома")
    assert f"/desk/appeals/{first.pk}/" in page(auditor)
    narrowed = page(auditor, number=first.number)
    assert f"/desk/appeals/{first.pk}/" in narrowed
    assert f"/desk/appeals/{second.pk}/" not in narrowed
    assert "Событий не найдено" in page(auditor, who="Никого такого")
    assert "Событий не найдено" in page(auditor, until="2001-01-01")


def test_another_municipality_sees_nothing(
    foreign_auditor: Person, centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    case = file_appeal()
    record_read(
        [case.pk], actor=Actor.system(), municipality_id=centre.municipality.pk, purpose="карточка"
    )
    assert "Событий не найдено" in page(foreign_auditor)
    assert "Просмотров пока нет" in page(foreign_auditor, "reads/")
    assert case.number not in page(foreign_auditor, "file/")


def test_file_disarms_formulas(auditor: Person, file_appeal: Callable[..., Appeal]) -> None:
    case = file_appeal()
    entry = Entry.objects.filter(case_id=case.pk).latest("id")
    entry.pk, entry.sentence = None, "=HYPERLINK(1)"
    entry.save(force_insert=True)
    text = page(auditor, "file/", number=case.number)
    assert "'=HYPERLINK(1)" in text


def test_reads_name_the_reader_and_the_case(
    auditor: Person, centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    case = file_appeal()
    centre.operator.client.get(f"/desk/appeals/{case.pk}/")
    shown = page(auditor, "reads/")
    assert "Сидорова" in shown
    assert case.number in shown


def test_button_finds_the_first_broken_row(
    auditor: Person, file_appeal: Callable[..., Appeal]
) -> None:
    case = file_appeal()
    seal(settle=timedelta(seconds=-60))
    assert "Цепочка цела" in auditor.client.post(f"{ROOT}seals/").content.decode()
    broken = Entry.objects.filter(case_id=case.pk).earliest("id")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("GRANT UPDATE ON journal_entry TO CURRENT_USER")
        cursor.execute("UPDATE journal_entry SET sentence = 'x' WHERE id = %s", [broken.pk])
    assert f"запись {broken.pk} изменена" in auditor.client.post(f"{ROOT}seals/").content.decode()


@pytest.mark.parametrize("address", ["", "reads/"])
def test_queries_do_not_grow_with_lines(
    auditor: Person, centre: Centre, file_appeal: Callable[..., Appeal], address: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page(auditor, address)
        return len(caught)

    def add() -> None:
        centre.operator.client.get(f"/desk/appeals/{file_appeal().pk}/")

    add()
    few = count()
    for _ in range(4):
        add()
    assert count() == few


@pytest.mark.parametrize("scope", [Scope.OWN, Scope.BODY, Scope.BLOCK])
def test_a_right_to_a_part_opens_no_journal_of_everybody(centre: Centre, scope: Scope) -> None:
    rights = dict.fromkeys((Permission.JOURNAL, Permission.VIEW_APPEALS), scope)
    person = make_person(centre.municipality, "Узкова Мария Ильинична", rights, centre.roads)
    for name in ("journal", "journal-file", "journal-reads", "journal-seals", "journal-export"):
        assert person.client.get(reverse(f"desk:{name}")).status_code == 403

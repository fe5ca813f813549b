"""122: whose number it is while it is typed, a call written down once, calling back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal, Applicant
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.calls.actions import ask_call_back, note_attempt
from otklik.casework.calls.models import Call, CallBack
from otklik.casework.calls.queries import cases_of_number
from otklik.casework.calls.rules import beginnings, next_try
from otklik.casework.calls.vocabulary import CallBackState, CallResult
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.models import PersonalRead
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over

FileAppeal = Callable[..., Appeal]
PAGES = {"desk:calls": 12, "desk:calls?done=1": 12, "desk:call_new": 11}
ANNA = NewApplicant(name="Лужина Анна Сергеевна", phone="8 (901) 234-56-78")


@pytest.fixture
def blind(centre: Centre) -> Person:
    """Takes calls, but may not see personal data."""
    rights = (Permission.VIEW_APPEALS, Permission.REGISTER)
    return make_person(
        centre.municipality, "Приёмова Ольга", dict.fromkeys(rights, Scope.MUNICIPALITY)
    )


def said(client: Any, typed: str) -> str:
    return str(client.post(reverse("desk:call_lookup"), {"phone": typed}).content.decode())


def card(client: Any, **more: Any) -> dict[str, Any]:
    form = client.get(reverse("desk:call_new")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return {**values, "text": "На Садовой третий день нет света", **more}


TYPED = ["901234", "+7 901 23", "8 9012", "8 (901) 234-56-78", "79012345"]


@pytest.mark.parametrize("typed", TYPED)
def test_earlier_cases_of_a_number_appear_while_it_is_typed(
    centre: Centre, file_appeal: FileAppeal, typed: str
) -> None:
    case = file_appeal(applicant=ANNA)
    file_appeal("Чужая яма")
    found = said(centre.operator.client, typed)
    assert case.number in found
    assert "Лужина" in found
    assert "Чужая" not in found
    read = PersonalRead.objects.filter(purpose="поиск по номеру телефона")
    assert read.exists()


def test_names_and_words_are_hidden_without_the_right(
    centre: Centre, file_appeal: FileAppeal, blind: Person
) -> None:
    case = file_appeal("Пишет Лужина Анна Сергеевна: нет света", applicant=ANNA)
    found = said(blind.client, "9012345")
    assert case.number in found
    assert "имя скрыто" in found
    assert "Лужина" not in found
    assert "234-56-78" not in found
    assert not PersonalRead.objects.exists()


def test_too_short_a_number_and_another_centre_find_nothing(
    centre: Centre, file_appeal: FileAppeal, stranger: Any
) -> None:
    file_appeal(applicant=ANNA)
    assert "обращались" not in said(centre.operator.client, "9012")
    Applicant.objects.update(municipality=stranger)
    assert "обращались" not in said(centre.operator.client, "9012345678")


def test_the_number_is_found_by_an_index(centre: Centre, file_appeal: FileAppeal) -> None:
    file_appeal(applicant=ANNA)
    Applicant.objects.bulk_create(
        Applicant(municipality=centre.municipality, phone=f"+7900{n:07d}") for n in range(3000)
    )
    plans = []

    def explained(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "regexp_replace" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute("ANALYZE appeals_applicant")
                cursor.cursor.execute("EXPLAIN " + sql, params)
                plans.append("\n".join(row[0] for row in cursor.cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        assert cases_of_number(centre.operator.access, "9012345678")
    assert "applicant_digits" in plans[0]
    assert "Index Cond" in plans[0]


def test_a_call_becomes_a_case_once_with_a_call_back(centre: Centre) -> None:
    client = centre.operator.client
    data = card(client, phone="+7 901 234-56-78", name="Лужина Анна", again="on")
    first = client.post(reverse("desk:call_new"), data)
    assert client.post(reverse("desk:call_new"), data)["Location"] == first["Location"]
    case = Appeal.objects.get()
    assert (case.channel, case.regime) == (Channel.HOTLINE122, Regime.HOTLINE)
    assert case.due_at is not None
    assert Call.objects.get().is_new
    task = CallBack.objects.get()
    assert (task.phone, task.state) == ("+7 901 234-56-78", CallBackState.WAITING)
    assert "Лужина" in client.get(first["Location"]).content.decode()
    page = client.get(reverse("desk:calls")).content.decode()
    assert 'href="tel:+79012345678"' in page


def test_a_call_about_an_earlier_case_is_added_to_it(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal(channel=Channel.HOTLINE122, regime=Regime.HOTLINE, applicant=ANNA)
    client = centre.operator.client
    client.post(
        reverse("desk:call_new"), card(client, about=case.pk, text="Спрашивает, когда сделают")
    )
    assert Appeal.objects.count() == 1
    assert story_of(case.pk).filter(name="CallTaken").exists()
    assert "Спрашивает, когда сделают" in client.get(f"/desk/appeals/{case.pk}/").content.decode()
    missing = client.post(reverse("desk:call_new"), card(client, about=999))
    assert missing.status_code == 422


def test_a_card_says_what_is_missing(centre: Centre) -> None:
    client = centre.operator.client
    empty = client.post(reverse("desk:call_new"), card(client, text=""))
    assert "Запишите одним предложением" in empty.content.decode()
    no_number = client.post(reverse("desk:call_new"), card(client, again="on"))
    assert "Не записан номер" in no_number.content.decode()
    assert not Appeal.objects.exists()
    assert centre.executor.client.get(reverse("desk:call_new")).status_code == 403


def test_tries_go_on_until_somebody_answers(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal(channel=Channel.HOTLINE122, applicant=ANNA)
    client = centre.operator.client
    client.post(reverse("desk:call_back", args=[case.pk]), {"phone": ANNA.phone, "about": "Фото"})
    task = CallBack.objects.get()
    attempt = reverse("desk:call_attempt", args=[task.pk])
    client.post(attempt, {"result": "no_answer"})
    task.refresh_from_db()
    assert (task.tries, task.state) == (1, CallBackState.WAITING)
    assert task.next_at > clock.now() + timedelta(minutes=29)
    chosen = clock.now() + timedelta(days=2)
    local = chosen.astimezone(centre.municipality.tz)
    client.post(attempt, {"result": "busy", "next_at": f"{local:%Y-%m-%dT%H:%M}"})
    task.refresh_from_db()
    assert task.next_at == chosen.replace(second=0, microsecond=0)
    client.post(attempt, {"result": "busy", "next_at": "вчера"})
    assert CallBack.objects.get().tries == 2
    client.post(attempt, {"result": "reached", "note": "Прислала фото"})
    task.refresh_from_db()
    assert task.state == CallBackState.REACHED
    names = list(story_of(case.pk).values_list("name", flat=True))
    assert names.count("CallTried") == 3
    assert "Прислала фото" in client.get(f"/desk/appeals/{case.pk}/").content.decode()
    with pytest.raises(Conflict):
        note_attempt(access=centre.operator.access, call_back_id=task.pk, result=CallResult.REACHED)
    assert "дозвонились" in client.get(reverse("desk:calls") + "?done=1").content.decode()


def test_giving_up_needs_a_word(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal(channel=Channel.HOTLINE122, applicant=ANNA)
    task = ask_call_back(access=centre.operator.access, appeal_id=case.pk, phone=ANNA.phone)
    attempt = reverse("desk:call_attempt", args=[task.pk])
    client = centre.operator.client
    client.post(attempt, {"result": "off", "give_up": "1"})
    task.refresh_from_db()
    assert task.state == CallBackState.WAITING
    client.post(attempt, {"result": "off", "give_up": "1", "note": "Пятый день вне сети"})
    task.refresh_from_db()
    assert task.state == CallBackState.GIVEN_UP


def test_who_may_not_see_the_person_does_not_ring(
    centre: Centre, file_appeal: FileAppeal, blind: Person
) -> None:
    case = file_appeal(channel=Channel.HOTLINE122, applicant=ANNA)
    ask_call_back(access=centre.operator.access, appeal_id=case.pk, phone=ANNA.phone)
    page = blind.client.get(reverse("desk:calls")).content.decode()
    assert "номер скрыт" in page
    assert "234-56-78" not in page
    with pytest.raises(Forbidden):
        ask_call_back(access=blind.access, appeal_id=case.pk, phone="1")


def test_a_list_of_calls_is_loaded_by_its_known_columns(centre: Centre) -> None:
    rows = [["Номер звонка", "Дата звонка", "Номер телефона", "ФИО", "Адрес", "Тематика",
             "Суть вопроса", "Результат"],
            ["Зв-1", "04.03.2024 09:15", "+79012345678", "Лужина Анна", "Садовая, 5", "Свет",
             "Третий день нет света во всём подъезде", "передано"]]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    file = SimpleUploadedFile("calls.csv", out.getvalue().encode())
    client = centre.operator.client
    page = client.post("/desk/imports/", {"file": file, "source": "hotline122"}, follow=True)
    assert "122: список звонков" in page.content.decode()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    url = page.request["PATH_INFO"] + "?source=hotline122"
    run = client.post(url, data, follow=True).context["run"]
    client.post(f"/desk/imports/runs/{run.pk}/loading/")
    case = Appeal.objects.get()
    assert (case.external_number, case.channel) == ("Зв-1", Channel.HOTLINE122)
    assert "Лужина" in said(client, "901234")


@given(typed=st.text(max_size=20))
def test_any_typing_gives_only_digits(typed: str) -> None:
    for one in beginnings(typed):
        assert one.isdecimal()
        assert 4 <= len(one) <= 10


@given(digits=st.integers(9_000_000_000, 9_999_999_999), cut=st.integers(5, 10))
def test_a_number_in_any_form_begins_as_it_is_kept(digits: int, cut: int) -> None:
    kept = str(digits)
    for lead in ("", "8", "7", "+7", "+7 (", "8-"):
        typed = lead + kept[:cut]
        assert any(kept.startswith(one) for one in beginnings(typed)), typed


@given(tries=st.integers(1, 20), result=st.sampled_from(list(CallResult)))
def test_the_next_try_is_always_later(tries: int, result: CallResult) -> None:
    now = clock.now()
    then = next_try(result, tries, now)
    if result in (CallResult.REACHED, CallResult.WRONG):
        assert then is None
    else:
        assert then is not None
        assert then > now


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    client = centre.operator.client
    urls = {name: reverse(name.partition("?")[0]) + name[len(name.partition("?")[0]) :]
            for name in PAGES}  # fmt: skip
    urls["desk:call_new"] += "?phone=901234"

    def more(numbers: range) -> None:
        for n in numbers:
            person = NewApplicant(name=f"Лужина {n}", phone=f"+7901234{n:04d}")
            for again in range(2):
                case = file_appeal(f"Нет света {n} {again}", applicant=person,
                                   channel=Channel.HOTLINE122)  # fmt: skip
                task = ask_call_back(
                    access=centre.operator.access, appeal_id=case.pk, phone=person.phone
                )
                if again:
                    note_attempt(access=centre.operator.access, call_back_id=task.pk,
                                 result=CallResult.REACHED)  # fmt: skip

    more(range(3))
    few = counts_of(client, urls)
    more(range(3, 30))
    many = counts_of(client, urls)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    executor = make_person(centre.municipality, "Ямкин Пётр", EXECUTOR, centre.roads)
    assert executor.client.get(urls["desk:calls"]).status_code == 403

"""The registration card without scripts: questions, names by a part, who wrote before."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of
from otklik.records.journal.models import Entry, PersonalRead
from otklik.web.desk.registration.naming import fitting_names
from otklik.web.desk.tests.conftest import OPERATOR, Centre, Person, make_person

pytestmark = pytest.mark.django_db
HOLE = "На Садовой у дома 5 большая яма, разбили колесо"


@pytest.fixture
def registrar(centre: Centre) -> Person:
    """An operator to whom the head has left the naming of executors."""
    return make_person(
        centre.municipality, "Ветрова Ольга", {**OPERATOR, Permission.ASSIGN: Scope.MUNICIPALITY}
    )


def card(*questions: dict[str, str], **more: object) -> dict[str, object]:
    values: dict[str, object] = {
        "channel": "paper", "applicant_kind": "citizen", "name": "Иванова Мария Петровна",
        "postal_address": "ул. Садовая, 5", "q-TOTAL_FORMS": len(questions),
        "q-INITIAL_FORMS": 0, **more,
    }  # fmt: skip
    for n, question in enumerate(questions):
        values.update({f"q-{n}-{name}": value for name, value in question.items()})
    return values


@pytest.mark.clause("ust-kubinsky:3.1.v")
def test_each_question_gets_its_topic_body_and_term_and_the_scan_is_kept(
    centre: Centre, registrar: Person
) -> None:
    scan = SimpleUploadedFile("письмо.txt", "Прошу".encode(), "text/plain")
    form = card(
        {"text": HOLE, "topic": "ямы", "body": "дорож", "place": "Садовая, 5"},
        {"text": "Из колонки нет воды", "topic": "протеч", "body": "водоканал"},
        {"text": "  "},
        scans=[scan],
    )
    answer = registrar.client.post(reverse("desk:register"), form)
    case = Appeal.objects.get()
    assert answer.url == reverse("desk:appeal", args=[case.pk])  # type: ignore[attr-defined]
    tasks = Assignment.objects.select_related("question").order_by("question__number")
    assert [(t.question.topic, t.body) for t in tasks] == [
        (centre.holes, centre.roads), (centre.leaks, centre.water),
    ]  # fmt: skip
    assert case.due_at is not None
    assert {t.due_at for t in tasks} == {case.due_at}
    assert case.number.startswith("О-")
    assert Attachment.objects.get().subject_id == case.pk
    assert (case.channel, case.applicant.name) == ("paper", "Иванова Мария Петровна")
    assert case.text.startswith(HOLE)
    assert case.registered_at is not None
    told = Entry.objects.get(name="AppealRegistered", case_id=case.pk)
    assert case.number in told.sentence
    assert told.actor_id == registrar.account.pk


def test_without_the_right_to_assign_nobody_is_named(centre: Centre) -> None:
    client = centre.operator.client
    page = client.get(reverse("desk:register")).content.decode()
    assert 'name="q-0-body"' not in page
    assert "Исполнителя назначит руководитель" in page
    client.post(reverse("desk:register"), card({"text": HOLE, "body": "дорож"}))
    assert Appeal.objects.count() == 1
    assert not Assignment.objects.exists()


def test_a_doubtful_name_is_asked_again_and_nothing_is_lost(
    centre: Centre, registrar: Person
) -> None:
    form = card({"text": HOLE, "topic": "о", "body": "нет такого"}, name="")
    page = registrar.client.post(reverse("desk:register"), form).content.decode()
    assert "Такого органа нет" in page
    assert "Укажите фамилию заявителя" in page
    assert "Подходит несколько" in page
    assert HOLE in page
    assert not Appeal.objects.exists()


def test_one_more_question_without_scripts(registrar: Person) -> None:
    form = card({"text": HOLE, "topic": "ямы"}, {"text": "Второй"}, more="1")
    page = registrar.client.post(reverse("desk:register"), form).content.decode()
    assert 'name="q-2-text"' in page
    assert HOLE in page
    assert "ул. Садовая, 5" in page
    assert not Appeal.objects.exists()


@pytest.mark.clause("ust-kubinsky:3.1.v")
def test_the_same_letter_is_registered_again_only_on_purpose(registrar: Person) -> None:
    url = reverse("desk:register")
    registrar.client.post(url, card({"text": HOLE}))
    page = registrar.client.post(url, card({"text": HOLE.upper()})).content.decode()
    assert "Такое обращение уже зарегистрировано" in page
    assert Appeal.objects.count() == 1
    registrar.client.post(url, card({"text": HOLE}, again="on"))
    assert Appeal.objects.count() == 2


@pytest.mark.parametrize(
    "given",
    [{"phone": "8 (900) 000-11-22"}, {"phone": "+79000001122"}, {"name": "иванова мар"}],
)
def test_an_earlier_applicant_is_offered_and_the_reading_is_logged(
    registrar: Person, file_appeal: Callable[..., Appeal], given: dict[str, str]
) -> None:
    known = file_appeal()
    page = registrar.client.post(reverse("desk:register_earlier"), given).content.decode()
    assert 'data-fill-name="Иванова Мария Петровна"' in page
    assert ("Возможно, это уже зарегистрировано" in page) == ("phone" in given)
    read = PersonalRead.objects.get(purpose__contains="при регистрации")
    assert read.case_ids == [known.pk]


def test_who_may_not_see_personal_data_finds_nobody(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    file_appeal()
    blind = make_person(
        centre.municipality, "Слепов Пётр",
        {Permission.REGISTER: Scope.MUNICIPALITY, Permission.VIEW_APPEALS: Scope.MUNICIPALITY},
    )  # fmt: skip
    url = reverse("desk:register_earlier")
    assert blind.client.post(url, {"phone": "+79000001122"}).status_code == 403
    assert centre.executor.client.get(reverse("desk:register")).status_code == 403


def test_a_name_is_found_by_its_beginning_before_its_middle() -> None:
    names = {"Дороги": 1, "Ямы на дорогах": 2, "Ёлки": 3}
    assert fitting_names("дорог", names) == ["Дороги"]
    assert fitting_names("на  дорогах", names) == ["Ямы на дорогах"]
    assert fitting_names("елки", names) == ["Ёлки"]
    assert fitting_names("мост", names) == []


def test_scans_stay_with_a_returned_card_of_their_sender(centre: Centre, registrar: Person) -> None:
    scan = SimpleUploadedFile("письмо.txt", "Прошу".encode(), "text/plain")
    url = reverse("desk:register")
    page = registrar.client.post(url, card({"text": HOLE}, name="", scans=[scan])).content.decode()
    assert "Укажите фамилию" in page
    token = re.search(r'name="kept_files" value="([^"]+)"', page)
    assert token
    good = card({"text": HOLE}, kept_files=token.group(1))
    centre.operator.client.post(url, card({"text": "Другое"}, kept_files=token.group(1)))
    assert not Attachment.objects.exists(), "files of another person's form"
    assert registrar.client.post(url, good).status_code == 302
    (kept,) = Attachment.objects.all()
    assert (kept.file_name, content_of(kept)) == ("письмо.txt", "Прошу".encode())


def test_photos_of_a_refused_draft_wait_on_the_card(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    case = file_appeal()
    assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk)
    own, photo = centre.executor.client, SimpleUploadedFile("акт.txt", "Акт".encode())
    url, page = (reverse(f"desk:{name}", args=[case.pk]) for name in ("reply", "appeal"))
    own.post(url, {"text": "Сделаем к {нет такого места}", "files": [photo]})
    assert not Attachment.objects.exists()
    shown = own.get(page).content.decode()
    assert "акт.txt" in shown
    assert "{нет такого места}" in shown
    assert "акт.txt" not in centre.head.client.get(page).content.decode()
    own.post(url, {"text": "Яму заделали 3 марта."})
    (kept,) = Attachment.objects.all()
    assert (kept.file_name, content_of(kept)) == ("акт.txt", "Акт".encode())
    assert "Уже приложены" not in own.get(page).content.decode()

"""The card shows cases alike and words that ask for haste; people decide what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.casework.likeness.actions import sign_texts
from otklik.directory.territory.models import Settlement, Street
from otklik.web.desk.tests.conftest import Centre

pytestmark = pytest.mark.django_db
FileAppeal = Callable[..., Appeal]


def card_of(centre: Centre, case: Appeal) -> str:
    page = centre.operator.client.get(reverse("desk:appeal", args=[case.pk]))
    return page.content.decode().replace("\u00a0", " ")


def kindred_of(centre: Centre, case: Appeal) -> str:
    assert reverse("desk:kindred", args=[case.pk]) in card_of(centre, case)
    page = centre.operator.client.get(
        reverse("desk:kindred", args=[case.pk]), headers={"HX-Request": "true"}
    )
    return page.content.decode().replace("\u00a0", " ")


def test_the_card_shows_who_tells_of_the_same_burst_pipe(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    village = Settlement.objects.create(
        municipality=centre.municipality, name="Берёзовка", kind="village"
    )
    street = Street.objects.create(settlement=village, name="Садовая")
    place = PlaceGiven(settlement_id=village.pk, street_id=street.pk)
    first = file_appeal("Прорвало трубу, вода хлещет на дорогу", place=place)
    second = file_appeal("Нет воды, в кране сухо с утра", place=place)
    other = file_appeal("Почистите снег на тротуаре", place=place)
    page = kindred_of(centre, second)
    assert "Похожие обращения" in page
    panel = page[page.index("Похожие обращения") :]
    assert f"{first}</a>" in panel
    assert "об одном: водоснабжение" in panel
    assert f"{other}</a>" not in panel
    assert kindred_of(centre, other) == "\n"
    alone = centre.operator.client.get(reverse("desk:kindred", args=[other.pk])).content.decode()
    assert "Похожих обращений не нашлось" in alone


def test_the_same_letter_from_elsewhere_is_told_apart(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    text = "Прошу включить двор нашего дома в программу: нет парковки, разбита площадка"
    first = file_appeal(text, received_at=clock.now() - timedelta(days=40))
    case = file_appeal(f"{text}!")
    sign_texts()
    page = kindred_of(centre, case)
    assert "Тот же текст, но место или время другие" in page
    assert f"{first}</a>" in page


def test_signals_are_shown_with_their_words_and_only_a_person_raises_importance(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    case = file_appeal("В подъезде пахнет газом, дети боятся")
    case.refresh_from_db()
    assert case.priority == Priority.NORMAL
    page = card_of(centre, case)
    assert "Сигналы в тексте" in page
    assert "«пахнет газом»" in page
    assert "104" in page
    centre.operator.client.post(reverse("desk:importance", args=[case.pk]))
    case.refresh_from_db()
    assert case.priority == Priority.HIGH
    assert "Повысить важность" not in card_of(centre, case)


def test_an_executor_sees_no_step_he_may_not_take(centre: Centre, file_appeal: FileAppeal) -> None:
    case = file_appeal("Пахнет газом")
    centre.executor.client.post(reverse("desk:importance", args=[case.pk]))
    case.refresh_from_db()
    assert case.priority == Priority.NORMAL


def test_a_calm_case_has_no_signals(centre: Centre, file_appeal: FileAppeal) -> None:
    assert "Сигналы в тексте" not in card_of(centre, file_appeal("Спасибо за новую остановку"))


def test_registration_suggests_importance_and_takes_the_persons_word(centre: Centre) -> None:
    client = centre.operator.client
    typed = {"q-0-text": "Искрит провод над тротуаром", "name": "Иванова"}
    said = client.post(reverse("desk:register_earlier"), typed).content.decode()
    assert "Похоже, важность повышенная" in said
    assert "«искрит провод»" in said
    form = {
        "channel": "hotline122", "applicant_kind": "citizen", "name": "Иванова Мария",
        "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0, "q-0-text": "Искрит провод над тротуаром",
    }  # fmt: skip
    client.post(reverse("desk:register"), form)
    client.post(reverse("desk:register"), {**form, "q-0-text": "Провод упал", "pressing": "on"})
    assert [one.priority for one in Appeal.objects.order_by("pk")] == ["normal", "high"]

"""A paper letter of two questions for two bodies, registered by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from tests.browser.conftest import OPERATOR, appoint
from tests.browser.driving import aside
from tests.browser.test_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOLE = "На Садовой у дома 5 яма, разбили колесо. Прошу заделать."
WATER = "Там же из колонки третий день нет воды."
NAME, PHONE, ADDRESS = "Иванова Мария Петровна", "89000001122", "ул. Садовая, 5, кв. 2"


@dataclass
class Keyboard:
    """Every press is counted: a letter is one, a chord as many as the keys held."""

    page: Page
    letters: int = 0
    commands: list[str] = field(default_factory=list)

    def type(self, text: str) -> None:
        self.letters += len(text)
        self.page.keyboard.type(text)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.commands.extend(chord.split("+"))
            self.page.keyboard.press(chord)

    @property
    def keys(self) -> int:
        return self.letters + len(self.commands)


@pytest.fixture
def delegated(town: Municipality) -> Municipality:
    """The head has left the naming of executors to the registrar; there are two bodies."""
    Body.objects.create(municipality=town, name="Водоканал", kind="enterprise")
    edition = Topic.objects.get().edition
    Topic.objects.create(edition=edition, code="2", name="Нет воды", group="ЖКХ")
    rights = (*OPERATOR, "assign")
    appoint(town, "Ветрова Ольга Ильинична", "registrar@zaozersk.test", rights)
    return town


def questions(keys: Keyboard) -> None:
    """Both questions, from the text of the first to the saved case."""
    keys.type(HOLE)
    keys.press("Tab")
    keys.type("ямы")
    keys.press("Tab")
    keys.type("дорож")
    keys.press("Tab", "Tab")
    keys.type(WATER)
    keys.press("Tab")
    keys.type("нет в")
    keys.press("Tab")
    keys.type("водо")
    keys.press("Control+Enter")
    keys.page.wait_for_url(re.compile(r"/desk/appeals/\d+/$"))


def opened(chromium: Browser, base: str) -> Keyboard:
    page = sign_in(chromium, base, "registrar")
    page.goto("/desk/appeals/")
    page.keyboard.press("n")
    page.wait_for_url("**/appeals/new/")
    assert page.evaluate("document.activeElement.name") == "name"
    return Keyboard(page)


def registered() -> tuple[Appeal, list[tuple[str, str, str, bool]]]:
    """The newest case; of each question the text, topic, body, and whether its term is set."""
    case = Appeal.objects.select_related("applicant").latest("pk")
    tasks = Assignment.objects.select_related("question__topic", "body").order_by(
        "question__number"
    )
    rows = [
        (task.question.text, str(task.question.topic), task.body.name, task.due_at == case.due_at)
        for task in tasks.filter(question__appeal=case)
    ]
    return case, rows


def test_two_questions_for_two_bodies_by_keyboard_alone(
    chromium: Browser, live_server: Any, delegated: Municipality
) -> None:
    keys = opened(chromium, live_server.url)
    keys.type(NAME)
    keys.press("Tab")
    keys.type(PHONE)
    keys.press("Tab", "Tab")
    keys.type(ADDRESS)
    keys.press("Tab")
    questions(keys)
    case, rows = aside(registered)
    assert rows == [
        (HOLE, "Ямы на дорогах", "Дорожная служба", True),
        (WATER, "Нет воды", "Водоканал", True),
    ]
    assert case.due_at is not None
    assert (case.regime, case.channel) == (Regime.LAW59, Channel.PAPER)
    assert (case.applicant.name, case.applicant.postal_address) == (NAME, ADDRESS)
    assert len(keys.commands) <= 12
    assert keys.keys <= 180


def test_who_wrote_before_is_found_and_filled_in(
    chromium: Browser, live_server: Any, delegated: Municipality
) -> None:
    def before() -> Appeal:
        person = NewApplicant(name=NAME, phone="+7 900 000-11-22", postal_address=ADDRESS)
        return take(
            access=Access.system(delegated.pk),
            new=NewAppeal(
                regime=Regime.LAW59, channel=Channel.PAPER, text="Не работает светофор",
                received_at=clock.now(), applicant=person,
            ),
        )  # fmt: skip

    first = aside(before)
    keys = opened(chromium, live_server.url)
    keys.press("Tab")
    keys.type(PHONE)
    keys.press("Tab")
    keys.page.get_by_role("button", name=NAME).wait_for()
    expect(keys.page.get_by_text("Возможно, это уже зарегистрировано")).to_be_visible()
    keys.press("Alt+1")
    questions(keys)
    case, rows = aside(registered)
    assert (case.applicant.name, case.applicant.postal_address) == (NAME, ADDRESS)
    assert [row[2:] for row in rows] == [("Дорожная служба", True), ("Водоканал", True)]
    assert case.repeats_id == first.pk
    assert keys.keys <= 140


def test_a_third_question_and_a_slip_of_the_pen(
    chromium: Browser, live_server: Any, delegated: Municipality
) -> None:
    keys = opened(chromium, live_server.url)
    page = keys.page
    page.get_by_role("button", name="Ещё вопрос").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "q-2-text"
    page.keyboard.type("Третий вопрос о дороге")
    page.keyboard.press("Tab")
    page.keyboard.type("такой темы не бывает")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Такой темы нет").wait_for()
    assert page.locator("[name=q-2-text]").input_value() == "Третий вопрос о дороге"
    expect(page.get_by_text("Укажите фамилию заявителя").first).to_be_visible()
    assert not aside(Appeal.objects.exists)

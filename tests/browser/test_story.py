"""One case from the citizen's form to the score and back, in a real browser, by real mail."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Municipality
from otklik.records.journal.queries import story_of
from tests.browser.conftest import PASSWORD
from tests.browser.driving import aside, send, work
from tests.peers.mail import MailServer

GOOD = (
    "Яму на улице Садовой у дома 5 бригада заделала 5 марта 2026 года. Качество работ проверил "
    "мастер участка, гарантия два года."
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_story_of_a_case(
    chromium: Browser,
    live_server: Any,
    town: Municipality,
    mail_server: MailServer,
    settings: Any,
) -> None:
    settings.PUBLIC_URL = base = live_server.url
    citizen_address = mail_server.user("ivanova")
    citizen = chromium.new_page(base_url=base)
    number = file_appeal(citizen, citizen_address)
    work(base)
    operator = sign_in(chromium, base, "operator")
    open_case(operator, number)
    operator.get_by_text("Изменить тему").click()
    operator.select_option("select[name=topic]", label="Ямы на дорогах")
    send(operator.get_by_role("button", name="Сохранить тему"))
    head = sign_in(chromium, base, "head")
    assign(head, number)
    work(base)
    executor = chromium.new_page(base_url=base)
    answer_by_link(executor, link_in(mail_server, "roads@", "Поручение"), GOOD)
    approver = sign_in(chromium, base, "approver")
    open_case(approver, number)
    approver.get_by_label("Замечание").fill("Напишите, кто отвечает за гарантию")
    send(approver.get_by_role("button", name="Вернуть на доработку"))
    work(base)
    again = link_in(mail_server, "roads@", "Поручение", newest=True)
    returned = letters(mail_server, aside(address_of_body), "Поручение")[-1]
    assert "Замечание: Напишите, кто отвечает за гарантию." in text_of(returned)
    answer_by_link(executor, again, f"{GOOD} За гарантию отвечает Дорожная служба.")
    open_case(approver, number)
    send(approver.get_by_role("button", name="Согласовать"))
    send(approver.get_by_role("button", name="Подписать"))
    open_case(operator, number)
    send(operator.get_by_role("button", name="Отправить ответ"))
    work(base)
    letter = letters(mail_server, citizen_address, "Ответ на ваше обращение")[-1]
    assert "За гарантию отвечает Дорожная служба." in text_of(letter)
    work(base)
    invitation = letters(mail_server, citizen_address, "Оцените ответ")[-1]
    link = re.search(r"http\S+/rate/\S+", text_of(invitation))
    assert link
    citizen.goto(link.group(0))
    citizen.get_by_label("2 — плохо").check()
    citizen.get_by_label("Вопрос не решён").check()
    send(citizen.get_by_role("button", name="Отправить оценку"))
    expect(citizen.get_by_text("Мы вернёмся к вопросу")).to_be_visible()
    reads_as_a_story(number)


def reads_as_a_story(number: str) -> None:
    """The journal tells the case in order."""
    told = aside(lambda: [e.sentence for e in story_of(Appeal.objects.get(number=number).pk)])
    steps = (
        "Зарегистрировано №", "Тема вопроса 1: «Ямы на дорогах»", "исполнитель — Дорожная служба",
        "отправлена одноразовая ссылка", "открыл обращение по ссылке", "Подготовлен проект ответа",
        "отправлен на согласование", "Напишите, кто отвечает за гарантию",
        "редакция 2", "Ответ подписан", "Ответ поставлен на отправку", "Ответ отправлен: Почта",
        "Заявитель оценил ответ на 2 из 5 и просит вернуться", "Возобновлено",
    )  # fmt: skip
    at = -1
    for step in steps:
        later = [n for n, sentence in enumerate(told) if n > at and step in sentence]
        assert later, (step, told)
        at = later[0]


def file_appeal(page: Page, address: str) -> str:
    page.goto("/m/zaozersk/new/")
    page.get_by_label("Что случилось").fill("На улице Садовой у дома 5 яма, разбили колесо")
    page.get_by_label("Как к вам обращаться").fill("Иванова Мария Петровна")
    page.locator("input[type=email]").fill(address)
    send(page.get_by_role("button", name="Отправить"))
    found = re.search(r"С-\d+/\d\d", page.content())
    assert found
    return found.group(0)


def sign_in(browser: Browser, base: str, who: str) -> Page:
    page = browser.new_page(base_url=base)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(f"{who}@zaozersk.test")
    page.locator("input[name=password]").fill(PASSWORD)
    send(page.get_by_role("button", name="Войти"))
    page.wait_for_url("**/desk/")
    return page


def open_case(page: Page, number: str) -> None:
    page.goto("/desk/appeals/")
    send(page.get_by_role("link", name=number, exact=True))
    page.wait_for_url(re.compile(r"/desk/appeals/\d+/"))


def assign(page: Page, number: str) -> None:
    open_case(page, number)
    page.select_option("select[name=body]", label="Дорожная служба")
    page.get_by_label("Поручение").fill("Заделать яму")
    page.locator("input[name=link]").check()
    send(page.get_by_role("button", name="Назначить", exact=True))


def answer_by_link(page: Page, link: str, text: str) -> None:
    page.goto(link)
    page.get_by_label("Текст ответа заявителю").fill(text)
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    send(page.get_by_role("button", name="Передать на согласование"))
    expect(page.get_by_text("Спасибо, ответ передан")).to_be_visible()


def link_in(server: MailServer, address: str, subject: str, *, newest: bool = False) -> str:
    body = aside(address_of_body)
    found = letters(server, body, subject)
    assert len(found) == (2 if newest else 1), address
    link = re.search(r"http\S+/a/\S+", text_of(found[-1]))
    assert link
    return link.group(0)


def address_of_body() -> str:
    from otklik.directory.organisation.models import Body

    return Body.objects.get(name="Дорожная служба").email


def letters(server: MailServer, address: str, subject: str) -> list[EmailMessage]:
    return [letter for letter in server.inbox(address) if subject in str(letter["Subject"])]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())

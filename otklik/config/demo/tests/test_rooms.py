"""Every room of the demo has something in it, and its screens show it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl

from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings.models import Decision, DocumentRequest
from otklik.casework.quality.models import Signal
from otklik.casework.replies.models import Proposal
from otklik.casework.teamwork.models import Entry as Note
from otklik.casework.teamwork.models import HandBack, InfoRequest
from otklik.casework.teamwork.queries import not_received, receipt_deadline
from otklik.coordination.returns.models import Return
from otklik.coordination.tasks.models import CentreFunction, Task
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.models import Entry

UNTIL = date(2026, 11, 20)
NEXT_MORNING = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
TARGET = 1500


SCREENS = {
    "coordination?tab=returned": ("Место у жилых домов содержит",),
    "requests": ("Были ли здесь земляные работы",),
    "tasks": ("Закрыть просроченные обращения по ямочному ремонту", "Доложить о готовности"),
    "functions": ("Ежемесячный разбор просрочек с исполнителями",),
    "returns": ("Отчёт исполнителя о работе с обращениями", "Дорожная служба"),
    "proposals": ("Перенести ямочный ремонт с просёлков на улицы школ",),
    "proceedings": ("ст. 8 ч. 3",),
    "visits": ("Соколова Анна Игоревна", "Мельников"),
    "quality": ("отписка",),
    "automation": ("Уличное освещение", "Холод ночью и в выходные"),
    "mechanisms": ("Фонарь за пять дней", "на согласовании"),
    "auto_register": ("Прорыв воды",),
    "problems": ("улица Железнодорожная", "обычно для пятницы"),
    "problems?state=confirmed": ("Прорыв трубы: улица Садовая", "Водоканал"),
    "signals": ("повторн",),
    "formalising?tab=check": ("внесено",),
    "pos": ("Опросы и голосования", "Сообщения из социальных сетей"),
    "pos_events": ("Проект правил благоустройства", "2 комментария ждут", "идёт", "готовится"),
    "formalising?tab=done": ("подтверждено",),
}
WHO = {"visits": "vetrova", "quality": "vetrova", "signals": "vetrova", "requests": "mohova",
       "pos": "vetrova", "pos_events": "vetrova", "formalising": "sinitsyna"}  # fmt: skip


def test_screens_show_rows(filled: Municipality, client: Client) -> None:
    with clock.frozen(NEXT_MORNING):
        for screen, expected in SCREENS.items():
            name, _, query = screen.partition("?")
            login = WHO.get(name, "golovin")
            client.force_login(Account.objects.get(email=f"{login}@zaozersk.example"))
            page = client.get(reverse(f"desk:{name}"), dict(parse_qsl(query)))
            assert page.status_code == 200, name
            for words in expected:
                assert words in page.content.decode(), (name, words)


def test_rooms_hold_work_in_different_states(filled: Municipality) -> None:
    access = Access.system(filled.pk)
    before = receipt_deadline(filled, NEXT_MORNING)
    assert 1 <= not_received(access, before).count() <= 5
    assert {each.state for each in HandBack.objects.all()} == {"waiting", "declined"}
    assert {each.state for each in InfoRequest.objects.all()} == {"asked", "answered"}
    assert InfoRequest.objects.filter(state="asked", due_at__lt=NEXT_MORNING).exists()
    assert {each.kind for each in Note.objects.all()} == {"note", "talk"}
    states = {"new", "accepted", "reported", "returned", "done", "cancelled"}
    assert {each.state for each in Task.objects.all()} == states
    assert Task.objects.filter(due_on__lt=UNTIL, state="new").exists()
    assert CentreFunction.objects.count() == 2
    reports = {each.body.short_name: each for each in Return.objects.select_related("body")}
    assert {each.state for each in reports.values()} == {"due", "accepted", "returned", "submitted"}
    assert reports["Дорожная служба"].due_on < UNTIL
    assert {each.status for each in Proposal.objects.all()} >= {"approved", "on_decision"}
    assert Decision.objects.filter(verb="forward").exists()
    assert DocumentRequest.objects.filter(received_at__isnull=True).exists()
    assert {each.state for each in Signal.objects.all()} == {"waiting", "confirmed", "dismissed"}


def test_stories_stay_in_order_and_nothing_is_ahead(filled: Municipality) -> None:
    evening = datetime(2026, 11, 20, 23, tzinfo=UTC)
    of_cases = Entry.objects.filter(municipality_id=filled.pk, case_id__isnull=False)
    assert not of_cases.filter(recorded_at__gt=evening).exists()
    touched = Appeal.objects.filter(teamwork_entries__isnull=False) | Appeal.objects.filter(
        decisions__isnull=False
    )
    assert touched.exists()
    for case in touched.distinct():
        story = list(Entry.objects.filter(case_id=case.pk).order_by("id"))
        assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(story)), case.number
        assert story[-1].recorded_at - story[0].recorded_at < timedelta(days=430)

"""Routing, terms, calendar, approval, topics and samples are set on the screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.deadlines.jobs import recount_all
from otklik.casework.deadlines.models import Deadline, DeadlineRule, Recount
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.replies.rules.placeholders import fill, unknown
from otklik.casework.routing.models import RoutingRule
from otklik.directory.approvals.models import ApprovalRoute
from otklik.directory.calendars.models import DayOverride, OfficeHours
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.desk.tests.settings_pages import (
    ROOT,
    plain,
    send,
    text,
)


def test_a_rule_names_executor_and_co_executor_by_itself(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    form = {
        "name": "Ямы — дорожники",
        "topic": centre.holes.pk,
        "body": centre.roads.pk,
        "co_bodies": [centre.water.pk],
        "automatic": "on",
        "order": 10,
    }
    send(setter, "routing/new", form)
    rule = RoutingRule.objects.get()
    assert "соисполнитель: Водоканал" in text(setter, "routing")
    both = setter.client.post(
        f"{ROOT}/routing/{rule.pk}/", {**form, "co_bodies": [centre.roads.pk]}
    )
    assert "и исполнителем, и соисполнителем" in both.content.decode()
    appeal = file_appeal(topic_id=centre.holes.pk)
    rows = Assignment.objects.filter(question__appeal=appeal).values_list("body_id", "role")
    assert set(rows) == {
        (centre.roads.pk, AssignmentRole.MAIN),
        (centre.water.pk, AssignmentRole.CO),
    }
    send(setter, f"routing/{rule.pk}/retirement")
    assert "Ямы — дорожники" not in text(setter, "routing")
    later = file_appeal("Новая яма на Лесной", topic_id=centre.holes.pk)
    assert later.executor_body_id is None


@pytest.mark.clause("ust-kubinsky:4.10.b.1")
def test_the_centre_sets_its_own_term_for_a_channel(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    form: dict[str, object] = {
        "title": "Ответ ПОС о ямах",
        "kind": "answer",
        "counted_from": "receipt",
        "regime": "pos",
        "topic": centre.holes.pk,
        "amount": 16,
        "unit": "working_hours",
        "end_shift": "next",
        "article": "Пункт 4 порядка",
        "in_force_from": "2020-01-01",
    }
    send(setter, "terms/new", form)
    rule = DeadlineRule.objects.get(municipality=centre.municipality)
    assert "16 рабочих часов" in text(setter, "terms")
    appeal = file_appeal(regime=Regime.POS, channel=Channel.POS, topic_id=centre.holes.pk)
    assert Deadline.objects.get(appeal=appeal, kind="answer").rule["article"] == rule.article
    other = file_appeal("Течёт труба", regime=Regime.POS, channel=Channel.POS)
    assert Deadline.objects.get(appeal=other, kind="answer").rule["article"] != rule.article
    send(setter, f"terms/{rule.pk}/retirement")
    rule.refresh_from_db()
    assert rule.in_force_to == clock.today()


def test_a_term_is_changed_by_a_new_edition(centre: Centre, setter: Person) -> None:
    builtin = DeadlineRule.objects.get(slug="pos-answer", municipality=None)
    page = text(setter, "terms")
    assert "сверьте с действующей редакцией" in page
    assert "30 календарных дней" in page
    form: dict[str, object] = {
        "title": builtin.title,
        "amount": 20,
        "unit": "calendar_days",
        "end_shift": "preceding",
        "article": "Пункт 7 порядка",
        "edition": "Приказ от 01.02.2026 № 5",
        "in_force_from": "2026-03-01",
    }
    send(setter, f"terms/{builtin.pk}", form)
    own = DeadlineRule.objects.get(municipality=centre.municipality)
    assert (own.regime, own.amount, own.edition) == ("pos", 20, "Приказ от 01.02.2026 № 5")
    early = setter.client.post(f"{ROOT}/terms/{own.pk}/", {**form, "in_force_from": "2026-02-01"})
    assert "действует с 01.03.2026" in early.content.decode()
    send(setter, f"terms/{own.pk}", {**form, "amount": 15, "in_force_from": "2026-09-01"})
    own.refresh_from_db()
    assert own.in_force_to == date(2026, 8, 31)
    newest = DeadlineRule.objects.get(municipality=centre.municipality, amount=15)
    assert newest.in_force_from == date(2026, 9, 1)
    builtin.refresh_from_db()
    assert (builtin.amount, builtin.in_force_to) == (30, None)
    refused = setter.client.post(f"{ROOT}/terms/{builtin.pk}/retirement/")
    assert "нельзя прекратить" in refused.content.decode()


def test_a_day_is_moved_and_moved_back(centre: Centre, setter: Person) -> None:
    shown = plain(setter.client.get(f"{ROOT}/calendar/?year=2025").content)
    assert "Календарь на 2025 год" in shown
    assert "247 рабочих дней" in shown, "the federal calendar of 2025"
    form: dict[str, object] = {"day": "2025-03-05", "kind": "day_off", "reason": ""}
    assert "reason" in setter.client.post(f"{ROOT}/calendar/", form).content.decode()
    assert not DayOverride.objects.exists()
    send(setter, "calendar", {**form, "reason": "Указ от 01.02.2025 № 1"})
    shown = plain(setter.client.get(f"{ROOT}/calendar/?year=2025").content)
    assert "246 рабочих дней" in shown
    assert "Указ от 01.02.2025 № 1" in shown
    send(setter, "calendar/restoration", {"day": "2025-03-05"})
    assert not DayOverride.objects.exists()
    again = setter.client.post(f"{ROOT}/calendar/restoration/", {"day": "2025-03-05"})
    assert again.status_code == 404


def test_office_hours_are_set_in_order(centre: Centre, setter: Person) -> None:
    assert 'value="09:00"' in text(setter, "calendar")
    wrong = setter.client.post(f"{ROOT}/calendar/hours/", {"opens": "18:00", "closes": "09:00"})
    assert "не по порядку" in wrong.content.decode()
    send(setter, "calendar/hours", {"opens": "08:30", "closes": "17:30"})
    assert OfficeHours.objects.get(municipality=centre.municipality).opens.hour == 8
    assert 'value="08:30"' in text(setter, "calendar")


def test_the_route_is_told_in_words(centre: Centre, setter: Person) -> None:
    page = text(setter, "approval")
    assert "согласовывать ответ" in page
    assert "Белов" in page, "the role that may approve"
    form: dict[str, object] = {
        "step-TOTAL_FORMS": 3,
        "step-INITIAL_FORMS": 2,
        "step-0-label": "Юрист",
        "step-0-permission": "approve",
        "step-1-label": "",
        "step-1-permission": "sign",
        "step-2-label": "Глава",
        "step-2-permission": "sign",
    }
    send(setter, "approval", form)
    route = ApprovalRoute.objects.get(municipality=centre.municipality, subject="reply")
    assert [step["label"] for step in route.steps] == ["Юрист", "Глава"]
    assert Entry.objects.filter(name="RouteSet").count() == 1
    other = f"{ROOT}/approval/?for=proposal"
    assert "Решение руководителя" in setter.client.get(other).content.decode()
    assert setter.client.post(other, {**form, "step-2-label": ""}).status_code == 302
    assert ApprovalRoute.objects.get(subject="proposal").steps[0]["label"] == "Юрист"
    empty = {**form, "step-0-label": "", "step-2-label": ""}
    refused = setter.client.post(f"{ROOT}/approval/", empty).content.decode()
    assert "нет ни одного шага" in refused


def test_topics_show_what_was_learnt_and_learn_again(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    file_appeal(topic_id=centre.holes.pk)
    page = text(setter, "topics")
    assert "1 обращение с темой" in page
    assert page.index("Дороги") < page.index("Ямы на дорогах")
    send(setter, "topics/learning")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'classification.learn'"
        )
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert str(centre.municipality.pk) in str(rows[0][0])
    low = setter.client.post(f"{ROOT}/topics/threshold/", {"percent": 20})
    assert "от 50 до 100" in low.content.decode()
    send(setter, "topics/threshold", {"percent": 90})
    centre.municipality.refresh_from_db()
    assert centre.municipality.settings["topic_without_person"] == 0.9
    assert 'value="90"' in text(setter, "topics")
    send(setter, "topics/threshold", {"percent": ""})
    centre.municipality.refresh_from_db()
    assert "topic_without_person" not in centre.municipality.settings


def test_a_template_is_written_shown_and_archived(centre: Centre, setter: Person) -> None:
    form: dict[str, object] = {
        "title": "Яма заделана",
        "topic": centre.holes.pk,
        "channel": "email",
        "text": "{заявитель}, яма по адресу {адрес} заделана.",
    }
    shown = setter.client.post(f"{ROOT}/samples/preview/", form).content.decode()
    assert "Мария Петровна, яма по адресу ул. Садовая, д. 5 заделана." in shown
    plain = setter.client.post(f"{ROOT}/samples/new/", {**form, "preview": "1"}).content.decode()
    assert "Мария Петровна, яма" in plain, "the preview works without scripts"
    assert not ReplyTemplate.objects.exists()
    wrong = setter.client.post(f"{ROOT}/samples/new/", {**form, "text": "{фамилия}, …"})
    assert "Таких мест для подстановки нет: {фамилия}" in wrong.content.decode()
    send(setter, "samples/new", form)
    made = ReplyTemplate.objects.get()
    assert (made.topic, made.channel) == (centre.holes, "email")
    send(setter, f"samples/{made.pk}", {**form, "title": "Яма заделана сегодня"})
    send(setter, f"samples/{made.pk}/archive")
    made.refresh_from_db()
    assert (made.title, made.is_active) == ("Яма заделана сегодня", False)
    assert "в архиве" in text(setter, "samples")
    names = Entry.objects.filter(subject="reply_template").order_by("pk")
    assert [entry.name for entry in names] == ["TemplateSaved", "TemplateSaved", "TemplateArchived"]


def test_the_card_offers_templates_of_its_topic_filled_in(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    form: dict[str, object] = {
        "title": "Яма",
        "topic": centre.holes.pk,
        "channel": "",
        "text": "{заявитель}, по обращению {номер} яма заделана.",
    }
    send(setter, "samples/new", form)
    send(setter, "samples/new", {**form, "title": "Течь", "topic": centre.leaks.pk})
    drafts = dict.fromkeys(
        (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.DRAFT), Scope.MUNICIPALITY
    )
    writer = make_person(centre.municipality, "Ответов Иван Ильич", drafts)
    appeal = file_appeal(topic_id=centre.holes.pk)
    page = plain(writer.client.get(f"/desk/appeals/{appeal.pk}/").content)
    assert f"Мария Петровна, по обращению {appeal.number} яма заделана." in page
    assert "Течь" not in page


def test_places_the_case_does_not_know_stay_open() -> None:
    assert fill("№ {номер} от { Дата }: {адрес}", {"номер": "7", "дата": "12.01.2026"}) == (
        "№ 7 от 12.01.2026: …"
    )
    assert unknown("{номер} {{фамилия}} {фамилия}") == ["фамилия"]


def test_a_change_of_the_calendar_is_seen_before_and_carried_through(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    appeal = file_appeal()
    answer = Deadline.objects.get(appeal=appeal, kind="answer")
    last = answer.due_at.astimezone(centre.municipality.tz).date()
    form: dict[str, object] = {
        "day": last.isoformat(),
        "kind": DayKind.DAY_OFF,
        "reason": "Указ от 01.02.2026 № 1",
    }
    page = plain(setter.client.post(f"{ROOT}/calendar/", {**form, "preview": "1"}).content)
    assert "Сдвинется: <strong>1 срок</strong>" in page
    assert not DayOverride.objects.exists()
    send(setter, "calendar", form)
    assert "Сдвинется: <strong>1 срок</strong>" in text(setter, "terms/recount")
    assert Deadline.objects.get(pk=answer.pk).due_at == answer.due_at
    send(setter, "terms/recount", {"reason": "Указ от 01.02.2026 № 1"})
    assert "hx-get" in text(setter, "terms/recount"), "the bar asks for itself"
    recount_all(Recount.objects.get().pk)
    assert Deadline.objects.get(pk=answer.pk).due_at < answer.due_at
    assert "hx-get" not in setter.client.get(f"{ROOT}/terms/recount/progress/").content.decode()
    shown = text(setter, "terms/recount")
    assert "Сдвинется: <strong>0 сроков</strong>" in shown
    assert "изменилось 1" in shown
    story = centre.operator.client.get(f"/desk/appeals/{appeal.pk}/").content.decode()
    assert "Указ от 01.02.2026 № 1" in story

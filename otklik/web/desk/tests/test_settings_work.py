"""The order of work is set on the screens by those who may; nobody else gets in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.deadlines.models import Deadline, DeadlineRule
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.replies.rules.placeholders import fill, unknown
from otklik.casework.routing.models import RoutingRule
from otklik.directory.approvals.models import ApprovalRoute
from otklik.directory.calendars.models import DayOverride, OfficeHours
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import secret_of
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person

ROOT = "/desk/settings"
LISTS = ["channels", "routing", "terms", "calendar", "approval", "topics", "samples"]
FORMS = ["channels/new/email", "routing/new", "terms/new", "samples/new"]
SETS_UP = {Permission.SET_UP: Scope.MUNICIPALITY}
SECRET = "Tайна-7-ключ"
MAILBOX = {
    "title": "Почта администрации",
    "enabled": "on",
    "basis": "Распоряжение от 12.01.2026 № 3",
    "set_address": "mail@zaozersk.test",
    "set_imap_host": "127.0.0.1",
    "set_imap_port": "1",
    "set_imap_security": "none",
    "set_folder": "INBOX",
    "set_smtp_host": "127.0.0.1",
    "set_smtp_port": "1",
    "set_smtp_security": "none",
    "set_smtp_login": "on",
    "set_timeout": "2",
    "secret_password": SECRET,
}


@pytest.fixture
def setter(centre: Centre) -> Person:
    return make_person(centre.municipality, "Порядкова Нина Ильинична", SETS_UP)


@pytest.fixture
def stranger(centre: Centre) -> Municipality:
    return Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Область"
    )


def text(person: Person, path: str) -> str:
    response = person.client.get(f"{ROOT}/{path}/")
    assert response.status_code == 200, path
    return plain(response.content)


def plain(content: bytes) -> str:
    """A page with ordinary spaces in place of the unbreakable ones."""
    return content.decode().replace("\xa0", " ")


def send(person: Person, path: str, form: dict[str, object] | None = None) -> None:
    response = person.client.post(f"{ROOT}/{path}/", form or {})
    shown = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
    assert response.status_code == 302, shown


@pytest.mark.parametrize("page", LISTS + FORMS)
def test_only_those_who_set_up_come_in(page: str, centre: Centre, setter: Person) -> None:
    assert setter.client.get(f"{ROOT}/{page}/").status_code == 200
    narrow = make_person(
        centre.municipality, "Узкий Иван Ильич", {Permission.SET_UP: Scope.BODY}, centre.roads
    )
    for other in (centre.operator, centre.head, centre.executor, narrow):
        assert other.client.get(f"{ROOT}/{page}/").status_code == 403
        assert other.client.post(f"{ROOT}/{page}/", {"title": "Взлом"}).status_code == 403


def test_the_settings_name_these_pages_only_to_them(centre: Centre, setter: Person) -> None:
    page = setter.client.get(f"{ROOT}/").content.decode()
    for name in LISTS:
        assert f'href="{ROOT}/{name}/"' in page
    assert f"{ROOT}/structure/" not in page


def test_nothing_of_another_municipality_opens(setter: Person, stranger: Municipality) -> None:
    body = Body.objects.create(municipality=stranger, name="Чужой орган", kind="department")
    rule = RoutingRule.objects.create(municipality=stranger, name="Чужое правило", body=body)
    sample = ReplyTemplate.objects.create(municipality=stranger, title="Чужой шаблон", text="…")
    account = ChannelAccount.objects.create(
        municipality=stranger, kind="email", title="Чужая почта"
    )
    term = DeadlineRule.objects.create(
        municipality=stranger,
        slug="other",
        title="Чужой срок",
        kind="answer",
        unit="calendar_days",
        amount=3,
        counted_from="receipt",
    )
    for page in (
        f"routing/{rule.pk}",
        f"samples/{sample.pk}",
        f"channels/{account.pk}",
        f"terms/{term.pk}",
        "channels/new/pigeon",
    ):
        assert setter.client.get(f"{ROOT}/{page}/").status_code == 404, page
    for page in (
        f"routing/{rule.pk}/retirement",
        f"samples/{sample.pk}/archive",
        f"channels/{account.pk}/probe",
        f"terms/{term.pk}/retirement",
    ):
        assert setter.client.post(f"{ROOT}/{page}/").status_code == 404, page
    for page in LISTS:
        assert "Чуж" not in text(setter, page)
    taken = setter.client.post(f"{ROOT}/routing/new/", {"body": body.pk, "order": 100})
    assert taken.status_code == 200
    assert not RoutingRule.objects.filter(municipality__slug="zaozersk").exists()


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("channels", 15),
        ("routing", 15),
        ("terms", 14),
        ("calendar", 16),
        ("approval", 15),
        ("topics", 15),
        ("samples", 14),
        ("routing/new", 15),
    ],
)
def test_queries_do_not_grow_with_rows(
    page: str, most: int, centre: Centre, setter: Person
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(setter, page)
        return len(captured)

    def fill_with(number: int) -> None:
        place = centre.municipality
        topic = Topic.objects.create(
            edition=centre.holes.edition, code=f"9.{number}", name=f"Тема {number}", group="Иное"
        )
        rule = RoutingRule.objects.create(
            municipality=place, name=f"Правило {number}", body=centre.roads, topic=topic
        )
        rule.co_bodies.set([centre.water])
        ReplyTemplate.objects.create(
            municipality=place, title=f"Шаблон {number}", text="…", topic=topic
        )
        ChannelAccount.objects.create(municipality=place, kind="email", title=f"Ящик {number}")
        DayOverride.objects.create(
            municipality=place, date=clock.today() + timedelta(days=number), kind="day_off"
        )
        DeadlineRule.objects.create(
            municipality=place,
            slug=f"own-{number}",
            title=f"Срок {number}",
            kind="answer",
            unit="working_days",
            amount=number,
            counted_from="receipt",
            topic=topic,
        )
        make_person(place, f"Людин Пётр {number}", {Permission.SIGN: Scope.MUNICIPALITY})

    fill_with(1)
    count()
    first = count()
    for number in range(2, 9):
        fill_with(number)
    assert count() == first <= most


@pytest.mark.clause("ust-kubinsky:4.7.3")
def test_a_mailbox_is_connected_without_showing_its_password(
    centre: Centre, setter: Person
) -> None:
    send(setter, "channels/new/email", dict(MAILBOX))
    account = ChannelAccount.objects.get()
    assert secret_of(account) == {"password": SECRET}
    assert account.basis == "Распоряжение от 12.01.2026 № 3"
    assert account.settings["imap_host"] == "127.0.0.1"
    path = f"channels/{account.pk}"
    for page in ("channels", path):
        shown = text(setter, page)
        assert SECRET not in shown
        assert account.secret not in shown
    send(setter, path, {**MAILBOX, "title": "Общая почта", "secret_password": ""})
    account.refresh_from_db()
    assert account.title == "Общая почта"
    assert secret_of(account) == {"password": SECRET}, "an empty field keeps the password"
    wrong = setter.client.post(f"{ROOT}/{path}/", {**MAILBOX, "set_address": "не адрес"})
    assert wrong.status_code == 200
    assert "Адрес ящика" in wrong.content.decode()
    assert SECRET not in wrong.content.decode()
    again = setter.client.post(f"{ROOT}/channels/new/email/", {**MAILBOX, "title": "Общая почта"})
    assert "уже есть" in again.content.decode()
    entries = [str(entry.payload) for entry in Entry.objects.filter(name="ChannelSetUp")]
    assert len(entries) == 2
    assert SECRET not in "".join(entries)


def test_a_check_reports_each_right_and_sends_nothing(centre: Centre, setter: Person) -> None:
    send(setter, "channels/new/email", dict(MAILBOX))
    account = ChannelAccount.objects.get()
    shown = setter.client.post(f"{ROOT}/channels/{account.pk}/probe/").content.decode()
    assert "Канал не работает" in shown
    assert "читать папку «INBOX»: нет" in shown
    assert "войти на сервер отправки: нет" in shown
    assert SECRET not in shown
    account.refresh_from_db()
    assert account.last_error.startswith("Входящая почта")
    assert "не работает" in text(setter, "channels")
    assert setter.client.get(f"{ROOT}/channels/{account.pk}/probe/").status_code == 405


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
    assert unknown("{номер} {имя} {имя}") == ["имя"]

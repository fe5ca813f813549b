"""The same numbers come again: what changed there, what stays ours, what a person decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel, Regime, Status
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.casework.intake.actions import (
    add_network,
    decide_difference,
    run_import_chunk,
    start_import,
    switch_network,
)
from otklik.casework.intake.models import Difference, ExternalRecord, ImportRowResult, ImportRun
from otklik.casework.intake.queries import changes_of, problems_of
from otklik.casework.intake.queries.inbox import to_register
from otklik.casework.intake.rules import ImportedRow
from otklik.casework.intake.rules import reconciling as rules
from otklik.casework.intake.tests.conftest import Writer
from otklik.casework.intake.vocabulary import Decision, DifferenceKind, Source
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.topics.models import Edition, Topic
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState, Purpose
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db

POS = ("Номер", "Текст", "Подкатегория", "Дата", "Статус", "Плановый срок", "Дата ответа", "59-ФЗ")


def row(number: str, **said: str) -> list[str]:
    values = {
        "Номер": number,
        "Текст": f"Во дворе дома {number} третью неделю не горит ни один фонарь",
        "Подкатегория": "Освещение",
        "Дата": "04.03.2024 10:00",
        "Статус": "В работе",
        "Плановый срок": "14.03.2024",
        **said,
    }
    return [values.get(name, "") for name in POS]


def bring(
    access: Access, write: Writer, *rows: list[str], dry_run: bool = False, **more: object
) -> ImportRun:
    header = more.pop("header", POS)
    source = more.pop("source", Source.POS)
    file = write(rows, header=header)
    run = start_import(access=access, file=file, source=source, mapping={}, dry_run=dry_run)  # type: ignore[arg-type]
    return run_import_chunk(access=access, run_id=run.pk, file=file)


@pytest.fixture
def chief(importer: Access) -> Access:
    """The same clerk with the rights to send, to assign and to convert."""
    everywhere = Reach(everywhere=True)
    more = (Permission.SEND, Permission.ASSIGN, Permission.CONVERT)
    return Access(
        actor=importer.actor,
        municipality_id=importer.municipality_id,
        grants={**importer.grants, **dict.fromkeys(more, everywhere)},
    )


def test_changes_are_told_row_by_row(importer: Access, write: Writer) -> None:
    bring(importer, write, row("П-1"), row("П-2"))
    news = row("П-1", Статус="Решено", **{"Дата ответа": "09.03.2024"})
    later = row("П-2", **{"Плановый срок": "20.03.2024"})
    run = bring(importer, write, news, later)
    told = dict(changes_of(run).values_list("external_number", "changes"))
    assert told["П-1"] == "состояние: «В работе» → «Решено»; дата ответа: 09.03.2024"
    assert told["П-2"] == "срок: 14.03.2024 → 20.03.2024"
    assert Appeal.objects.get(external_number="П-1").status == Status.ANSWERED
    moved = Appeal.objects.get(external_number="П-2")
    assert moved.due_at == datetime(2024, 3, 20, 20, 59, 59, tzinfo=UTC)
    assert not Difference.objects.exists()
    again = bring(importer, write, news, later)
    assert again.unchanged == 2
    assert not changes_of(again).exists()


def test_a_dry_run_tells_the_same_and_changes_nothing(importer: Access, write: Writer) -> None:
    bring(importer, write, row("П-1"))
    before = list(Appeal.objects.values())
    run = bring(importer, write, row("П-1", Статус="Решено", **{"59-ФЗ": "да"}), dry_run=True)
    assert run.differing == 1
    assert "«В работе» → «Решено»" in changes_of(run).get().changes
    assert list(Appeal.objects.values()) == before
    assert not Difference.objects.exists()


def test_a_term_moved_here_stays(importer: Access, write: Writer) -> None:
    bring(importer, write, row("П-1"))
    case = Appeal.objects.get()
    ours = datetime(2024, 3, 11, 12, tzinfo=UTC)
    Deadline.objects.filter(appeal=case).update(due_at=ours)
    Appeal.objects.update(due_at=ours)
    run = bring(importer, write, row("П-1", **{"Плановый срок": "20.03.2024"}))
    assert Appeal.objects.get().due_at == ours
    assert "оставлен наш" in problems_of(run).get().reason


def test_a_topic_follows_until_a_person_names_another(importer: Access, write: Writer) -> None:
    bring(importer, write, row("П-1"), row("П-2"))
    other = Topic.objects.create(edition=Edition.objects.get(), code="77", name="Дворы")
    Appeal.objects.filter(external_number="П-2").update(topic=other)
    bring(importer, write, row("П-1", Подкатегория="Опоры"), row("П-2", Подкатегория="Опоры"))
    first = Appeal.objects.select_related("topic").get(external_number="П-1")
    assert first.topic is not None
    assert first.topic.name == "Опоры"
    assert Question.objects.get(appeal=first).topic == first.topic
    assert Appeal.objects.get(external_number="П-2").topic == other


def test_closed_there_while_we_prepare_an_answer(
    chief: Access, importer: Access, write: Writer
) -> None:
    bring(importer, write, row("П-1"))
    case = Appeal.objects.get()
    Reply.objects.create(
        appeal=case, text="Фонари включат", status=ReplyStatus.DRAFT, created_at=case.received_at
    )
    closed = row("П-1", Статус="Решено", **{"Дата ответа": "09.03.2024"})
    run = bring(importer, write, closed)
    case.refresh_from_db()
    assert case.status in OPEN_STATUSES
    assert run.differing == 1
    problem = problems_of(run).get()
    assert "закрыто там, открыто у нас" in problem.reason
    assert "Расхождения" in problem.mend
    found = Difference.objects.get()
    bring(importer, write, closed)
    assert Difference.objects.count() == 1
    with pytest.raises(Forbidden):
        decide_difference(access=importer, difference_id=found.pk, decision=Decision.AS_THERE)
    decide_difference(access=chief, difference_id=found.pk, decision=Decision.AS_THERE)
    case.refresh_from_db()
    assert case.status == Status.ANSWERED
    assert case.answered_at is not None
    assert f"{case.answered_at:%d.%m}" == "08.03"
    names = list(story_of(case.pk).values_list("name", flat=True))
    assert {"ExternalUpdated", "DifferenceDecided"} <= set(names)
    with pytest.raises(Conflict):
        decide_difference(access=chief, difference_id=found.pk, decision=Decision.AS_THERE)


def test_closed_here_while_they_wait(chief: Access, write: Writer) -> None:
    bring(chief, write, row("П-1"))
    case = Appeal.objects.get()
    Appeal.objects.update(status=Status.ANSWERED)
    waiting = OutboundMessage.objects.create(
        municipality_id=chief.municipality_id, case_id=case.pk, channel="pos", text="Ответ",
        purpose=Purpose.ANSWER, state=OutboundState.TO_CARRY, send_after=case.received_at,
        key="k", created_at=case.received_at, created_label="Оператор",
    )  # fmt: skip
    assert bring(chief, write, row("П-1")).differing == 0
    waiting.state = OutboundState.DELIVERED
    waiting.save()
    assert bring(chief, write, row("П-1")).differing == 1
    found = Difference.objects.get()
    assert found.kind == DifferenceKind.OPEN_THERE
    with pytest.raises(Refused, match="почему"):
        decide_difference(access=chief, difference_id=found.pk, decision=Decision.AS_HERE)
    decide_difference(
        access=chief, difference_id=found.pk, decision=Decision.AS_HERE, note="Ответ размещён"
    )
    bring(chief, write, row("П-1"))
    assert Difference.objects.filter(decided_at__isnull=True).count() == 0


def test_a_difference_that_is_gone_closes_by_itself(importer: Access, write: Writer) -> None:
    bring(importer, write, row("П-1"))
    Appeal.objects.update(status=Status.ANSWERED)
    bring(importer, write, row("П-1"))
    bring(importer, write, row("П-1", Статус="Решено"))
    found = Difference.objects.get()
    assert found.decision == Decision.AGREED


def test_what_was_taken_up_again_here_is_not_closed_by_the_next_file(
    importer: Access, write: Writer
) -> None:
    closed = row("П-1", Статус="Решено", **{"Дата ответа": "09.03.2024"})
    bring(importer, write, closed)
    Appeal.objects.update(status=Status.ASSIGNED, answered_at=None)
    bring(importer, write, [*closed[:5], "16.03.2024", *closed[6:]])
    assert Appeal.objects.get().status == Status.ASSIGNED
    assert Difference.objects.get().kind == DifferenceKind.CLOSED_THERE


def test_the_mark_of_59_fz_gives_the_number_and_the_term_of_the_law(
    importer: Access, write: Writer
) -> None:
    clerk = Account.objects.create_user("reg@example.test", "Журналова Нина")
    place = Municipality.objects.get()
    role = Role.objects.create(municipality=place, slug="reg", label="Регистратор")
    RoleGrant.objects.create(role=role, permission=Permission.REGISTER, scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=clerk, role=role, since=date(2020, 1, 1))
    run = bring(importer, write, row("П-1", **{"59-ФЗ": "да"}), row("П-2"))
    told = Notice.objects.get(account=clerk)
    assert (told.kind, "regime=law59" in told.url) == ("law59", True)
    case = Appeal.objects.get(external_number="П-1")
    assert case.regime == Regime.LAW59
    assert case.number.startswith("О-")
    assert case.channel == Channel.POS
    term = Deadline.objects.get(appeal=case, kind=DeadlineKind.ANSWER)
    assert term.due_at == case.due_at
    assert term.rule["slug"] != "external"
    assert term.due_at - case.received_at > timedelta(days=27)
    assert "59-ФЗ" in problems_of(run).get().reason
    bring(importer, write, row("П-1", **{"59-ФЗ": "да", "Плановый срок": "12.03.2024"}))
    case.refresh_from_db()
    assert case.due_at == term.due_at


def test_a_message_marked_later_waits_for_a_person_to_convert_it(
    chief: Access, write: Writer
) -> None:
    bring(chief, write, row("П-1"))
    bring(chief, write, row("П-1", **{"59-ФЗ": "да"}))
    assert Appeal.objects.get().regime == Regime.POS
    found = Difference.objects.get()
    assert found.kind == DifferenceKind.LAW59
    decide_difference(access=chief, difference_id=found.pk, decision=Decision.AS_THERE)
    case = Appeal.objects.get()
    assert case.regime == Regime.LAW59
    assert case.due_at is not None
    assert case.due_at - case.received_at > timedelta(days=27)


INCIDENT = ("Номер инцидента", "Текст инцидента", "Дата создания", "Соцсеть", "Ссылка", "Профиль")


def seen(number: str, network: str, link: str = "", author: str = "") -> list[str]:
    text = f"У подъезда {number} второй месяц лежит гора мусора, никто не убирает"
    return [number, text, "04.03.2024", network, link, author]


@pytest.mark.clause("novoduginsky:1.1.5", "tuapse:3.1.8")
def test_incidents_keep_network_link_and_author_and_are_answered_in_the_system(
    importer: Access, write: Writer
) -> None:
    post = "https://vk.com/wall-1_2"
    rows = (
        seen("1", "ВКонтакте", post, "https://vk.com/id7"),
        seen("2", "", "https://t.me/zaozersk/15"),
        seen("3", "Форум района"),
    )
    bring(importer, write, *rows, header=INCIDENT, source=Source.INCIDENT)
    kept = {r.appeal.external_number: r for r in ExternalRecord.objects.select_related("appeal")}
    assert [kept[n].network for n in "123"] == ["ВКонтакте", "Telegram", "Форум района"]
    assert kept["1"].link == post
    assert kept["1"].author_link == "https://vk.com/id7"
    case = Appeal.objects.select_related("applicant").get(external_number="1")
    assert case.applicant.external_profile == "https://vk.com/id7"
    assert {a.channel for a in Appeal.objects.all()} == {Channel.INCIDENT}


@pytest.mark.clause("pereslavl:1.1.2")
def test_networks_are_switched_and_added_and_the_barred_ones_begin_switched_off(
    importer: Access, write: Writer
) -> None:
    rows = [seen("1", "ВКонтакте"), seen("2", "Instagram"), seen("3", "Twitter")]
    run = bring(importer, write, *rows, header=INCIDENT, source=Source.INCIDENT)
    assert (run.created, run.refused, run.skipped) == (1, 0, 2)
    assert not any(to_be.exists() for to_be in to_register(importer))
    said = dict(problems_of(run).values_list("external_number", "reason"))
    assert "Meta" in said["2"]
    assert "экстремистской" in said["2"]
    assert "ограничен" in said["3"]
    switch_network(access=importer, slug="instagram", enabled=True)
    switch_network(access=importer, slug="vk", enabled=False)
    add_network(access=importer, name="Вести района", words="vesti-rayona.test")
    with pytest.raises(Refused, match="уже есть"):
        add_network(access=importer, name="вести района")
    more = [*rows, seen("4", "ВКонтакте"), seen("5", "сайт vesti-rayona.test")]
    bring(importer, write, *more, header=INCIDENT, source=Source.INCIDENT)
    assert ExternalRecord.objects.get(appeal__external_number="2").network == "Instagram"
    assert ExternalRecord.objects.get(appeal__external_number="5").network == "Вести района"
    assert not Appeal.objects.filter(external_number__in=["3", "4"]).exists()


def test_links_that_are_no_addresses_are_not_kept(importer: Access, write: Writer) -> None:
    bad = seen("1", "ВКонтакте", "javascript:alert(1)", "data:x")
    bring(importer, write, bad, header=INCIDENT, source=Source.INCIDENT)
    kept = ExternalRecord.objects.get()
    assert (kept.link, kept.author_link) == ("", "")
    assert ImportRowResult.objects.count() == 1


@given(
    closed=st.booleans(), answering=st.booleans(), before=st.booleans(), marked=st.booleans(),
    status=st.sampled_from(list(Status)), carrying=st.booleans(),
)  # fmt: skip
def test_a_closing_is_either_taken_or_told_never_both(
    closed: bool, answering: bool, before: bool, marked: bool, status: Status, carrying: bool
) -> None:
    said = ImportedRow(
        1, "1", "текст", status="Решено" if closed else "В работе", fz59=marked,
        closed_as=Status.ANSWERED if closed else None,
    )  # fmt: skip
    here = rules.Here(status, Regime.POS, answering=answering, to_carry=carrying)
    told = {"closed": before}
    kind = rules.difference(said, told, here)
    takes = rules.takes_closing(said, told, here)
    if marked:
        assert kind == DifferenceKind.LAW59
    elif closed and here.is_open:
        assert takes is not (kind == DifferenceKind.CLOSED_THERE)
    elif not closed and not here.is_open:
        assert (kind == DifferenceKind.OPEN_THERE) is not carrying
    else:
        assert kind is None

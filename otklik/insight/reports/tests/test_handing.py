"""Who makes, who signs, by when it is handed over, and what happens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.base.rhythm import Rhythm, Step
from otklik.casework.appeals.models import Appeal
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.models import Notice
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.reports.actions import (
    Delivery,
    edit_part,
    hand_over,
    make_due,
    make_report,
    remind,
    set_schedule,
    set_terms,
    sign,
)
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries import note_of, notes_of, versions_of
from otklik.insight.reports.rules.plan import Plan
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 1, 1), date(2026, 2, 28)
RIGHTS = (Permission.VIEW_APPEALS, Permission.ANALYTICS, Permission.REPORT)


@pytest.fixture
def district() -> Iterator[District]:
    found = build()
    found.live(30)
    with clock.frozen(NOW):
        yield found


def person(district: District, name: str, reach: Reach) -> Access:
    """Somebody with an account whose rights reach so far."""
    account = Account.objects.create_user(f"{Account.objects.count()}@zarechye.test", name)
    return Access(
        actor=Actor(kind="person", label=name, account_id=account.pk),
        municipality_id=district.town.pk,
        account_id=account.pk,
        grants={str(right): reach for right in RIGHTS},
    )


def officer_of(district: District, channel: str) -> Access:
    reach = Reach(by_channel={channel: Reach(everywhere=True)})
    return person(district, f"Ответственный {channel}", reach)


@pytest.mark.clause("pereslavl:2.5.8")
@pytest.mark.clause("novoduginsky:2.5.5")
def test_the_officer_of_pos_prepares_the_head_signs_the_officer_hands_over(
    district: District,
) -> None:
    officer = officer_of(district, "pos")
    head = person(district, "Руководитель", Reach(everywhere=True))
    note = make_report(access=officer, kind="pos", since=SINCE, until=UNTIL)
    assert note.due_on == UNTIL + timedelta(days=5)
    received = Appeal.objects.filter(channel="pos", received_at__date__range=(SINCE, UNTIL)).count()
    assert f"Поступило\u00a0{received}" in note.content().sections[0].text.replace(" ", "\u00a0")
    set_terms(
        access=officer, note_id=note.pk, due_on=NOW.date() - timedelta(days=1), recipient="ЦУР"
    )
    with pytest.raises(Forbidden):
        sign(access=officer, note_id=note.pk)
    sign(access=head, note_id=note.pk)
    assert remind(municipality_id=district.town.pk, today=NOW.date()) == 1
    assert remind(municipality_id=district.town.pk, today=NOW.date()) == 1
    told = Notice.objects.get(account=officer.account_id or 0)
    assert "срок передачи был 01.03.2026" in told.text
    given = Delivery(to="ЦУР", on=NOW.date(), way="letter", letter="исх. № 12 от 02.03.2026")
    done = hand_over(access=officer, note_id=note.pk, delivery=given)
    assert (done.status, done.handed_over_on) == ("handed_over", NOW.date())
    assert remind(municipality_id=district.town.pk, today=NOW.date()) == 0
    entry = Entry.objects.filter(name="NoteHandedOver").latest("id")
    assert "исх. № 12" in str(entry.payload)
    with pytest.raises(Forbidden):
        make_report(access=officer, kind="incident", since=SINCE, until=UNTIL)


@pytest.mark.clause("pereslavl:2.5.4")
@pytest.mark.clause("novoduginsky:2.6.5")
def test_the_officer_of_incidents_has_a_paper_and_a_term_of_his_own(district: District) -> None:
    officer = officer_of(district, "incident")
    note = make_report(access=officer, kind="incident", since=SINCE, until=UNTIL)
    assert note.whole
    assert note.due_on is not None
    assert "Инцидент менеджмент" in note.content().about
    pos = officer_of(district, "pos")
    assert list(notes_of(pos)) == []
    head = person(district, "Руководитель", Reach(everywhere=True))
    sign(access=head, note_id=note.pk)
    done = hand_over(access=officer, note_id=note.pk, delivery=Delivery(to="Глава", way="hands"))
    assert done.way == "hands"
    late = Delivery(to="Глава", on=NOW.date() + timedelta(days=1))
    with pytest.raises(Refused):
        hand_over(access=officer, note_id=note.pk, delivery=late)


@pytest.mark.clause("pereslavl:3.2.5")
def test_materials_for_the_regional_centre_hold_words_of_people_and_figures(
    district: District,
) -> None:
    head = person(district, "Руководитель", Reach(everywhere=True))
    note = make_report(access=head, kind="regional", since=SINCE, until=UNTIL)
    assert note.recipient == "В Центр управления регионом"
    assert "projects" not in {section.key for section in note.content().sections}
    edit_part(access=head, note_id=note.pk, key="projects", text="Проект «Дороги»: 3 улицы.")
    found = note_of(head, note.pk).content()
    assert found.sections[0].lines == ("Проект «Дороги»: 3\u00a0улицы.",)
    assert found.sections[0].title.startswith("1.")
    assert found.sections[1].title.startswith("2.")
    assert any(section.key == "themes" and section.blocks for section in found.sections)


def test_a_narrow_maker_gets_only_his_and_the_title_says_so(district: District) -> None:
    body = district.bodies[1]
    narrow = person(district, "Начальник", Reach(body_ids=frozenset({body.pk})))
    head = person(district, "Руководитель", Reach(everywhere=True))
    whole = make_report(access=head, kind="classifier", since=SINCE, until=UNTIL)
    mine = make_report(access=narrow, kind="classifier", since=SINCE, until=UNTIL)
    assert not mine.whole
    assert str(body) in mine.content().about
    numbers = [note.content().sections[0].blocks[0].rows[0][1] for note in (whole, mine)]  # type: ignore[union-attr]
    held = Appeal.objects.filter(
        body_ids__contains=[body.pk],
        received_at__date__range=(SINCE, UNTIL),
    ).count()
    assert int(numbers[1]) == held < int(numbers[0])
    assert list(notes_of(narrow)) == [mine]
    with pytest.raises(NotFound):
        note_of(narrow, whole.pk)
    assert set(notes_of(head)) == {whole, mine}
    with pytest.raises(Forbidden):
        make_report(access=narrow, kind="site", since=SINCE, until=UNTIL)


@pytest.mark.clause("ust-kubinsky:4.9.e")
def test_a_body_reports_on_its_own_cases_and_on_nobody_elses(district: District) -> None:
    body, other = district.bodies[1], district.bodies[2]
    reach = Reach(body_ids=frozenset({body.pk}))
    mine = person(district, "Исполнитель", reach)
    access = replace(mine, grants={str(Permission.REPORT): reach})
    note = make_report(access=access, kind="executor", body_id=body.pk, since=SINCE, until=UNTIL)
    assert str(body) in note.content().about
    assert sign(access=access, note_id=note.pk).status == "signed"
    with pytest.raises(Forbidden):
        make_report(access=access, kind="executor", body_id=other.pk, since=SINCE, until=UNTIL)


def test_every_edit_is_kept(district: District) -> None:
    access = district.access
    note = make_report(access=access, kind="growth", since=SINCE, until=UNTIL)
    edit_part(access=access, note_id=note.pk, key="growth", text="Первая правка.")
    edit_part(access=access, note_id=note.pk, key="growth", text="Вторая правка.")
    rows = list(versions_of(note))
    assert [row.number for row in rows] == [3, 2, 1]
    texts = [row.content["sections"][0]["lines"] for row in rows]
    assert texts[:2] == [["Вторая правка."], ["Первая правка."]]
    assert rows[0].what == "Изменён раздел «Причины и факторы роста»"


def test_the_paper_for_the_site_is_not_signed_with_a_name_in_it(district: District) -> None:
    access = district.access
    note = make_report(access=access, kind="site", since=SINCE, until=UNTIL)
    personal = "Иванова Мария Петровна, тел. +7 900 123-45-67, просила починить фонарь."
    edit_part(access=access, note_id=note.pk, key="done", text=personal)
    with pytest.raises(Refused, match="персональные данные"):
        sign(access=access, note_id=note.pk)
    edit_part(access=access, note_id=note.pk, key="done", text="Фонарь у школы починен.")
    assert sign(access=access, note_id=note.pk).status == "signed"
    with pytest.raises(Conflict):
        set_terms(
            access=access,
            note_id=hand_over(
                access=access, note_id=note.pk, delivery=Delivery(to="Сайт", way="site")
            ).pk,
            due_on=None,
            recipient="",
        )


def test_papers_by_schedule_once_a_period_and_only_with_something_to_say(
    district: District,
) -> None:
    monthly = Plan(rhythm=Rhythm(step=Step.MONTH, day=2, hour=7), due_days=4, on=True)
    set_schedule(access=district.access, kind="classifier", plan=monthly)
    set_schedule(access=district.access, kind="sstu", plan=monthly)
    weekly_off = Plan(rhythm=Rhythm(step=Step.WEEK, hour=7))
    set_schedule(access=district.access, kind="weekly", plan=weekly_off)
    town = district.town.pk
    made = make_due(municipality_id=town)
    assert [note.kind for note in made] == ["classifier"]
    assert (made[0].since, made[0].until) == (date(2026, 2, 1), date(2026, 2, 28))
    assert made[0].due_on == date(2026, 3, 4)
    assert make_due(municipality_id=town) == []
    with clock.frozen(NOW + timedelta(days=2)):
        assert make_due(municipality_id=town) == []
    assert Note.objects.count() == 1
    narrow = officer_of(district, "pos")
    with pytest.raises(Forbidden):
        set_schedule(access=narrow, kind="pos", plan=monthly)

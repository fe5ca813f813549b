"""Roles limited to one system, and a person of two roles, through the desk."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Forbidden, NotFound
from otklik.casework.appeals.actions import assign_executor, set_topic
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Appointment, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.facts.actions import rebuild
from otklik.records.journal.actions import seal
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import verify
from otklik.web.desk.tests.conftest import Centre, Person, make_person

FileAppeal = Callable[..., Appeal]
OFFICER = dict.fromkeys(
    (
        Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.CLASSIFY, Permission.ASSIGN,
        Permission.ANALYTICS, Permission.REPORT, Permission.CONTROL,
    ),
    Scope.MUNICIPALITY,
)  # fmt: skip


@pytest.fixture
def both(centre: Centre, file_appeal: FileAppeal) -> tuple[Appeal, Appeal]:
    """One case of ПОС and one of «Инцидент менеджмент», counted."""
    made = (
        file_appeal("Во дворе темно", channel=Channel.POS, regime=Regime.POS),
        file_appeal("Пропала вода в доме", channel=Channel.INCIDENT, regime=Regime.INCIDENT),
    )
    rebuild(municipality_id=centre.municipality.pk)
    return made


def officer(centre: Centre, name: str, *channels: str) -> Person:
    made = make_person(centre.municipality, name, OFFICER)
    Role.objects.filter(label=name).update(channels=list(channels))
    access = access_of(made.account, centre.municipality.pk, clock.today())
    return Person(made.account, access, made.client)


@pytest.mark.parametrize(
    ("channel", "own", "strange"),
    [
        pytest.param("pos", 0, 1, marks=pytest.mark.clause("novoduginsky:2.1.4")),
        pytest.param("incident", 1, 0, marks=pytest.mark.clause("novoduginsky:2.1.5")),
    ],
)
def test_who_answers_for_one_system_meets_nothing_of_another(
    centre: Centre, both: tuple[Appeal, Appeal], channel: str, own: int, strange: int
) -> None:
    person = officer(centre, "Головин Пётр Сергеевич", channel)
    mine, other = both[own], both[strange]
    desk = person.client
    shown = desk.get("/desk/appeals/").content.decode()
    assert mine.number in shown
    assert other.number not in shown
    assert desk.get(f"/desk/appeals/{mine.pk}/").status_code == 200
    assert desk.get(f"/desk/appeals/{other.pk}/").status_code == 404
    for word in (other.number, other.text.split()[0]):
        assert other.text not in desk.get("/desk/appeals/", {"q": word}).content.decode()
    assert desk.get("/desk/map/").context["layer"].nowhere == 1
    book = desk.get("/desk/summary/file/?rows=channel").content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [str(cell) for row in sheet.values for cell in row]
    assert Channel(mine.channel).label in cells
    assert Channel(other.channel).label not in cells
    with pytest.raises((NotFound, Forbidden)):
        set_topic(access=person.access, appeal_id=other.pk, topic_id=centre.holes.pk)
    set_topic(access=person.access, appeal_id=mine.pk, topic_id=centre.holes.pk)
    with pytest.raises((NotFound, Forbidden)):
        assign_executor(access=person.access, appeal_id=other.pk, body_id=centre.roads.pk)
    assert assign_executor(access=person.access, appeal_id=mine.pk, body_id=centre.roads.pk)


def test_a_narrow_right_does_not_widen_with_a_wide_view(
    centre: Centre, both: tuple[Appeal, Appeal]
) -> None:
    person = officer(centre, "Головин Пётр Сергеевич", "pos")
    seer = Role.objects.create(municipality=centre.municipality, slug="seer", label="Наблюдатель")
    RoleGrant.objects.create(role=seer, permission="view_appeals", scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=person.account, role=seer, since=date(2020, 1, 1))
    access = access_of(person.account, centre.municipality.pk, clock.today())
    assert person.client.get(f"/desk/appeals/{both[1].pk}/").status_code == 200
    with pytest.raises((NotFound, Forbidden)):
        set_topic(access=access, appeal_id=both[1].pk, topic_id=centre.holes.pk)


@pytest.mark.clause("novoduginsky:2.1.7")
def test_each_action_is_logged_under_the_role_used(
    centre: Centre, both: tuple[Appeal, Appeal]
) -> None:
    person = officer(centre, "Ответственный за ПОС", "pos")
    second = Role.objects.create(
        municipality=centre.municipality,
        slug="im",
        label="Ответственный за ИМ",
        channels=["incident"],
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(role=second, permission=p, scope=s) for p, s in OFFICER.items()
    )
    reader = Role.objects.create(municipality=centre.municipality, slug="log", label="Ревизор")
    RoleGrant.objects.create(role=reader, permission="journal", scope=Scope.MUNICIPALITY)
    for role in (second, reader):
        Appointment.objects.create(account=person.account, role=role, since=date(2020, 1, 1))
    access = access_of(person.account, centre.municipality.pk, clock.today())
    for appeal in both:
        set_topic(access=access, appeal_id=appeal.pk, topic_id=centre.holes.pk)
    roles = (
        Entry.objects.filter(name="TopicSet").order_by("id").values_list("actor_role", flat=True)
    )
    assert list(roles) == ["Ответственный за ПОС", "Ответственный за ИМ"]
    story = person.client.get(f"/desk/appeals/{both[1].pk}/").content.decode()
    assert "ответственный за ИМ" in story
    log = person.client.get("/desk/journal/").content.decode()
    assert "ответственный за ПОС" in log
    assert "ответственный за ИМ" in log


@pytest.mark.clause("novoduginsky:2.1.4")
@pytest.mark.clause("novoduginsky:2.1.5")
def test_the_preset_limits_both_officers_to_their_systems(db: None) -> None:
    place = apply_preset(slug="novoduginsky", actor=Actor.system())
    channels = dict(Role.objects.filter(municipality=place).values_list("slug", "channels"))
    assert channels["pos-officer"] == ["pos"]
    assert "incident" in channels["im-officer"]
    assert "pos" not in channels["im-officer"]
    account = Account.objects.create_user("golovin@example.test", "Головин Пётр Сергеевич")
    for slug in ("pos-officer", "im-officer"):
        role = Role.objects.get(municipality=place, slug=slug)
        Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1))
    access = access_of(account, place.pk, clock.today())
    assert access.allows(Permission.VIEW_APPEALS, channel="pos")
    assert access.allows(Permission.VIEW_APPEALS, channel="incident")
    assert not access.allows(Permission.VIEW_APPEALS, channel="email")


def test_the_editor_of_roles_sets_the_channels(centre: Centre, keeper: Person) -> None:
    sent = {"label": "За ПОС", "right_view_appeals": "municipality", "channels": ["pos"]}
    keeper.client.post("/desk/settings/roles/new/", sent)
    role = Role.objects.get(label="За ПОС")
    assert role.channels == ["pos"]
    assert "Только каналы: ПОС" in keeper.client.get("/desk/settings/roles/").content.decode()
    del sent["channels"]
    keeper.client.post(f"/desk/settings/roles/{role.pk}/", sent)
    role.refresh_from_db()
    assert role.channels == []


@pytest.mark.django_db(transaction=True)
def test_entries_from_before_and_with_a_role_keep_their_seals(
    centre: Centre, both: tuple[Appeal, Appeal]
) -> None:
    person = officer(centre, "Ответственный за ПОС", "pos")
    with transaction.atomic():
        set_topic(access=person.access, appeal_id=both[0].pk, topic_id=centre.holes.pk)
    assert {bool(role) for role in Entry.objects.values_list("actor_role", flat=True)} >= {True}
    assert seal(settle=timedelta(0)) > 0
    assert verify().whole

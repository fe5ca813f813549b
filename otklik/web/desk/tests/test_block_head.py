"""The head of a sector block gets what is the block's, and names who answers for him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.actions import ask
from otklik.directory.organisation.models import Appointment, Block, BlockMember
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
LEADS = dict.fromkeys(
    (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.CONTROL, Permission.APPROVE),
    Scope.BLOCK,
)


@pytest.fixture
def lead(centre: Centre) -> Person:
    made = make_person(centre.municipality, "Блоков Иван Петрович", LEADS)
    block = Block.objects.create(municipality=centre.municipality, name="Городское хозяйство")
    BlockMember.objects.create(block=block, body=centre.water)
    Appointment.objects.filter(account=made.account).update(block=block)
    return made


@pytest.fixture
def aide(centre: Centre) -> Person:
    rights = {Permission.REPORT: Scope.OWN}
    return make_person(centre.municipality, "Помогалова Ольга Юрьевна", rights)


@pytest.fixture
def case(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal("Течь в подвале на Лесной")
    assign_executor(access=centre.head.access, appeal_id=made.pk, body_id=centre.water.pk)
    return made


def name(lead: Person, aide: Person, **more: str) -> str:
    today = clock.today()
    form = {
        "account": str(aide.account.pk),
        "since": today.isoformat(),
        "until": (today + timedelta(days=14)).isoformat(),
        **more,
    }
    answer = lead.client.post(reverse("desk:my_block"), form, follow=True)
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.clause("pereslavl:2.4.1")
def test_the_block_head_and_whom_he_named_get_its_appeals_requests_and_notices(
    centre: Centre, lead: Person, aide: Person, case: Appeal
) -> None:
    make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)
    card = reverse("desk:appeal", args=[case.pk])
    assert aide.client.get(card).status_code in (403, 404)
    assert "отвечает за вас в блоке" in name(lead, aide)
    asked = ask(
        access=centre.operator.access, appeal_id=case.pk, text="Когда устраните?",
        due_on=clock.today() + timedelta(days=2), body_id=centre.water.pk,
    )  # fmt: skip
    overdue(case)
    for person in (lead, aide):
        assert person.client.get(card).status_code == 200
        page = person.client.get(reverse("desk:requests")).content.decode()
        assert "Когда устраните?" in page
        assert ("Мой блок" in page) == (person is lead)
        told = Notice.objects.filter(account=person.account)
        assert told.filter(url=f"/desk/requests/{asked.pk}/").count() == 1
        board = person.client.get(reverse("desk:control")).content.decode()
        assert case.number in board
    own = Appointment.objects.get(substitutes__isnull=False)
    lead.client.post(reverse("desk:deputy_ending", args=[own.pk]))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert aide.client.get(card).status_code in (403, 404)


def overdue(case: Appeal) -> None:
    ended = clock.now() - timedelta(days=1)
    Appeal.objects.filter(pk=case.pk).update(due_at=ended)
    case.deadlines.filter(kind="answer").update(due_at=ended)


def test_only_the_head_of_a_block_names_and_a_deputy_names_nobody(
    centre: Centre, lead: Person, aide: Person
) -> None:
    assert centre.operator.client.get(reverse("desk:my_block")).status_code == 404
    past = (clock.today() - timedelta(days=3)).isoformat()
    assert "Даты выходят за срок" in name(lead, aide, since=past)
    name(lead, aide)
    assert aide.client.get(reverse("desk:my_block")).status_code == 404
    own = Appointment.objects.get(substitutes__isnull=False)
    url = reverse("desk:deputy_ending", args=[own.pk])
    assert aide.client.post(url).status_code == 404
    own.refresh_from_db()
    assert own.until is not None
    assert own.until > clock.today()


def test_the_page_asks_the_same_however_many_are_named(
    centre: Centre, lead: Person, aide: Person
) -> None:
    pages = {"desk:my_block": reverse("desk:my_block")}
    name(lead, aide)
    few = counts_of(lead.client, pages)
    for n in range(5):
        name(lead, make_person(centre.municipality, f"Помощник {n}", {}))
    many = counts_of(lead.client, pages)
    assert grown(few, many) == {}
    assert over(many, {"desk:my_block": 14}) == {}

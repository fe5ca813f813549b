"""The head of a sector block gets what is the block's, and names who answers for him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions.notices import tell_executor
from otklik.casework.teamwork.actions import ask
from otklik.casework.teamwork.models import InvitationGuest
from otklik.directory.organisation.models import Appointment, Block, BlockMember
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry
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


def invitation(block: Block, **more: object) -> dict[str, object]:
    starts = clock.now() + timedelta(days=2)
    return {
        "kind": "meeting", "starts_at": f"{starts:%Y-%m-%dT%H:%M}", "minutes": "45",
        "place": "Администрация, каб. 5", "agenda": "Аварии; подготовка к зиме",
        "block_ids": [block.pk], **more,
    }  # fmt: skip


@pytest.mark.clause("tuapse:3.5.1")
def test_the_block_head_represents_his_block(
    centre: Centre, lead: Person, aide: Person, case: Appeal
) -> None:
    water = make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)
    name(lead, aide)
    tell_executor(appeal_id=case.pk, body_id=centre.water.pk, question=1)
    asked = ask(
        access=centre.operator.access, appeal_id=case.pk, text="Когда устраните?",
        due_on=clock.today() + timedelta(days=2), body_id=centre.water.pk,
    )  # fmt: skip
    invited = centre.head.client.post("/desk/invitations/", invitation(Block.objects.get()))
    assert invited.status_code == 302
    for person in (lead, aide):
        told = Notice.objects.filter(account=person.account)
        assert "Органу вашего блока поручено" in told.get(kind="assigned").text
        assert told.filter(url=f"/desk/requests/{asked.pk}/").count() == 1
        assert "каб. 5" in told.get(url="/desk/invitations/").text
    assert "Вам поручено" in Notice.objects.get(account=water.account, kind="assigned").text
    guest = InvitationGuest.objects.get()
    page = lead.client.get("/desk/invitations/").content.decode()
    assert "Аварии; подготовка к зиме" in page
    aide.client.post(f"/desk/invitations/{guest.pk}/answer/", {"answer": "accept"})
    shown = centre.head.client.get("/desk/invitations/").content.decode()
    assert "будет" in shown
    assert "Помогалова" in shown
    assert Entry.objects.filter(name="InvitationAnswered").count() == 1
    file = lead.client.get(f"/desk/invitations/{guest.invitation_id}/calendar/")
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar")
    assert "DESCRIPTION:Аварии\\; подготовка к зиме\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_invitations_are_checked_cancelled_and_shown_to_their_own_only(
    centre: Centre, lead: Person
) -> None:
    client, url, block = centre.head.client, "/desk/invitations/", Block.objects.get()
    gone = client.post(url, invitation(block, starts_at="2020-01-01T10:00"))
    assert "уже прошло" in gone.content.decode()
    empty = Block.objects.create(municipality=centre.municipality, name="Без главы")
    assert "нет руководителя" in client.post(url, invitation(empty)).content.decode()
    client.post(url, invitation(block))
    guest = InvitationGuest.objects.get()
    answer = f"{url}{guest.pk}/answer/"
    lead.client.post(answer, {"answer": "decline"})
    centre.operator.client.post(answer, {"answer": "accept"})
    guest.refresh_from_db()
    assert guest.state == "asked"
    lead.client.post(answer, {"answer": "decline", "remark": "В отпуске"})
    guest.refresh_from_db()
    assert (guest.state, guest.remark) == ("declined", "В отпуске")
    assert "каб. 5" not in centre.executor.client.get(url).content.decode()
    file = f"{url}{guest.invitation_id}/calendar/"
    assert centre.executor.client.get(file).status_code == 404
    assert lead.client.post(f"{url}{guest.invitation_id}/cancellation/").status_code == 403
    client.post(f"{url}{guest.invitation_id}/cancellation/")
    assert Notice.objects.filter(account=lead.account, text__startswith="Отменено").exists()
    assert "STATUS:CANCELLED" in lead.client.get(file).content.decode()


def test_invitations_ask_the_same_however_many_there_are(centre: Centre, lead: Person) -> None:
    url, block = "/desk/invitations/", Block.objects.get()
    pages = {"desk:invitations": url}
    counts = []
    for times in (1, 6):
        for _ in range(times):
            centre.head.client.post(url, invitation(block))
        counts.append([counts_of(one.client, pages) for one in (lead, centre.head)])
    for few, many in zip(*counts, strict=True):
        assert grown(few, many) == {}
        assert over(many, {"desk:invitations": 16}) == {}

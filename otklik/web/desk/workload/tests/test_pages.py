"""The page of occupancy: levels with their rows, norms, proposals; to each his own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import docx
import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.directory.organisation.models import Block, BlockMember
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.facts.actions import rebuild
from otklik.insight.workload.models import EffortNorm, TimeNote, TimeShare
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
PAGE = "/desk/workload/"
LIMITS = {PAGE: 36, f"{PAGE}hint/": 22, f"{PAGE}rows/": 20, f"{PAGE}proposals/": 40}


def work(centre: Centre, file: FileAppeal, roads: int = 12, water: int = 3) -> list[Appeal]:
    """Cases of the last fortnight given to the two bodies."""
    made = []
    for n in range(roads + water):
        body = centre.roads if n < roads else centre.water
        appeal = file(f"Яма номер {n} на Садовой", topic_id=centre.holes.pk)
        assign_executor(
            access=centre.head.access, appeal_id=appeal.pk, body_id=body.pk,
            role=AssignmentRole.MAIN,
        )  # fmt: skip
        made.append(appeal)
    earlier = clock.now() - timedelta(days=14)
    Assignment.objects.update(assigned_at=earlier)
    rebuild(municipality_id=centre.municipality.pk)
    return made


def shown(person: Person, address: str = PAGE) -> str:
    answer = person.client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.clause("tuapse:2.4.6")
def test_levels_of_blocks_bodies_and_people_lead_to_their_rows(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    work(centre, file_appeal)
    block = Block.objects.create(municipality=centre.municipality, name="Городское хозяйство")
    BlockMember.objects.create(block=block, body=centre.roads)
    page = shown(centre.head)
    assert "Городское хозяйство" in page
    assert "Мало данных для прогноза" in page
    for word in ("Дорожная служба", "Водоканал", "некому работать"):
        assert word in page
    body = shown(centre.head, f"{PAGE}?body={centre.roads.pk}")
    assert "Дорожный" in body
    assert "Ямы на дорогах" not in body
    assert "Дороги" in body
    rows = shown(centre.head, f"{PAGE}rows/?what=given&body={centre.roads.pk}")
    assert "Дано исполнителям: 12" in rows
    assert rows.count("data-row-link") == 12
    assert "В работе: 3" in shown(centre.head, f"{PAGE}rows/?what=waiting&body={centre.water.pk}")
    assert "Городское хозяйство" in shown(centre.head, f"{PAGE}?block={block.pk}")


def test_an_executor_counts_himself_and_nobody_else(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    work(centre, file_appeal)
    first = Assignment.objects.filter(body=centre.roads).first()
    assert first is not None
    Assignment.objects.filter(pk=first.pk).update(account=centre.executor.account)
    rebuild(municipality_id=centre.municipality.pk)
    page = shown(centre.executor)
    assert "только ваша работа" in page
    assert "Водоканал" not in page
    assert "Дано исполнителям: 1" in shown(centre.executor, f"{PAGE}rows/?what=given")
    assert centre.executor.client.get(f"{PAGE}?body={centre.water.pk}").status_code == 404
    assert centre.operator.client.get(PAGE).status_code == 403
    assert centre.operator.client.get(f"{PAGE}rows/").status_code == 403
    assert centre.operator.client.get(f"{PAGE}hint/").content == b""


def test_one_body_learns_nothing_of_another(centre: Centre, file_appeal: FileAppeal) -> None:
    work(centre, file_appeal)
    rights = dict.fromkeys((Permission.ANALYTICS, Permission.VIEW_APPEALS), Scope.BODY)
    head = make_person(centre.municipality, "Начальников Олег Ильич", rights, centre.roads)
    pages = (PAGE, f"{PAGE}rows/", f"{PAGE}proposals/", f"{PAGE}hint/")

    def seen() -> list[str]:
        return [re.sub(r'name="csrf[^>]+>|hx-headers=\S+ \S+', "", shown(head, p)) for p in pages]

    before = seen()
    for n in range(4):
        appeal = file_appeal(f"Течёт труба {n}", topic_id=centre.leaks.pk)
        assign_executor(
            access=centre.head.access, appeal_id=appeal.pk, body_id=centre.water.pk,
            role=AssignmentRole.MAIN,
        )  # fmt: skip
    Assignment.objects.update(assigned_at=clock.now() - timedelta(days=14))
    rebuild(municipality_id=centre.municipality.pk)
    assert seen() == before
    assert head.client.get(f"{PAGE}?body={centre.water.pk}").status_code == 404


@pytest.mark.clause("tuapse:2.4.6")
def test_norms_are_set_guessed_and_dropped(centre: Centre, setter: Person) -> None:
    page = shown(setter, f"{PAGE}norms/")
    assert "Общая норма" in page
    given = {"main-g": "1,5", "main-gДороги": "4", "co-gДороги": "1"}
    setter.client.post(f"{PAGE}norms/", given)
    assert {(n.topic_group, n.kind, float(n.hours)) for n in EffortNorm.objects.all()} == {
        ("", "main", 1.5), ("Дороги", "main", 4.0), ("Дороги", "co", 1.0),
    }  # fmt: skip
    wrong = setter.client.post(f"{PAGE}norms/", {"main-g": "много"}, follow=True)
    assert "не число часов" in wrong.content.decode()
    setter.client.post(f"{PAGE}norms/", {"main-gДороги": "", "main-g": "1,5"})
    assert not EffortNorm.objects.filter(topic_group="Дороги", kind="main").exists()
    refused = setter.client.post(f"{PAGE}norms/guess/", follow=True)
    assert "У вас нет права" in refused.content.decode()
    assert centre.executor.client.get(f"{PAGE}norms/").status_code == 403


def test_norms_come_from_history_for_one_who_sees_it_all(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    rights = dict.fromkeys((Permission.SET_UP, Permission.ANALYTICS), Scope.MUNICIPALITY)
    keeper = make_person(centre.municipality, "Порядков Олег Ильич", rights)
    work(centre, file_appeal, roads=2, water=1)
    Assignment.objects.update(done_at=clock.now())
    rebuild(municipality_id=centre.municipality.pk)
    keeper.client.post(f"{PAGE}norms/guess/")
    [norm] = EffortNorm.objects.all()
    assert (norm.topic_group, norm.source, norm.sample) == ("Дороги", "history", 3)
    keeper.client.post(f"{PAGE}norms/", {"main-gДороги": "7"})
    keeper.client.post(f"{PAGE}norms/guess/")
    assert float(EffortNorm.objects.get().hours) == 7


def test_shares_of_time_are_set_and_dropped(centre: Centre, setter: Person) -> None:
    address = f"{PAGE}norms/share/"
    setter.client.post(address, {"whose": f"b{centre.water.pk}", "percent": "80", "people": "3"})
    setter.client.post(address, {"whose": "", "percent": "40"})
    assert {(s.body, s.percent, s.people) for s in TimeShare.objects.all()} == {
        (centre.water, 80, 3), (None, 40, None),
    }  # fmt: skip
    setter.client.post(address, {"whose": "b999999", "percent": "10"})
    assert TimeShare.objects.filter(body=None).get().percent == 40
    kept = TimeShare.objects.filter(body=centre.water).get()
    setter.client.post(address, {"drop": kept.pk})
    assert TimeShare.objects.count() == 1


def test_time_is_noted_on_ones_own_case_only(centre: Centre, file_appeal: FileAppeal) -> None:
    made = work(centre, file_appeal, roads=1, water=1)
    ours, theirs = made
    client = centre.executor.client
    client.post(f"{PAGE}time/", {"number": ours.number, "minutes": "45"})
    note = TimeNote.objects.get()
    assert (note.appeal, note.minutes, note.body, note.kind) == (ours, 45, centre.roads, "main")
    client.post(f"{PAGE}time/", {"number": theirs.number, "minutes": "45"})
    client.post(f"{PAGE}time/", {"number": ours.number, "minutes": "0"})
    assert TimeNote.objects.count() == 1


@pytest.mark.clause("tuapse:2.4.6")
def test_proposals_are_read_and_taken_as_files(centre: Centre, file_appeal: FileAppeal) -> None:
    work(centre, file_appeal)
    page = shown(centre.head, f"{PAGE}proposals/")
    assert "назначить сотрудника, отвечающего на обращения" in page
    answer = centre.head.client.get(f"{PAGE}proposals.docx")
    assert answer.status_code == 200
    written = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in written.paragraphs)
    assert "Водоканал: назначить сотрудника" in text.replace("\u00a0", " ")
    assert centre.head.client.get(f"{PAGE}proposals.pdf").content.startswith(b"%PDF")
    assert centre.head.client.get(f"{PAGE}proposals.exe").status_code == 404
    assert centre.executor.client.get(f"{PAGE}proposals/").status_code == 403


def test_pages_ask_the_same_however_much_there_is(
    centre: Centre, file_appeal: FileAppeal, setter: Person
) -> None:
    addresses = {address: address for address in LIMITS}
    work(centre, file_appeal, 4, 2)
    few = counts_of(centre.head.client, addresses)
    work(centre, file_appeal, 8, 6)
    many = counts_of(centre.head.client, addresses)
    assert grown(few, many) == {}
    assert over(many, LIMITS) == {}
    norms = {"norms": f"{PAGE}norms/"}
    assert over(counts_of(setter.client, norms), {"norms": 22}) == {}

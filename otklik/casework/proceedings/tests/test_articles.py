"""Article by article: one case that the law lets pass, and one that it stops.

A refusal names the article and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Kind, Regime, Status
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.actions import Given, TransferTo
from otklik.casework.proceedings.models import Decision, DocumentRequest, Material, Reading
from otklik.casework.proceedings.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.proceedings.vocabulary import Kinship
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
WHY = "Так установила проверка"
NAMELESS = NewApplicant(name="", postal_address="")
POLICE = TransferTo(addressee="Отдел полиции", email="police@region.test")
MINISTRY = TransferTo(addressee="Министерство дорог", email="roads@region.test")


@dataclass(frozen=True)
class Row:
    """`slug` of a ground; how the passing case and the stopped one differ from an ordinary one."""

    slug: str
    passes: dict[str, Any] = field(default_factory=dict)
    blocked: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)
    blocked_case: dict[str, Any] | None = None
    article: str = ""
    mend: str = ""
    status: Status = Status.LEFT
    noticed: bool = True


LATE = {"_days": 8}
ROWS = (
    Row("art8-3", {"to": [MINISTRY]}, {"to": [MINISTRY], **LATE}, article="ст. 8 ч. 3 №",
        mend="Почему с опозданием", status=Status.FORWARDED),
    Row("art8-3-1", {"to": [POLICE]}, {"to": [POLICE], "_days": 6}, article="ст. 8 ч. 3.1",
        mend="Почему с опозданием", status=Status.FORWARDED),
    Row("art8-4", {"to": [MINISTRY, POLICE]}, {"to": []}, article="ст. 8 ч. 4",
        mend="Выберите орган", status=Status.FORWARDED),
    Row("art8-4", {"to": [MINISTRY, POLICE]}, {"to": [POLICE, POLICE]}, article="ст. 8 ч. 4",
        mend="по одной копии", status=Status.FORWARDED),
    Row("art8-3", {"to": [POLICE]}, {"to": ["own"]}, {"kind": Kind.COMPLAINT, "against": True},
        article="ст. 8 ч. 6", mend="вышестоящий орган", status=Status.FORWARDED),
    Row("art8-7", {"no_other": True}, {"no_other": False},
        {"kind": Kind.COMPLAINT, "against": True}, article="ст. 8 ч. 7",
        mend="Другого адресата нет"),
    Row("art8-7", {"no_other": True}, {"no_other": True},
        {"kind": Kind.COMPLAINT, "against": True}, {}, article="ст. 8 ч. 7",
        mend="по компетенции (ст. 8 ч. 3)"),
    Row("art11-1", {}, {}, {"applicant": NAMELESS}, {}, article="ст. 11 ч. 1",
        mend="по существу", noticed=False),
    Row("art11-1", {}, {"crime": True}, {"applicant": NAMELESS}, article="ст. 11 ч. 1",
        mend="компетентный орган", noticed=False),
    Row("art11-1-crime", {"to": [POLICE]}, {"to": []}, {"applicant": NAMELESS},
        article="ст. 11 ч. 1", mend="Выберите орган", status=Status.FORWARDED, noticed=False),
    Row("art11-2", {"court": "Заречный суд, 12.01.2026, № 2-1"}, {"court": ""},
        article="ст. 11 ч. 2", mend="Впишите суд"),
    Row("art11-3", {}, {"reason": " "}, article="ст. 11 ч. 3", mend="Напишите одной фразой"),
    Row("art11-4", {}, LATE, article="ст. 11 ч. 4", mend="Почему с опозданием"),
    Row("art11-4-1", {}, LATE, article="ст. 11 ч. 4.1", mend="Почему с опозданием"),
    Row("art11-5", {}, {}, {"answers": 2}, {"answers": 1}, article="ст. 11 ч. 5",
        mend="Свяжите прежние обращения"),
    Row("art11-5-1", {"url": "https://zarechye.test/news/7"}, {"url": "на сайте"},
        article="ст. 11 ч. 5.1", mend="начинается с «https://»", status=Status.ANSWERED),
    Row("art11-6", {}, {"reason": ""}, article="ст. 11 ч. 6", mend="Напишите одной фразой"),
    Row("art11-7", {}, {}, {"left": True}, {"closed": Status.ANSWERED}, article="ст. 11 ч. 7",
        mend="обычное «Возобновить»", status=Status.ASSIGNED),
    Row("art5-withdraw", {}, {"reason": ""}, article="ст. 5 п. 5", mend="Напишите одной фразой",
        status=Status.WITHDRAWN),
)  # fmt: skip
Prepare = Callable[[dict[str, Any]], Appeal]


@pytest.fixture
def prepare(make_appeal: MakeAppeal, roads: Body, operator: Access, head: Access) -> Prepare:
    """A case as the table asks for it, on Monday."""

    def make(wanted: dict[str, Any]) -> Appeal:
        more = dict(wanted)
        against, answers = more.pop("against", False), more.pop("answers", 0)
        left, closed = more.pop("left", False), more.pop("closed", None)
        earlier = [make_appeal(f"Яма, письмо {n}", answered=True) for n in range(answers)]
        appeal = make_appeal(**more, complained_body_id=roads.pk if against else None)
        for one in earlier:
            actions.link_kin(
                access=operator, appeal_id=appeal.pk, number=one.number, kind=Kinship.REPEAT
            )
        if left:
            actions.leave_unanswered(
                access=head, appeal_id=appeal.pk, slug="art11-6", given=Given(reason="Тайна")
            )
        if closed:
            Appeal.objects.filter(pk=appeal.pk).update(status=closed)
        return appeal

    return make


def decide(head: Access, appeal: Appeal, slug: str, wanted: dict[str, Any], roads: Body) -> Any:
    values: dict[str, Any] = {"reason": WHY, **wanted}
    to, days = values.pop("to", None), values.pop("_days", 0)
    with clock.frozen(MONDAY + timedelta(days=days)):
        if to is None:
            return actions.decide(
                access=head, appeal_id=appeal.pk, slug=slug, given=Given(**values)
            )
        transfers = [TransferTo(body_id=roads.pk) if one == "own" else one for one in to]
        return actions.forward(
            access=head, appeal_id=appeal.pk, slug=slug, transfers=transfers, given=Given(**values)
        )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.slug}-{row.mend[:12]}")
def test_what_the_law_allows_is_decided_told_and_recorded(
    row: Row, prepare: Prepare, head: Access, roads: Body
) -> None:
    appeal = prepare(row.case)
    decision = decide(head, appeal, row.slug, row.passes, roads)
    appeal.refresh_from_db()
    assert appeal.status == row.status
    assert row.article.rstrip(" №") in decision.article or row.article == "ст. 8 ч. 6"
    notices = OutboundMessage.objects.filter(key=f"decision:{decision.pk}")
    assert notices.exists() is row.noticed
    if row.noticed:
        assert appeal.number in notices.get().text
        assert "{" not in notices.get().text
    assert any(decision.article in entry.sentence for entry in story_of(appeal.pk))
    answer = Deadline.objects.get(appeal=appeal, kind=DeadlineKind.ANSWER)
    running = answer.state == DeadlineState.RUNNING
    assert running is (row.status == Status.ASSIGNED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.slug}-{row.mend[:12]}")
def test_what_the_law_forbids_names_the_article_and_the_way_out(
    row: Row, prepare: Prepare, head: Access, roads: Body
) -> None:
    appeal = prepare(row.case if row.blocked_case is None else row.blocked_case)
    before = (appeal.status, Decision.objects.count(), OutboundMessage.objects.count())
    appeal.refresh_from_db()
    before = (appeal.status, *before[1:])
    with pytest.raises(Refused) as refusal:
        decide(head, appeal, row.slug, row.blocked, roads)
    assert row.article in refusal.value.message
    assert row.mend in refusal.value.mend
    appeal.refresh_from_db()
    assert before == (appeal.status, Decision.objects.count(), OutboundMessage.objects.count())


LAW_ONLY = sorted({row.slug for row in ROWS} - {"art5-withdraw"})


@pytest.mark.parametrize("slug", LAW_ONLY)
def test_the_law_is_not_applied_to_a_message(
    slug: str, make_appeal: MakeAppeal, head: Access, roads: Body
) -> None:
    message = make_appeal(regime=Regime.SOCIAL)
    forwards = slug in ("art8-3", "art8-3-1", "art8-4", "art11-1-crime")
    with pytest.raises(Refused) as refusal:
        decide(head, message, slug, {"to": [POLICE]} if forwards else {}, roads)
    assert "сообщение" in refusal.value.message
    assert "№ 59-ФЗ" in refusal.value.message
    assert "измените порядок" in refusal.value.mend


def test_documents_are_asked_for_at_most_fifteen_days(
    make_appeal: MakeAppeal, operator: Access, housing: Body
) -> None:
    """Art. 10 part 2: passes with 15 days, stopped with 16."""
    appeal = make_appeal()
    with pytest.raises(Refused) as refusal:
        actions.request_documents(
            access=operator, appeal_id=appeal.pk, what="Акт", body_id=housing.pk, days=16
        )
    assert "ст. 10 ч. 2 № 59-ФЗ" in refusal.value.message
    assert "от 1 до 15" in refusal.value.mend
    made = actions.request_documents(
        access=operator, appeal_id=appeal.pk, what="Акт осмотра", body_id=housing.pk
    )
    assert made.due_on == MONDAY.date() + timedelta(days=15)
    assert "Акт осмотра" in OutboundMessage.objects.get(key=f"request:{made.pk}").text


def test_documents_are_reminded_of_and_received_late(
    make_appeal: MakeAppeal, operator: Access, town: Any
) -> None:
    appeal = make_appeal()
    made = actions.request_documents(
        access=operator, appeal_id=appeal.pk, what="Справка", addressee="Росреестр",
        email="reg@region.test",
    )  # fmt: skip
    assert actions.remind_overdue(municipality_id=town.pk) == 0
    with clock.frozen(MONDAY + timedelta(days=17)):
        assert actions.remind_overdue(municipality_id=town.pk) == 1
        assert actions.remind_overdue(municipality_id=town.pk) == 0
        with pytest.raises(Refused, match="уже напомнили"):
            actions.remind_of_documents(access=operator, request_id=made.pk)
        actions.receive_documents(
            access=operator, request_id=made.pk, answer="Выписка на двух листах",
            files=[("выписка.txt", "Выписка".encode())],
        )  # fmt: skip
    assert DocumentRequest.objects.get().received_at is not None
    assert any("позже срока" in entry.sentence for entry in story_of(appeal.pk))


def test_materials_are_added_while_the_case_is_open(
    make_appeal: MakeAppeal, operator: Access
) -> None:
    """Art. 5 p. 1."""
    appeal = make_appeal()
    actions.add_materials(
        access=operator, appeal_id=appeal.pk, text="Вот снимок", files=[("яма.txt", b"photo")]
    )
    assert Material.objects.get().text == "Вот снимок"
    with pytest.raises(Refused) as empty:
        actions.add_materials(access=operator, appeal_id=appeal.pk, text=" ")
    assert "ст. 5 п. 1 № 59-ФЗ" in empty.value.message
    Appeal.objects.filter(pk=appeal.pk).update(status=Status.ANSWERED)
    with pytest.raises(Refused) as late:
        actions.add_materials(access=operator, appeal_id=appeal.pk, text="Ещё")
    assert "ст. 5 п. 1 № 59-ФЗ" in late.value.message
    assert "новое обращение" in late.value.mend


def test_reading_the_file_is_recorded_with_who_read_it(
    make_appeal: MakeAppeal, operator: Access
) -> None:
    """Art. 5 p. 2."""
    appeal = make_appeal()
    with pytest.raises(Refused) as refusal:
        actions.let_read_file(
            access=operator, appeal_id=appeal.pk, reader="Иванова М. П.", document="", shown="Акт"
        )
    assert "ст. 5 п. 2 № 59-ФЗ" in refusal.value.message
    assert "чем подтверждена личность" in refusal.value.message
    assert "Заполните поле" in refusal.value.mend
    actions.let_read_file(
        access=operator, appeal_id=appeal.pk, reader="Иванова М. П.", document="паспорт",
        shown="Акт осмотра", withheld="Сведения о третьих лицах",
    )  # fmt: skip
    assert Reading.objects.get().shown_by_id == operator.account_id
    assert any("Не показано" in entry.sentence for entry in story_of(appeal.pk))

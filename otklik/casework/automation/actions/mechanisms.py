"""A fast-track mechanism from the proposal to work: agreement, approval, switching on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.automation.actions.carrying import begin, end
from otklik.casework.automation.actions.kinds import KINDS
from otklik.casework.automation.actions.kinds.executors import existing
from otklik.casework.automation.actions.kinds.urgency import check_term
from otklik.casework.automation.events import MechanismMoved
from otklik.casework.automation.models import Mechanism
from otklik.casework.automation.queries.mechanisms import SUBJECT, asked_body
from otklik.casework.automation.vocabulary import AnswerMode, MechanismState
from otklik.casework.classification.queries import topics_offered
from otklik.directory.approvals.actions import decide, start
from otklik.directory.organisation.models import Block
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.records.journal.actions import record

EDITABLE = (
    MechanismState.DRAFT,
    MechanismState.RETURNED,
    MechanismState.APPROVED,
    MechanismState.OFF,
)
HEAD_STEP = {"permission": str(Permission.INSTRUCT), "label": "Утверждение руководителем центра"}


@dataclass(frozen=True, kw_only=True)
class MechanismGiven:
    """`block_ids`: the blocks concerned beside the owner; `channels` empty: every channel."""

    name: str
    topic_ids: Sequence[int]
    executor_id: int
    unit: str
    amount: int
    purpose: str = ""
    owner_block_id: int | None = None
    block_ids: Sequence[int] = ()
    channels: Sequence[str] = ()
    steps: Sequence[str] = ()
    co_executor_ids: Sequence[int] = ()
    template_id: int | None = None
    answer: AnswerMode = AnswerMode.DRAFT


@transaction.atomic
def propose_mechanism(
    *, access: Access, given: MechanismGiven, mechanism_id: int | None = None
) -> Mechanism:
    """Describe a mechanism, or change one that is not at work (ust-kubinsky 3.1.с; novoduginsky
    1.2.а). A change needs new agreement and approval. Raises Refused, NotFound, Conflict."""
    access = access.require(Permission.AUTOMATE)
    topics, blocks = _check(access.municipality_id, given)
    mechanism = own_mechanism(access, mechanism_id) if mechanism_id else None
    if mechanism is not None and mechanism.state not in EDITABLE:
        raise Conflict(
            "Механизм уже согласуют или он действует.",
            "Дождитесь решения или выключите механизм, а затем измените его.",
        )
    begun = mechanism is None
    mechanism = mechanism or Mechanism(
        municipality_id=access.municipality_id,
        proposed_at=clock.now(),
        proposed_label=access.actor.label,
    )
    _put(mechanism, given)
    mechanism.topics.set(topics)
    mechanism.blocks.set(blocks)
    mechanism.co_executors.set(existing(access.municipality_id, given.co_executor_ids))
    _moved(access, mechanism, "предложен" if begun else "изменён, нужно утвердить заново")
    return mechanism


@transaction.atomic
def ask_agreement(*, access: Access, mechanism_id: int) -> Mechanism:
    """Send it to the blocks concerned, one after another, and then to the head of the centre
    (pereslavl 3.2.3.1)."""
    access = access.require(Permission.AUTOMATE)
    mechanism = own_mechanism(access, mechanism_id)
    if mechanism.state not in (MechanismState.DRAFT, MechanismState.RETURNED):
        raise Conflict("Механизм уже согласуют или утвердили.", "Обновите страницу.")
    concerned = list(mechanism.blocks.order_by("order", "pk"))
    if mechanism.owner_block and mechanism.owner_block not in concerned:
        concerned.insert(0, mechanism.owner_block)
    steps = [
        {"permission": str(Permission.APPROVE), "label": f"Согласие блока «{block}»"[:200]}
        for block in concerned
    ]
    start(
        access=access,
        subject=SUBJECT,
        subject_id=mechanism.pk,
        usual=[*steps, HEAD_STEP],
    )
    mechanism.asked = [block.pk for block in concerned]
    mechanism.state = MechanismState.AGREEING
    mechanism.save(update_fields=["asked", "state"])
    _moved(access, mechanism, "отправлен на согласование")
    return mechanism


@transaction.atomic
def decide_mechanism(
    *, access: Access, mechanism_id: int, approve: bool, remark: str = ""
) -> Mechanism:
    """Agree to the pending step or return the mechanism with a remark; the last step approves.

    Raises Forbidden when the step is another block's or the head's, Refused without a remark.
    """
    mechanism = own_mechanism(access, mechanism_id)
    if mechanism.state != MechanismState.AGREEING:
        raise Conflict("Механизм сейчас не на согласовании.", "Обновите страницу.")
    outcome, step = decide(
        access=access,
        subject=SUBJECT,
        subject_id=mechanism.pk,
        approve=approve,
        body_id=asked_body(mechanism),
        remark=remark,
    )
    if outcome == "returned":
        mechanism.state = MechanismState.RETURNED
    elif outcome == "finished":
        mechanism.state = MechanismState.APPROVED
        mechanism.approved_label = step.decided_label
        mechanism.approved_at = clock.now()
    mechanism.save(update_fields=["state", "approved_label", "approved_at"])
    what = f"{step.label} — {'да' if approve else f'возвращён: {remark.strip()}'}"
    _moved(access, mechanism, what)
    return mechanism


@transaction.atomic
def switch_mechanism(
    *, access: Access, mechanism_id: int, on: bool, confirmed: bool = False
) -> Mechanism:
    """Put an approved mechanism to work, or stop it; cases that go by it keep their terms.

    Raises Conflict before the approval, Refused or UnconfirmedError as a rule does.
    """
    right = Permission.INSTRUCT if access.may(Permission.INSTRUCT) else Permission.AUTOMATE
    access = access.require(right)
    mechanism = own_mechanism(access, mechanism_id)
    if on and (mechanism.approved_at is None or mechanism.state == MechanismState.AGREEING):
        raise Conflict(
            "Механизм ещё не утверждён руководителем центра.", "Отправьте его на согласование."
        )
    if on == (mechanism.state == MechanismState.ON):
        return mechanism
    if on and mechanism.state not in (MechanismState.APPROVED, MechanismState.OFF):
        raise Conflict("Механизм изменён после утверждения.", "Согласуйте его заново.")
    mechanism.state = MechanismState.ON if on else MechanismState.OFF
    if on:
        mechanism.on_since, mechanism.off_since = mechanism.on_since or clock.now(), None
        begin(access, mechanism, confirmed=confirmed)
    else:
        mechanism.off_since = clock.now()
        end(access, mechanism)
    mechanism.save(update_fields=["state", "on_since", "off_since"])
    _moved(access, mechanism, "включён" if on else "выключен")
    return mechanism


def own_mechanism(access: Access, mechanism_id: int) -> Mechanism:
    """The centre's own mechanism under a lock; raises NotFound."""
    found = (
        Mechanism.objects.select_for_update(of=("self",))
        .filter(municipality_id=access.municipality_id, pk=mechanism_id)
        .first()
    )
    if found is None:
        raise NotFound("Такого механизма нет.", "Вернитесь к списку механизмов.")
    return found


def _check(municipality_id: int, given: MechanismGiven) -> tuple[list[Topic], list[Block]]:
    if not given.name.strip():
        raise Refused("У механизма нет названия.", "Назовите его по теме, которую он ускоряет.")
    topics = list(topics_offered(municipality_id).filter(pk__in=given.topic_ids))
    if not topics or len(topics) != len(set(given.topic_ids)):
        raise Refused("Не выбраны темы механизма.", "Отметьте хотя бы одну тему из списка.")
    check_term(given.unit, given.amount)
    existing(municipality_id, [given.executor_id])
    if given.executor_id in given.co_executor_ids:
        raise Refused(
            "Один орган не может быть и исполнителем, и соисполнителем.",
            "Уберите его из соисполнителей.",
        )
    wanted = {*given.block_ids, *([given.owner_block_id] if given.owner_block_id else [])}
    blocks = Block.objects.filter(municipality_id=municipality_id, pk__in=wanted)
    if blocks.count() != len(wanted):
        raise NotFound("Такого отраслевого блока нет.", "Выберите блок из списка.")
    if set(given.channels) - set(Channel.values):
        raise NotFound("Такого канала нет.", "Выберите канал из списка.")
    if given.template_id:
        KINDS["template"].check(municipality_id, {"template": given.template_id})
    return topics, [block for block in blocks if block.pk in given.block_ids]


def _put(mechanism: Mechanism, given: MechanismGiven) -> None:
    mechanism.name = given.name.strip()[:200]
    mechanism.purpose = given.purpose.strip()
    mechanism.owner_block_id = given.owner_block_id
    mechanism.channels = list(given.channels)
    mechanism.steps = [step.strip() for step in given.steps if step.strip()]
    mechanism.unit, mechanism.amount = given.unit, given.amount
    mechanism.executor_id = given.executor_id
    mechanism.template_id = given.template_id
    mechanism.answer = given.answer
    mechanism.state = MechanismState.DRAFT
    mechanism.approved_at, mechanism.approved_label = None, ""
    mechanism.save()


def _moved(access: Access, mechanism: Mechanism, what: str) -> None:
    record(
        MechanismMoved(subject_id=mechanism.pk, mechanism=mechanism.name, what=what),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )

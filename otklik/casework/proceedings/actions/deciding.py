"""Decisions about a whole case: checked, locked, told to the citizen, recorded together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions import conclude, reopen
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.events import AppealAnswered
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.proceedings.actions.mailing import notify
from otklik.casework.proceedings.events import Decided, NoticeSent
from otklik.casework.proceedings.models import Decision
from otklik.casework.proceedings.queries import (
    facts_of,
    ground_for,
    is_served,
    notice_preview,
)
from otklik.casework.proceedings.rules.checks import (
    Asked,
    CaseFacts,
    Recipient,
    check_decision,
    check_regime,
)
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.rules.notice import blanks_of
from otklik.casework.proceedings.vocabulary import CLOSING, OF_MESSAGES, Verb
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the person wrote into the form of a decision; an empty notice is the template's."""

    reason: str = ""
    late_reason: str = ""
    notice_text: str = ""
    court: str = ""
    url: str = ""
    crime: bool = False
    no_other: bool = False
    recipients: tuple[Recipient, ...] = field(default=())

    def asked(self) -> Asked:
        return Asked(
            reason=self.reason,
            late_reason=self.late_reason,
            recipients=self.recipients,
            court=self.court,
            url=self.url,
            crime=self.crime,
            no_other=self.no_other,
        )


BY_WISH = "просьба заявителя"
"""The ground of stopping a сообщение: the law is not applied to it."""
_TABLE = {
    Verb.RETURN: ("leave", Result.LEFT),
    Verb.LEAVE: ("leave", Result.LEFT),
    Verb.STOP: ("leave", Result.LEFT),
    Verb.WITHDRAW: ("withdraw", Result.LEFT),
    Verb.SITE_LINK: ("site_link", Result.EXPLAINED),
}


@transaction.atomic
def decide(*, access: Access, appeal_id: int, slug: str, given: Given) -> Decision:
    """Take the decision of one ground about the whole case (59-ФЗ, art. 5, 8 part 7, 11).

    Raises Forbidden, Conflict for a closed case, and Refused naming the article and what to do.
    """
    appeal, ground, case = begin(access, appeal_id, slug)
    access = access.under(
        ground.permission, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    if ground.verb == Verb.RESUME:
        return _resume(access, appeal, ground, case, given)
    if ground.verb not in _TABLE:
        raise Refused(f"По {ground.named} решение принимают в своей форме.", "Откройте её.")
    check_decision(ground, case, given.asked(), clock.today(appeal.municipality.tz))
    step, result = _TABLE[Verb(ground.verb)]
    decision = write(access, appeal, ground, case, given)
    _end(access, appeal, step, result, f"{decision.article}. {given.reason.strip()}")
    return decision


def return_to_author(*, access: Access, appeal_id: int, court: str, given: Given) -> Decision:
    """Give back an appeal against a court decision (59-ФЗ, art. 11 part 2)."""
    named = replace(given, court=court)
    return decide(access=access, appeal_id=appeal_id, slug="art11-2", given=named)


def leave_unanswered(*, access: Access, appeal_id: int, slug: str, given: Given) -> Decision:
    """No answer on the merits: art. 11 parts 1, 3, 4, 4.1, 6 (`slug` names which)."""
    return decide(access=access, appeal_id=appeal_id, slug=slug, given=given)


def stop_correspondence(*, access: Access, appeal_id: int, given: Given) -> Decision:
    """End the correspondence on a question answered repeatedly (59-ФЗ, art. 11 part 5)."""
    return decide(access=access, appeal_id=appeal_id, slug="art11-5", given=given)


def answer_by_site_link(*, access: Access, appeal_id: int, url: str, given: Given) -> Decision:
    """Answer by the address of a page that answers already (59-ФЗ, art. 11 part 5.1)."""
    named = replace(given, url=url)
    return decide(access=access, appeal_id=appeal_id, slug="art11-5-1", given=named)


def resume(*, access: Access, appeal_id: int, given: Given) -> Decision:
    """Take up again what was left by art. 11, its causes gone (59-ФЗ, art. 11 part 7)."""
    return decide(access=access, appeal_id=appeal_id, slug="art11-7", given=given)


def begin(access: Access, appeal_id: int, slug: str) -> tuple[Appeal, GroundTerms, CaseFacts]:
    """The locked case with its ground and facts, when this person may use that ground at all."""
    appeal = locked(access, appeal_id)
    ground = ground_for(appeal, slug)
    access.require(
        Permission(ground.permission), body_id=appeal.executor_body_id, channel=appeal.channel
    )
    case = facts_of(appeal)
    if ground.verb not in OF_MESSAGES:
        check_regime(ground, case)
    if ground.verb in (*CLOSING, Verb.REQUEST) and not case.is_open:
        raise Conflict(
            f"Обращение уже закрыто, решение по {ground.named} не нужно.",
            "Обновите карточку: возможно, решение принял коллега.",
        )
    return appeal, ground, case


def write(
    access: Access,
    appeal: Appeal,
    ground: GroundTerms,
    case: CaseFacts,
    given: Given,
) -> Decision:
    """The row of the decision, its notice in the outbox, and both in the journal."""
    served = ground.notice and is_served(appeal)
    text = given.notice_text.strip() or notice_preview(
        appeal, ground, blanks_of(case, given.asked())
    )
    kept = {
        "court": given.court,
        "url": given.url,
        "served": served,
        "addressees": [one.name for one in given.recipients],
    }
    decision = Decision.objects.create(
        appeal=appeal,
        municipality_id=appeal.municipality_id,
        verb=ground.verb,
        article=ground.named if case.law59 else BY_WISH,
        ground=ground.snapshot(),
        reason=given.reason.strip(),
        late_reason=given.late_reason.strip(),
        details={name: value for name, value in kept.items() if value not in ("", None, [])},
        notice_text=text if served else "",
        notice_due_on=ground.last_day(case.registered_on) if served else None,
        decided_at=clock.now(),
        decided_by=access.actor.label,
    )
    _record_decided(access, appeal, decision, given)
    if served:
        _notify(access, appeal, decision)
    return decision


def _notify(access: Access, appeal: Appeal, decision: Decision) -> None:
    message = notify(
        access=access,
        appeal=appeal,
        subject=f"О вашем обращении № {appeal.number}",
        text=decision.notice_text,
        key=f"decision:{decision.pk}",
    )
    decision.notice_id = message.pk
    decision.save(update_fields=["notice_id"])
    event = NoticeSent(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        decision_id=decision.pk,
        article=decision.article,
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)


def _record_decided(access: Access, appeal: Appeal, decision: Decision, given: Given) -> None:
    event = Decided(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        decision_id=decision.pk,
        verb=decision.verb,
        verb_label=Verb(decision.verb).label,
        article=decision.article,
        reason=decision.reason,
        addressees=tuple(one.name for one in given.recipients),
        late_reason=decision.late_reason,
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)


def _end(access: Access, appeal: Appeal, step: str, result: Result, reason: str) -> None:
    """Close the case and stop its terms."""
    done = conclude(access=access, appeal_id=appeal.pk, verb=step, reason=reason, result=result)
    set_deadlines(appeal=done, actor=access.actor)
    if step == "site_link" and done.answered_at is not None:
        event = AppealAnswered(subject_id=done.pk, case_id=done.pk, answered_at=done.answered_at)
        record(event, actor=access.actor, municipality_id=done.municipality_id)


def _resume(
    access: Access, appeal: Appeal, ground: GroundTerms, case: CaseFacts, given: Given
) -> Decision:
    check_decision(ground, case, given.asked(), clock.today(appeal.municipality.tz))
    Decision.objects.filter(appeal=appeal, verb__in=CLOSING, undone_at__isnull=True).update(
        undone_at=clock.now()
    )
    decision = write(access, appeal, ground, case, given)
    again = reopen(access=access, appeal_id=appeal.pk, reason=f"{ground.named}. {given.reason}")
    set_deadlines(appeal=again, actor=access.actor)
    return decision

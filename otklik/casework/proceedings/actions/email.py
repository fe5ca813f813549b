"""Plain e-mail files no обращение since 30.03.2025: the writer is told how to file one."""

from __future__ import annotations

from django.db import transaction

from otklik.casework.appeals.actions import conclude, reopen
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.workflow import TRANSITIONS
from otklik.casework.appeals.vocabulary import Channel, Regime, Result, Status
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.proceedings.actions.mailing import notify
from otklik.casework.proceedings.events import EmailExplained
from otklik.casework.proceedings.queries import is_served, practice_of
from otklik.casework.proceedings.rules.notice import filled
from otklik.casework.proceedings.vocabulary import EmailPractice
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.actions import record

_CLOSING = "explain"


@transaction.atomic
def explain_email(*, appeal_id: int) -> OutboundMessage | None:
    """Send the municipality's template once, where it chose so, and close the message by it.

    A later letter of the thread opens it again, and then people answer. None when nothing is
    due. A message that somebody has begun to answer stays open.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    practice = practice_of(appeal.municipality_id)
    by_mail = appeal.channel == Channel.EMAIL and appeal.regime != Regime.LAW59
    if practice.email != EmailPractice.EXPLAIN or not by_mail or not is_served(appeal):
        return None
    key = _key(appeal)
    if OutboundMessage.objects.filter(key=key).exists():
        return None
    access = Access.system(appeal.municipality_id, "Ответ на письмо по почте")
    centre = appeal.municipality.centre_name or appeal.municipality.name
    message = notify(
        access=access,
        appeal=appeal,
        subject=f"Как подать обращение: ваше сообщение № {appeal.number}",
        text=filled(practice.email_template, {"номер": appeal.number, "центр": centre}),
        key=key,
    )
    record(
        EmailExplained(subject_id=appeal.pk, case_id=appeal.pk),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    if appeal.status in TRANSITIONS[_CLOSING].sources:
        done = conclude(
            access=access,
            appeal_id=appeal.pk,
            verb=_CLOSING,
            reason="Письмом по почте обращение не подают: автору объяснено, как его подать.",
            result=Result.EXPLAINED,
        )
        set_deadlines(appeal=done, actor=access.actor)
    return message


@transaction.atomic
def take_up_explained(*, appeal_id: int) -> bool:
    """The author of a message closed by the template wrote again: it is in work again.

    False for a case closed otherwise: a word of thanks does not open it.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    explained = OutboundMessage.objects.filter(key=_key(appeal)).exists()
    if appeal.status != Status.ANSWERED or appeal.reopened or not explained:
        return False
    done = reopen(
        access=Access.system(appeal.municipality_id, "Приём сообщений"),
        appeal_id=appeal.pk,
        reason="Заявитель ответил на письмо по шаблону.",
    )
    set_deadlines(appeal=done)
    return True


def _key(appeal: Appeal) -> str:
    return f"email-explained:{appeal.pk}"

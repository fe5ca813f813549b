"""Plain e-mail files no обращение since 30.03.2025: the writer is told how to file one."""

from __future__ import annotations

from django.db import transaction

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.proceedings.actions.mailing import notify
from otklik.casework.proceedings.events import EmailExplained
from otklik.casework.proceedings.queries import is_served, practice_of
from otklik.casework.proceedings.rules.notice import filled
from otklik.casework.proceedings.vocabulary import EmailPractice
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.actions import record


@transaction.atomic
def explain_email(*, appeal_id: int) -> OutboundMessage | None:
    """Send the municipality's template once, where it chose so; None when nothing is due."""
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    practice = practice_of(appeal.municipality_id)
    by_mail = appeal.channel == Channel.EMAIL and appeal.regime != Regime.LAW59
    if practice.email != EmailPractice.EXPLAIN or not by_mail or not is_served(appeal):
        return None
    key = f"email-explained:{appeal.pk}"
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
    return message

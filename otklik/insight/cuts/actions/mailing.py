"""Sending a saved cut by schedule: each recipient gets a link and counts with his own right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Refused
from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.cuts.actions.saving import own_cut, staff
from otklik.insight.cuts.events import CutMailed, CutScheduled
from otklik.insight.cuts.models import CutMailing
from otklik.insight.cuts.queries import cut, readable, view_of
from otklik.insight.cuts.rules import View
from otklik.insight.cuts.rules.schedule import said
from otklik.language.wording import counted, period_words
from otklik.records.journal.actions import record

PAGE = "/desk/summary/cuts/"
_FORMS = {
    "appeals": ("обращение", "обращения", "обращений"),
    "questions": ("вопрос", "вопроса", "вопросов"),
}


@transaction.atomic
def set_mailing(
    *, access: Access, cut_id: int, rhythm: Rhythm, account_ids: Iterable[int]
) -> CutMailing:
    """Send one's own cut by schedule, from the next due moment on.

    Raises Refused for somebody the cut is not open to.
    """
    saved = own_cut(access, cut_id)
    people = staff(access.municipality_id, account_ids)
    now = _now(saved.municipality)
    able = accesses_of(access.municipality_id, now.date(), [person.pk for person in people])
    closed = [person.short_name for person in people if not _opens(able.get(person.pk), saved.pk)]
    if closed:
        raise Refused(
            f"Разрез не открыт: {', '.join(closed)}.",
            "Сначала откройте им разрез; право на анализ даёт администратор центра.",
        )
    mailing, _ = CutMailing.objects.update_or_create(
        cut=saved,
        defaults={
            "step": rhythm.step,
            "day": rhythm.day,
            "hour": rhythm.hour,
            "recipients": sorted(person.pk for person in people),
            "last_due": rhythm.last_due(now),
        },
    )
    event = CutScheduled(subject_id=saved.pk, name_given=saved.name, when=said(rhythm))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return mailing


@transaction.atomic
def stop_mailing(*, access: Access, cut_id: int) -> None:
    """Send it no more; a second time changes nothing."""
    saved = own_cut(access, cut_id)
    gone, _ = CutMailing.objects.filter(cut=saved).delete()
    if gone:
        event = CutScheduled(subject_id=saved.pk, name_given=saved.name, when="прекращена")
        record(event, actor=access.actor, municipality_id=access.municipality_id)


def send_due(*, municipality_id: int) -> int:
    """Send every cut whose moment has come, each once; returns how many people were told."""
    due = CutMailing.objects.filter(cut__municipality_id=municipality_id)
    return sum(_send(pk) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _send(mailing_id: int) -> int:
    mailing = CutMailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is None:
        return 0
    rhythm = Rhythm(step=Step(mailing.step), day=mailing.day, hour=mailing.hour)
    saved, now = mailing.cut, _now(mailing.cut.municipality)
    due = rhythm.last_due(now)
    if mailing.last_due is not None and mailing.last_due >= due:
        return 0
    since, until = rhythm.covers(due)
    view = view_of(saved, None).over(since, until)
    people = accesses_of(saved.municipality_id, now.date(), mailing.recipients)
    told = sum(_tell(access, mailing, view, due) for access in people.values())
    mailing.last_due = due
    mailing.save(update_fields=["last_due"])
    if told:
        event = CutMailed(subject_id=saved.pk, name_given=saved.name, told=told)
        record(event, actor=Actor.system("Расписание"), municipality_id=saved.municipality_id)
    return told


def _tell(access: Access, mailing: CutMailing, view: View, due: datetime) -> int:
    """Nobody is told of a cut that is empty for him, closed to him or not his to count."""
    saved, asked = mailing.cut, view.request
    if not _opens(access, saved.pk):
        return 0
    found = cut(access, asked, now=due).total.tally.received
    since, until = asked.filter.since, asked.filter.until
    if not found or since is None or until is None:
        return 0
    span = urlencode({"since": since.isoformat(), "until": until.isoformat()})
    number = counted(found, _FORMS[asked.counted.value])
    told = tell(
        municipality_id=saved.municipality_id,
        account_ids=[access.account_id or 0],
        kind=NoticeKind.SCHEDULED,
        text=f"«{saved.name}»: {period_words(since, until)}, {number}",
        url=f"{PAGE}{saved.pk}/?{span}",
        key=f"cut:{mailing.pk}:{due.isoformat()}",
    )
    return len(told)


def _opens(access: Access | None, cut_id: int) -> bool:
    able = access is not None and access.may(Permission.ANALYTICS)
    return able and access is not None and readable(access).filter(pk=cut_id).exists()


def _now(municipality: Municipality) -> datetime:
    return clock.now().astimezone(municipality.tz)

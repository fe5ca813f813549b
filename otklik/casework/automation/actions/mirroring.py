"""The register of rules that people enter by hand in ПОС and «Инцидент менеджмент»."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.automation.actions.saving import own_rule
from otklik.casework.automation.events import MirrorMoved
from otklik.casework.automation.models import AutoRule, MirrorEntry
from otklik.casework.automation.queries.naming import names_for
from otklik.casework.automation.rules import restored
from otklik.casework.automation.rules.describing import to_enter
from otklik.casework.automation.vocabulary import MirrorState, Platform
from otklik.casework.replies.models import ReplyTemplate
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def describe_for(*, access: Access, rule_id: int, platform: Platform) -> MirrorEntry:
    """Put one of our rules into the register, or describe it anew after an edit
    (pereslavl 1.2.ж). An entry that is up to date stays as it is."""
    access = access.require(Permission.AUTOMATE)
    rule = own_rule(access, rule_id)
    entry = MirrorEntry.objects.select_for_update().filter(rule=rule, platform=platform).first()
    if entry is not None and entry.version == rule.version and entry.state in _LIVING:
        return entry
    entry = entry or MirrorEntry(
        municipality_id=access.municipality_id, rule=rule, platform=platform
    )
    entry.title, entry.text, entry.version = rule.name, _text(rule), rule.version
    return _moved(access, entry, MirrorState.TO_ENTER)


@transaction.atomic
def save_entry(
    *,
    access: Access,
    platform: Platform,
    title: str,
    text: str,
    remark: str = "",
    entry_id: int | None = None,
) -> MirrorEntry:
    """Keep a rule that stands only in the other system; an edit has to be entered again."""
    access = access.require(Permission.AUTOMATE)
    if not title.strip() or not text.strip():
        raise Refused("Не сказано, что внести.", "Заполните название и описание правила.")
    entry = (
        _own(access, entry_id) if entry_id else MirrorEntry(municipality_id=access.municipality_id)
    )
    entry.platform, entry.title = platform, title.strip()[:200]
    entry.text, entry.remark = text.strip(), remark.strip()[:500]
    entered = entry.pk and entry.state in (MirrorState.ENTERED, MirrorState.STALE)
    return _moved(access, entry, MirrorState.STALE if entered else MirrorState.TO_ENTER)


@transaction.atomic
def mark_entered(*, access: Access, entry_id: int, remark: str = "") -> MirrorEntry:
    """Say that it has been entered in the other system, today and by this person."""
    access = access.require(Permission.AUTOMATE)
    entry = _own(access, entry_id)
    if entry.state == MirrorState.ENTERED:
        raise Conflict("Это правило уже отмечено как внесённое.", "Обновите страницу.")
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    entry.entered_on, entry.entered_label = clock.today(zone), access.actor.label
    entry.remark = remark.strip()[:500] or entry.remark
    return _moved(access, entry, MirrorState.ENTERED)


@transaction.atomic
def mark_removed(*, access: Access, entry_id: int, remark: str = "") -> MirrorEntry:
    """Say that it no longer stands in the other system; the line stays in the register."""
    access = access.require(Permission.AUTOMATE)
    entry = _own(access, entry_id)
    entry.remark = remark.strip()[:500] or entry.remark
    return _moved(access, entry, MirrorState.REMOVED)


_LIVING = (MirrorState.TO_ENTER, MirrorState.ENTERED)


def _own(access: Access, entry_id: int) -> MirrorEntry:
    found = (
        MirrorEntry.objects.select_for_update()
        .filter(municipality_id=access.municipality_id, pk=entry_id)
        .first()
    )
    if found is None:
        raise NotFound("Такой записи в реестре нет.", "Вернитесь к реестру.")
    return found


def _text(rule: AutoRule) -> str:
    """The rule line by line, with the texts of its ready answers."""
    condition = restored(rule.condition)
    text = to_enter(rule.name, condition, rule.acts, names_for([(condition, rule.acts)]))
    wanted = [act["template"] for act in rule.acts if act["kind"] == "template"]
    for template in ReplyTemplate.objects.filter(pk__in=wanted):
        text += f"\nТекст ответа «{template.title}»:\n{template.text}"
    return text


def _moved(access: Access, entry: MirrorEntry, state: MirrorState) -> MirrorEntry:
    entry.state = state
    if state == MirrorState.TO_ENTER:
        entry.made_at = clock.now()
    entry.save()
    event = MirrorMoved(
        subject_id=entry.pk,
        title_=entry.title,
        platform_label=Platform(entry.platform).label,
        state_label=state.label,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return entry

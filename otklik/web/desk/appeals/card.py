"""The card of a case: everything about it on one page, and the next step at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.naming import regime_choices
from otklik.casework.appeals.rules.workflow import next_verbs
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.classification.queries import suggestions_of
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries import deadlines_of, may_extend
from otklik.casework.deadlines.queries.forwarding import undecided
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.replies.actions import checklist
from otklik.casework.replies.models import Reply, TextDraft
from otklik.casework.replies.queries import SUBJECT, replies_of, templates_for
from otklik.casework.replies.rules.quality import MANUAL, reasons_of
from otklik.casework.replies.vocabulary import ReplyStatus, ReturnReason
from otklik.casework.routing.queries import suggestion_for
from otklik.casework.satisfaction.queries import scores_of
from otklik.directory.approvals.queries import steps_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import InboundMessage
from otklik.exchange.channels.queries import received_of_case, sent_of_case
from otklik.exchange.channels.vocabulary import OutboundState
from otklik.language.masking import for_work, mask_file_name
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of, files_of_several
from otklik.records.journal.actions import record_read
from otklik.records.journal.queries import story_of
from otklik.web.desk.appeals.bodies import bodies_once, settlements_offered, topics_by_group
from otklik.web.desk.appeals.dialogue import dialogue, letters_of_applicant
from otklik.web.desk.appeals.panels import panels_of
from otklik.web.desk.appeals.rights import Rights, rights_of
from otklik.web.desk.appeals.shapes import reply_shape, status_shape
from otklik.web.desk.appeals.steps import reply_files_kept
from otklik.web.desk.frame import DeskRequest, desk, render

OPEN_REPLY = {ReplyStatus.DRAFT, ReplyStatus.RETURNED, ReplyStatus.ON_APPROVAL, ReplyStatus.SIGNED}


@desk(Permission.VIEW_APPEALS)
def appeal(request: DeskRequest, pk: int) -> HttpResponse:
    case = queries.card(request.access, pk)
    rights = rights_of(request, case)
    if rights.personal:
        record_read(
            [case.pk],
            actor=request.access.actor,
            municipality_id=case.municipality_id,
            purpose="карточка",
        )
    mail = _messages(case)
    deadlines = deadlines_of(case.pk)
    context = {
        "case": case,
        "shape": status_shape(case.status),
        "rights": rights,
        "text": case.text if rights.personal else for_work(case.text).text,
        "verbs": next_verbs(case.status),
        "deadlines": _terms(deadlines),
        "undecided": undecided(case),
        "extendable": may_extend(request.access, case, _answer_term(deadlines)),
        "files": _files(case, mail["came"], personal=rights.personal),
        "story": _story(case),
        "mail": mail,
        "dialogue": dialogue(mail["came"], mail["sent"], personal=rights.personal),
        "scores": list(scores_of(case.pk)),
        "repeats": _earlier(request, case) if rights.personal else [],
        "repeated": case.repeats if queries.sees(request.access, case.repeats) else None,
        **_choices(request, case, rights),
        **_reply(request, case, rights),
        "panels": panels_of(request, case, rights),
    }
    return render(
        request,
        "desk/appeals/card.html",
        context,
        crumbs=[("Обращения", reverse("desk:appeals")), (str(case), "")],
    )


def _terms(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Terms worth showing: one that nobody needs (forwarding of a case given out) is not."""
    off = DeadlineState.CANCELLED
    return [d for d in deadlines if d.state != off or d.kind == DeadlineKind.ANSWER]


def _answer_term(deadlines: Sequence[Deadline]) -> Deadline | None:
    return next((d for d in deadlines if d.kind == DeadlineKind.ANSWER), None)


def _choices(request: DeskRequest, case: Appeal, rights: Rights) -> dict[str, Any]:
    found: dict[str, Any] = {
        "regimes": regime_choices(request.municipality.settings),
        "results": Result.choices[:3],
    }
    if rights.classify:
        found["suggestions"] = list(suggestions_of(case)[:3])
        vars(case)["suggested"] = found["suggestions"]
        found["topics"] = topics_by_group(case.municipality_id)
        found["settlements"] = settlements_offered(case.municipality_id)
    if rights.assign:
        found["bodies"] = bodies_once(request)
        rule = suggestion_for(case) if case.executor_body_id is None else None
        found["rule"] = rule
        found["rule_body"] = next(
            (b for b in found["bodies"] if rule and b.pk == rule.body_id), None
        )
    return found


def _reply(request: DeskRequest, case: Appeal, rights: Rights) -> dict[str, Any]:
    every = list(replies_of(case.pk))
    current = next(
        (r for r in every if r.status in OPEN_REPLY or r.status in ("sending", "failed")), None
    )
    steps = list(steps_of(SUBJECT, [r.pk for r in every]))
    pending = next(
        (s for s in steps if current and s.subject_id == current.pk and s.state == "pending"), None
    )
    typed = TextDraft.objects.filter(account_id=request.user.pk, place=f"reply:{case.pk}").first()
    editable = current is None or current.status in (ReplyStatus.DRAFT, ReplyStatus.RETURNED)
    templates = templates_for(case, named=rights.personal) if rights.draft and editable else []
    asked = request.GET.get("template", "")
    chosen = next((each.text for each in templates if str(each.pk) == asked), "")
    checks = checklist(current, case) if current else []
    return {
        "replies": [
            (r, reply_shape(r.status), [s for s in steps if s.subject_id == r.pk]) for r in every
        ],
        "reply": current,
        "reply_editable": rights.draft and editable,
        "reply_text": chosen
        or (typed.text if typed and editable else "")
        or (current.text if current else ""),
        "reply_typed": bool(typed and editable and not chosen),
        "kept": reply_files_kept(request, case.pk)
        if editable and request.session.get(f"reply:{case.pk}")
        else None,
        "reply_files": _reply_files(case, current),
        "confirmed": (current.checklist.get("confirmed", {}) if current else {}),
        "manual": MANUAL,
        "checks": checks,
        "suggested": reasons_of(checks),
        "may_decide": _may_decide(request, case, pending),
        "pending": pending,
        "reasons": ReturnReason.choices,
        "templates": templates,
        "draft_url": reverse("desk:draft", args=[f"reply:{case.pk}"]),
    }


def _earlier(request: DeskRequest, case: Appeal) -> list[Appeal]:
    seen = queries.visible_to(request.access).values("pk")
    return list(queries.repeats_of(case).filter(pk__in=seen).only("number")[:5])


def _reply_files(case: Appeal, current: Reply | None) -> list[dict[str, Any]]:
    rows = files_of(SUBJECT, [current.pk]) if current else []
    return [_file(case, row) for row in rows]


def _may_decide(request: DeskRequest, case: Appeal, pending: Any) -> bool:
    return bool(pending) and request.access.allows(
        pending.permission, body_id=case.executor_body_id, channel=case.channel
    )


def _files(case: Appeal, came: list[InboundMessage], *, personal: bool) -> list[dict[str, Any]]:
    letters = [case.inbound_message_id or 0, *(letter.pk for letter in came)]
    rows = files_of_several({"appeal": [case.pk], "inbound_message": letters})
    return [_file(case, row, personal=personal) for row in rows]


def _file(case: Appeal, row: Attachment, *, personal: bool = True) -> dict[str, Any]:
    return {
        "name": row.file_name if personal else mask_file_name(row.file_name),
        "url": reverse("desk:file", args=[case.pk, row.pk]),
        "size": row.size,
        "kind": _file_kind(row.content_type),
    }


def _file_kind(content_type: str) -> str:
    if content_type.startswith("image/"):
        return "image"
    return "pdf" if content_type == "application/pdf" else "text"


TONES = {
    "AppealAnswered": "ok",
    "ReplySigned": "ok",
    "ReplySent": "ok",
    "ReplyReturned": "warn",
    "AppealReopened": "warn",
    "ReplyNotDelivered": "danger",
    "AppealRegistered": "accent",
}


def _story(case: Appeal) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.recorded_at,
            "title": entry.sentence,
            "actor": entry.who,
            "tone": TONES.get(entry.name, ""),
        }
        for entry in story_of(case.pk)[:500]
    ]


def _messages(case: Appeal) -> dict[str, Any]:
    sent = list(sent_of_case(case.pk, case.municipality_id))
    received = list(received_of_case(case.pk, case.municipality_id)[:50])
    vars(case)["received"] = received
    return {
        "sent": sent,
        "came": letters_of_applicant(case, received, sent),
        "held": [m for m in sent if m.state == OutboundState.HELD and m.send_after > clock.now()],
        "to_carry": [m for m in sent if m.state == OutboundState.TO_CARRY],
        "troubled": [
            m for m in sent if m.state in (OutboundState.FAILED, OutboundState.UNCONFIRMED)
        ],
    }

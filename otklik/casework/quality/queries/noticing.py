"""What in the cases hints at an error: read here, proposed by `actions.gather_signals`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from otklik.casework.appeals.models import Appeal
from otklik.casework.quality.vocabulary import LOW_SCORE, SignalKind
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.rules.quality import Draft, check
from otklik.casework.replies.vocabulary import ReplyStatus, ReturnReason
from otklik.casework.satisfaction.models import Survey
from otklik.directory.approvals.models import ApprovalStep
from otklik.language.wording import counted

FORMAL = ("length", "law", "dates", "plain")
"""Checks of the list of an answer; three of them failing looks like a formal reply."""
FORMAL_AT_LEAST = 3


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """`key` names the fact, so that the same one is not proposed twice."""

    kind: SignalKind
    appeal_id: int
    text: str
    key: str
    reply_id: int | None = None


def noticed(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    """Everything noticed since then, in five statements read row by row."""
    yield from _repeats(municipality_id, since)
    yield from _low_scores(municipality_id, since)
    yield from _reopened(municipality_id, since)
    yield from _returned_twice(municipality_id, since)
    yield from _formal(municipality_id, since)


def _repeats(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    """The citizen wrote again of what has been answered."""
    rows = Appeal.objects.filter(
        municipality_id=municipality_id,
        received_at__gte=since,
        repeats__answered_at__isnull=False,
    ).values_list("pk", "number", "repeats_id", "repeats__number")
    for _pk, number, earlier_id, earlier in rows.iterator():
        text = f"После ответа на №\u00a0{earlier} заявитель обратился снова: №\u00a0{number}"
        yield Noticed(kind=SignalKind.REPEAT, appeal_id=earlier_id, text=text, key=f"repeat:{_pk}")


def _low_scores(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    rows = Survey.objects.filter(
        appeal__municipality_id=municipality_id, answered_at__gte=since, score__lte=LOW_SCORE
    )
    for survey in rows.only("pk", "appeal_id", "reply_id", "score", "comment").iterator():
        said = f": «{survey.comment[:300]}»" if survey.comment else ""
        yield Noticed(
            kind=SignalKind.LOW_SCORE,
            appeal_id=survey.appeal_id,
            reply_id=survey.reply_id,
            text=f"Ответ оценён на {survey.score} из 5{said}",
            key=f"score:{survey.pk}",
        )


def _reopened(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    rows = Appeal.objects.filter(
        municipality_id=municipality_id, reopened__gt=0, received_at__gte=since
    ).values_list("pk", "reopened")
    for pk, times in rows.iterator():
        text = f"Обращение возобновляли {counted(times, ('раз', 'раза', 'раз'))}"
        yield Noticed(
            kind=SignalKind.REOPENED, appeal_id=pk, text=text, key=f"reopened:{pk}:{times}"
        )


def _returned_twice(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    """The same reason named in two rounds of one answer."""
    recent = Reply.objects.filter(
        appeal__municipality_id=municipality_id, created_at__gte=since, returns__gte=2
    )
    cases = dict(recent.values_list("pk", "appeal_id"))
    steps = ApprovalStep.objects.filter(subject=SUBJECT, subject_id__in=cases).values_list(
        "subject_id", "reasons"
    )
    times: Counter[tuple[int, str]] = Counter()
    for reply_id, reasons in steps:
        times.update((reply_id, reason) for reason in set(reasons or []))
    for (reply_id, reason), count in sorted(times.items()):
        if count >= 2 and reason in ReturnReason.values:
            label = ReturnReason(reason).label
            yield Noticed(
                kind=SignalKind.RETURNED_TWICE,
                appeal_id=cases[reply_id],
                reply_id=reply_id,
                text=f"Ответ возвращали повторно по одной причине: {label}",
                key=f"returned:{reply_id}:{reason}",
            )


def _formal(municipality_id: int, since: datetime) -> Iterator[Noticed]:
    rows = Reply.objects.filter(
        appeal__municipality_id=municipality_id, status=ReplyStatus.SENT, sent_at__gte=since
    ).values_list("pk", "appeal_id", "text")
    for pk, appeal_id, text in rows.iterator():
        found = check(Draft(text=text, confirmed={}, questions=()))
        failed = [one.label for one in found if one.slug in FORMAL and one.level != "ok"]
        if len(failed) >= FORMAL_AT_LEAST:
            words = "; ".join(label[0].lower() + label[1:] for label in failed)
            yield Noticed(
                kind=SignalKind.FORMAL,
                appeal_id=appeal_id,
                reply_id=pk,
                text=f"Ответ похож на отписку, не выполнено: {words}"[:500],
                key=f"formal:{pk}",
            )

"""The record of errors of the demo: what the night finds, and some of it decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from otklik.base import clock
from otklik.casework.quality import actions
from otklik.casework.quality.models import Finding, Signal
from otklik.casework.quality.vocabulary import ConflictKind, FaultKind, SignalKind
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

FAULTS: tuple[tuple[str, str], ...] = (
    (FaultKind.FORMAL, "Нет ни срока, ни того, что именно сделано."),
    (FaultKind.NOT_ALL, "Ответили про ямы, про неработающий фонарь — нет."),
    (FaultKind.NO_PROOF, "Написано «работы выполнены», фотографии нет."),
    (FaultKind.FALSE, "Сообщили, что мусор вывезен; на следующий день контейнер был полон."),
    (FaultKind.HEAVY, "Два абзаца канцелярских оборотов вместо одного предложения."),
    (FaultKind.OFF_POINT, "Спрашивали про расписание автобуса, ответили про ремонт остановки."),
)
CONFLICTS: tuple[tuple[str, str, str, str], ...] = (
    (
        ConflictKind.PROMISE, "Обещали заделать яму к пятнице и не заделали.",
        "Подрядчику выдано предписание.", "Яму заделали, заявителю позвонили и извинились.",
    ),
    (
        ConflictKind.PING_PONG, "Две службы по очереди отвечали, что вопрос не их.",
        "Руководитель центра назвал ответственного.", "",
    ),
)  # fmt: skip
ADVICE = (
    "В каждом ответе называть дату, к которой работы будут закончены.",
    "Прикладывать фотографию до и после работ.",
    "Перед отправкой сверять ответ со всеми вопросами обращения.",
)
DISMISSED = {
    SignalKind.REPEAT: "Человек пишет о другом месте на той же улице, прежний вопрос решён.",
    SignalKind.LOW_SCORE: "Недовольство самим решением: ответ полный и дан в срок.",
    SignalKind.REOPENED: "Появились новые обстоятельства, ошибки в первом ответе не было.",
    SignalKind.FORMAL: "Ответ короткий, но срок и адрес в нём названы.",
}
_TAKEN = (SignalKind.LOW_SCORE, SignalKind.REOPENED, SignalKind.FORMAL)
_LOOK_BACK = timedelta(days=60)


def keep_record(municipality: Municipality, now: datetime) -> None:
    """Fill the registers as the nightly job would, and decide on some of the signals."""
    with clock.frozen(now):
        _fill(municipality, now)


def _fill(municipality: Municipality, now: datetime) -> None:
    actions.note_missed_terms(municipality_id=municipality.pk, now=now)
    actions.gather_signals(municipality_id=municipality.pk, since=now - _LOOK_BACK)
    access = Access.system(municipality.pk, "Демонстрация")
    waiting = list(
        Signal.objects.filter(municipality=municipality, kind__in=_TAKEN).order_by("key")[::3]
    )
    for (kind, essence), signal in zip(FAULTS, waiting, strict=False):
        new = actions.NewFault(kind=kind, essence=essence, reply_id=signal.reply_id)
        _follow(access, actions.confirm(access=access, signal_id=signal.pk, new=new))
    for (kind, cause, measure, outcome), signal in zip(CONFLICTS, waiting[6:], strict=False):
        conflict = actions.NewConflict(
            kind=kind, parties="заявитель и исполнитель", cause=cause, measure=measure,
            outcome=outcome, appeal_id=signal.appeal_id,
        )  # fmt: skip
        actions.confirm(access=access, signal_id=signal.pk, new=conflict)
    _dismiss(access)


def _dismiss(access: Access) -> None:
    """One signal of each kind was wrong; the others wait."""
    waiting = Signal.objects.filter(municipality_id=access.municipality_id, state="waiting")
    for kind, reason in DISMISSED.items():
        signal = waiting.filter(kind=kind).order_by("key").first()
        if signal is not None:
            actions.dismiss(access=access, signal_id=signal.pk, reason=reason)


def _follow(access: Access, finding: Finding) -> None:
    """A recommendation on every second error; one error in three is already mended."""
    place = Finding.objects.filter(municipality=finding.municipality, sort=finding.sort).count()
    if place % 2:
        text = ADVICE[place // 2 % len(ADVICE)]
        actions.recommend(access=access, finding_id=finding.pk, text=text)
    if place % 3 == 0:
        actions.settle(
            access=access, finding_id=finding.pk, state="mended", outcome="Отправлен новый ответ."
        )

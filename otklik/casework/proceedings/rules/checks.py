"""Whether the law lets this decision be taken about this case. Each refusal names its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from otklik.base.errors import Refused
from otklik.casework.proceedings.rules.grounds import GroundTerms

ENOUGH_ANSWERS = 2
"""«Неоднократно»: at least two earlier answers to the same author on the same question."""


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Where a question is sent: one of our bodies, or anybody named in words."""

    name: str
    body_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the checks ask of a case; `complained` are those whose acts are appealed against."""

    law59: bool
    complaint: bool
    is_open: bool
    named: bool
    addressed: bool
    registered_on: date
    complained: tuple[Recipient, ...] = ()
    earlier_answers: tuple[str, ...] = ()
    closed_by_law: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the person who decides has written."""

    reason: str = ""
    late_reason: str = ""
    recipients: Sequence[Recipient] = ()
    court: str = ""
    url: str = ""
    crime: bool = False
    no_other: bool = False


def check_regime(ground: GroundTerms, case: CaseFacts) -> None:
    """Raise Refused for a сообщение: the articles of the law do not apply to it."""
    if case.law59:
        return
    raise Refused(
        f"Это сообщение, а не обращение: {ground.named} к нему не применяется.",
        "Ответьте на сообщение или закройте его с причиной («Закрыть без ответа»). Если человек "
        "просит рассмотреть его по закону, сначала измените порядок на «обращение (59-ФЗ)».",
    )


def check_decision(ground: GroundTerms, case: CaseFacts, asked: Asked, today: date) -> None:
    """Raise Refused, naming the article and what to do, unless all that it demands is there."""
    if not asked.reason.strip():
        raise Refused(
            f"Решение по {ground.named} без причины не принимается.",
            "Напишите одной фразой, почему.",
        )
    _in_time(ground, case, asked, today)
    check = CHECKS.get(ground.check)
    if check is not None:
        check(ground, case, asked)


def _in_time(ground: GroundTerms, case: CaseFacts, asked: Asked, today: date) -> None:
    last = ground.last_day(case.registered_on)
    if last is not None and today > last and not asked.late_reason.strip():
        raise Refused(
            f"Срок по {ground.named} — {ground.days} дней со дня регистрации — "
            f"истёк {last:%d.%m.%Y}.",
            "Заполните поле «Почему с опозданием»: причина останется в истории обращения.",
        )


def _addressees(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if not asked.recipients:
        raise Refused(
            f"Не указано, куда направить обращение ({ground.named}).",
            "Выберите орган или впишите адресата.",
        )
    if not case.complaint:
        return
    for one in asked.recipients:
        if is_complained(one, case.complained):
            raise Refused(
                f"Жалобу запрещено направлять тому, кого обжалуют: {one.name} "
                "(ст. 8 ч. 6 № 59-ФЗ).",
                "Выберите вышестоящий орган. Если другого адресата нет, верните жалобу автору "
                "с разъяснением о суде (ст. 8 ч. 7).",
            )


def is_complained(one: Recipient, complained: Sequence[Recipient]) -> bool:
    """The same body, or the same name however it is spaced and cased."""
    name = _plain(one.name)
    return any(
        (other.body_id is not None and other.body_id == one.body_id)
        or (bool(name) and _plain(other.name) == name)
        for other in complained
    )


def _no_addressee(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if not case.complaint or not case.complained:
        raise Refused(
            f"По {ground.named} возвращают только жалобу на известный орган или лицо.",
            "Укажите вид «жалоба» и впишите, кого обжалуют; иначе направьте обращение "
            "по компетенции (ст. 8 ч. 3).",
        )
    if not asked.no_other:
        raise Refused(
            f"Жалобу возвращают, только если направить её больше некому ({ground.named}).",
            "Отметьте «Другого адресата нет» или направьте жалобу вышестоящему органу.",
        )


def _anonymous(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if case.named and case.addressed:
        raise Refused(
            f"У обращения есть фамилия и адрес для ответа: {ground.named} не подходит.",
            "Рассмотрите обращение по существу или выберите другое основание.",
        )
    if asked.crime:
        raise Refused(
            f"Анонимное обращение со сведениями о преступлении не оставляют без движения "
            f"({ground.named}).",
            "Направьте его в компетентный орган: основание «Сведения о преступлении».",
        )


def _court(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if not asked.court.strip():
        raise Refused(
            f"Не назван судебный акт, который обжалуется ({ground.named}).",
            "Впишите суд, дату и номер решения.",
        )


def _repeated(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    count = len(case.earlier_answers)
    if count < ENOUGH_ANSWERS:
        raise Refused(
            f"Переписку прекращают, когда на тот же вопрос отвечали неоднократно "
            f"({ground.named}), а связанных прежних ответов — {count}.",
            "Свяжите прежние обращения этого заявителя как повторные или ответьте по существу.",
        )


def _site(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if not asked.url.strip().startswith(("https://", "http://")):
        raise Refused(
            f"Нужен адрес страницы с ответом ({ground.named}).",
            "Впишите адрес целиком: он начинается с «https://».",
        )


def _closed(ground: GroundTerms, case: CaseFacts, asked: Asked) -> None:
    if not case.closed_by_law:
        raise Refused(
            f"Возобновить по {ground.named} можно то, что оставлено без ответа по статье 11.",
            "Для обращения с ответом используйте обычное «Возобновить».",
        )


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("ё", "е").split())


CHECKS: dict[str, Callable[[GroundTerms, CaseFacts, Asked], None]] = {
    "addressees": _addressees,
    "no_addressee": _no_addressee,
    "anonymous": _anonymous,
    "court": _court,
    "repeated": _repeated,
    "site": _site,
    "closed": _closed,
}

"""What the alarms of a message speak for; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.urgency.reading import Raised
from otklik.language.urgency.vocabulary import Alarm

_STEPS = {
    Alarm.LIFE: "Если людям грозит опасность сейчас, передайте сообщение в службу 112.",
    Alarm.SUICIDE: "Позвоните заявителю; если есть угроза жизни, передайте сообщение в службу 112.",
    Alarm.GAS: "Передайте сообщение в аварийную газовую службу (104) или в службу 112.",
    Alarm.WIRE: "Передайте сообщение электросетям или в службу 112.",
    Alarm.HATCH: "Передайте сообщение водоканалу: люк нужно оградить сразу.",
    Alarm.THREAT: "Покажите обращение руководителю: об угрозах сообщают в полицию.",
    Alarm.CORRUPTION: "Покажите обращение руководителю: возможно, это сообщение о коррупции.",
    Alarm.OBSCENITY: "Обращение с бранью можно оставить без ответа по существу, предупредив автора "
    "(59-ФЗ, статья 11, часть 3); решает человек.",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """`high`: the words speak for a raised importance; `reasons` and `steps` in Russian."""

    high: bool
    reasons: tuple[str, ...]
    steps: tuple[str, ...]


def advice(raised: Sequence[Raised]) -> Advice:
    """Never acts: danger and outages speak for a raised importance, with the words themselves."""
    pressing = [item for item in raised if item.alarm.endangers or item.alarm is Alarm.OUTAGE]
    return Advice(
        high=bool(pressing),
        reasons=tuple(f"{item.alarm.words}: «{'», «'.join(item.words)}»" for item in pressing),
        steps=tuple(_STEPS[item.alarm] for item in raised if item.alarm in _STEPS),
    )

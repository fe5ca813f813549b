"""Figures of a vote that can be true together."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.base.errors import Refused


def checked_votes(participants: int, votes: Sequence[int], *, several: bool) -> None:
    """Raise Refused when the counts of options contradict the number of participants."""
    if participants < 0 or any(count < 0 for count in votes):
        raise Refused("Число не бывает меньше нуля.", "Исправьте числа.")
    if any(count > participants for count in votes):
        raise Refused(
            f"За один из вариантов больше голосов, чем участников ({participants}).",
            "Проверьте числа по кабинету ПОС.",
        )
    if not several and sum(votes) > participants:
        raise Refused(
            f"Голосов всего {sum(votes)}, а участников {participants}; "
            "каждый мог выбрать один вариант.",
            "Проверьте числа или отметьте, что вариантов можно выбрать несколько.",
        )


def share(votes: int | None, participants: int | None) -> float | None:
    """0…1 of the participants; None where nothing is known."""
    if votes is None or not participants:
        return None
    return votes / participants

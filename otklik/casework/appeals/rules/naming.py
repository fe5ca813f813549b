"""How a centre calls what citizens write: «сообщение» and «обращение», or one word for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.casework.appeals.vocabulary import Regime

ONE_WORD = "all_called_appeals"
WORD = "обращения"


def one_word(options: Mapping[str, Any]) -> bool:
    """Whether everything is called «обращение»: by the centre's choice, else by its regulation
    (dedovichi:3.1). `options` are the settings of a municipality."""
    chosen = options.get(ONE_WORD)
    if chosen is not None:
        return bool(chosen)
    centre = options.get("regulation", {}).get("centre", {})
    return bool(centre.get("one_word") == WORD)


def regime_name(regime: str, options: Mapping[str, Any]) -> str:
    """The procedure as the centre calls it; of 59-ФЗ it is always «обращение (59-ФЗ)»."""
    label = str(Regime(regime).label)
    if not one_word(options):
        return label
    return label.replace("сообщение", "обращение")


def regime_choices(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """For forms, in the order of the vocabulary."""
    return [(regime.value, regime_name(regime, options)) for regime in Regime]

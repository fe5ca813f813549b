"""Topics of a text: lemma n-grams and character n-grams under a balanced linear model.

A model is a plain artefact (arrays and JSON, no pickle) with a card of what it was made from.
The arithmetic takes a second to load, so it is loaded by whoever first asks for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from otklik.language.classifier.apart import train_apart
    from otklik.language.classifier.model import Suggestion, TopicModel
    from otklik.language.classifier.storage import dump, load
    from otklik.language.classifier.training import from_descriptions, train

__all__ = ["Suggestion", "TopicModel", "dump", "from_descriptions", "load", "train", "train_apart"]
_HOME = {
    "Suggestion": "model",
    "TopicModel": "model",
    "dump": "storage",
    "load": "storage",
    "from_descriptions": "training",
    "train": "training",
    "train_apart": "apart",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)

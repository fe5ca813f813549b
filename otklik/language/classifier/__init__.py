"""Topics of a text: lemma n-grams and character n-grams under a balanced linear model.

A model is a plain artefact (arrays and JSON, no pickle) with a card of what it was made from.
"""

from otklik.language.classifier.model import Suggestion, TopicModel
from otklik.language.classifier.storage import dump, load
from otklik.language.classifier.training import from_descriptions, train

__all__ = ["Suggestion", "TopicModel", "dump", "from_descriptions", "load", "train"]

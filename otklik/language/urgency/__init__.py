"""What in a message asks for haste or care, each with the words that say so and their places."""

from otklik.language.urgency.advice import Advice, advice
from otklik.language.urgency.reading import MOST_WORDS, Raised, alarms
from otklik.language.urgency.vocabulary import Alarm

__all__ = ["MOST_WORDS", "Advice", "Alarm", "Raised", "advice", "alarms"]

"""Pure rules of the package: states, codes, form, what is missing."""

from otklik.coordination.sstu.rules.codes import classifier_code
from otklik.coordination.sstu.rules.composing import compose
from otklik.coordination.sstu.rules.difference import Difference, difference, items_of, parts_of
from otklik.coordination.sstu.rules.facts import (
    AnswerFacts,
    CaseFacts,
    QuestionFacts,
    Refusal,
    TransferFacts,
)
from otklik.coordination.sstu.rules.form import AppealRecord, File, dump, validated
from otklik.coordination.sstu.rules.status import status_of

__all__ = [
    "AnswerFacts",
    "AppealRecord",
    "CaseFacts",
    "Difference",
    "File",
    "QuestionFacts",
    "Refusal",
    "TransferFacts",
    "classifier_code",
    "compose",
    "difference",
    "dump",
    "items_of",
    "parts_of",
    "status_of",
    "validated",
]

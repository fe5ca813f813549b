"""Likeness of messages: near duplicates by their words, one incident by place, time and matter."""

from otklik.language.similarity.incidents import Verdict, same_incident
from otklik.language.similarity.index import Candidate, Index
from otklik.language.similarity.message import Message, Place
from otklik.language.similarity.signatures import (
    BANDS,
    Shingles,
    Signature,
    bands,
    fingerprint,
    likeness,
    normalised,
    overlap,
    shingles,
    signature,
)

__all__ = [
    "BANDS", "Candidate", "Index", "Message", "Place", "Shingles", "Signature", "Verdict", "bands",
    "fingerprint", "likeness", "normalised", "overlap", "same_incident", "shingles", "signature",
]  # fmt: skip

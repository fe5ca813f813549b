"""A model as bytes: a compressed npz of arrays and one JSON; nothing in it can run."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.classifier.model import TopicModel
from otklik.language.classifier.sureness import SIGNS, Sureness

FORMAT = 2
"""Raised whenever an older artefact would be read wrongly."""

_NEGLIGIBLE = 1e-3
_LARGEST = 2_000_000_000
"""Bytes; a model in memory is smaller by far."""


def dump(model: TopicModel) -> bytes:
    buffer = io.BytesIO()
    head = {
        "format": FORMAT,
        "labels": model.labels,
        "vocabulary": list(model.vocabulary),
        "temperature": model.sureness.temperature,
        "card": model.card,
    }
    text = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    weights = sparse.csr_matrix(np.where(np.abs(model.weights) < _NEGLIGIBLE, 0, model.weights))
    np.savez_compressed(
        buffer,
        head=text,
        idf=model.idf,
        bias=model.bias,
        curve=model.sureness.weights,
        seen=model.sureness.seen,
        kept=model.sureness.kept,
        data=weights.data.astype(np.float16),
        indices=weights.indices,
        indptr=weights.indptr,
    )
    return buffer.getvalue()


def load(artefact: bytes) -> TopicModel:
    """Read an artefact; raise ValueError when it is not one of today's format."""
    try:
        return _read(artefact)
    except (KeyError, IndexError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError("not a topic model") from error


def _read(artefact: bytes) -> TopicModel:
    with zipfile.ZipFile(io.BytesIO(artefact)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _LARGEST:
            raise ValueError("too large for a topic model")
    with np.load(io.BytesIO(artefact), allow_pickle=False) as arrays:
        head = json.loads(arrays["head"].tobytes())
        if head.get("format") != FORMAT:
            raise ValueError("a topic model of another format: have it learn anew")
        shape = (len(head["labels"]), len(head["vocabulary"]))
        weights = sparse.csr_matrix(
            (arrays["data"].astype(np.float32), arrays["indices"], arrays["indptr"]), shape=shape
        )
        weights.check_format(full_check=True)
        if len(arrays["idf"]) != shape[1] or len(arrays["bias"]) != shape[0]:
            raise ValueError("arrays of a topic model do not fit one another")
        return TopicModel(
            labels=head["labels"],
            vocabulary={gram: i for i, gram in enumerate(head["vocabulary"])},
            idf=arrays["idf"],
            weights=weights.toarray(),
            bias=arrays["bias"],
            sureness=_sureness(head, arrays),
            card=head["card"],
        )


def _sureness(head: dict[str, Any], arrays: Mapping[str, NDArray[np.float32]]) -> Sureness:
    curve, seen, kept = arrays["curve"], arrays["seen"], arrays["kept"]
    if len(curve) != SIGNS + 1 or not len(seen) == len(kept) == len(head["labels"]):
        raise ValueError("arrays of a topic model do not fit one another")
    return Sureness(float(head["temperature"]), curve, seen, kept)

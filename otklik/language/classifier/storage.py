"""A model as bytes: a compressed npz of arrays and one JSON; nothing in it can run."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
from scipy import sparse

from otklik.language.classifier.model import TopicModel

_NEGLIGIBLE = 1e-3
_LARGEST = 2_000_000_000
"""Bytes; a model in memory is smaller by far."""


def dump(model: TopicModel) -> bytes:
    buffer = io.BytesIO()
    head = {
        "labels": model.labels,
        "vocabulary": list(model.vocabulary),
        "temperature": model.temperature,
        "slope": model.slope,
        "shift": model.shift,
        "card": model.card,
    }
    text = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    weights = sparse.csr_matrix(np.where(np.abs(model.weights) < _NEGLIGIBLE, 0, model.weights))
    np.savez_compressed(
        buffer,
        head=text,
        idf=model.idf,
        bias=model.bias,
        data=weights.data.astype(np.float16),
        indices=weights.indices,
        indptr=weights.indptr,
    )
    return buffer.getvalue()


def load(artefact: bytes) -> TopicModel:
    """Read an artefact; raise ValueError when it is not one."""
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
        shape = (len(head["labels"]), len(head["vocabulary"]))
        weights = sparse.csr_matrix(
            (arrays["data"].astype(np.float32), arrays["indices"], arrays["indptr"]), shape=shape
        )
        if len(arrays["idf"]) != shape[1] or len(arrays["bias"]) != shape[0]:
            raise ValueError("arrays of a topic model do not fit one another")
        return TopicModel(
            labels=head["labels"],
            vocabulary={gram: i for i, gram in enumerate(head["vocabulary"])},
            idf=arrays["idf"],
            weights=weights.toarray(),
            bias=arrays["bias"],
            temperature=float(head["temperature"]),
            card=head["card"],
            slope=float(head.get("slope", 1.0)),
            shift=float(head.get("shift", 0.0)),
        )

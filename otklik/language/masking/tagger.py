"""The learnt tagger of names: a small convolutional network over word vectors, on the processor.

Model and vectors lie as data in an installed package, which is itself never imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

_HOLDER = "natasha"
_MODEL = Path("data/model/slovnet_ner_news_v1.tar")
_VECTORS = Path("data/emb/navec_news_v1_1B_250K_300d_100q.tar")
_PERSON = "PER"
_BATCH = 8
_LOADING = Lock()


def people(sentences: Sequence[Sequence[str]]) -> list[list[bool]]:
    """For each word of each sentence, signs among them, whether it is of a person's name."""
    tagger = _ready()
    order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
    told: list[list[bool]] = [[] for _ in sentences]
    tags = _tags(tagger.infer, [sentences[at] for at in order])
    for at, of_sentence in zip(order, tags, strict=True):
        told[at] = [tag.endswith(_PERSON) for tag in of_sentence]
    return told


def _tags(infer: Any, sentences: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    inputs = infer.encoder(sentences)
    yield from infer.decoder(infer.process(inputs))


def _ready() -> Any:
    """The tagger, at the first need, once for a process."""
    with _LOADING:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Any:
    from slovnet import NER
    from threadpoolctl import ThreadpoolController

    within = _folder()
    tagger = NER.load(within / _MODEL, batch_size=_BATCH)
    tagger.navec(_vectors(within / _VECTORS))
    # From here on matrices of this process have one thread: ours are small, and a second one
    # spends more time in busy waiting than it saves.
    ThreadpoolController().limit(limits=1)
    return tagger


def _vectors(path: Path) -> Any:
    """Only what the tagger looks up: it has the words itself and never asks how alike they are.

    `Navec.load` would take 140 MB more on its way.
    """
    from navec import Navec
    from navec.meta import Meta
    from navec.navec import META, PQ_
    from navec.pq import PQ
    from navec.tar import Tar

    class Codes(PQ):  # type: ignore[misc]
        def precompute(self) -> None:
            """Tables of likeness are not needed."""

    with Tar(path) as tar:
        meta = Meta.from_file(tar.load(META))
        Meta.check_protocol(meta.protocol)
        return Navec(meta, None, Codes.from_file(tar.load(PQ_)))


def _folder() -> Path:
    spec = find_spec(_HOLDER)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The package {_HOLDER} with the model of names is missing.")
    return Path(spec.submodule_search_locations[0])

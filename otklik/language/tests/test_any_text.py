"""Whatever is sent, the library answers, and in bounded time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.language.tests import monsters

ROUGH = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from('абвгдеёхуйАИ0123456789 \n\t\x00<>[]|()«»"\'*@#&;:.,!?-/\u202e\u0301😡')
    ),
    max_size=120,
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(
        ["ул.", "д.", "5", "12/3", "[id1|", "&amp;", "<br", "Иван", "И.", "8", "(900)", "не", "нет",
         "газом", "пахнет", "№", "автобус", "подъезд", "х", "у", "й", "@", "a@b.ru", "село", "-"]
    ), max_size=25,
).map(" ".join)  # fmt: skip
HEAVY = (
    "cleaning.clean", "cleaning.one_alphabet", "lemmas.lemmas", "sentences.sentences",
    "names.dative_name", "wording.typo", "classifier.suggest", "places.find_place",
    "masking.for_publication", "masking.mask_file_name", "similarity.same_incident",
    "similarity.Index.add", "similarity.Index.candidates", "urgency.alarms",
)  # fmt: skip
"""The rest are parts of these."""


@pytest.fixture(scope="module")
def functions() -> Mapping[str, Callable[[str], Any]]:
    return monsters.functions()


@pytest.mark.parametrize("name", monsters.functions())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ROUGH | WORDS)
def test_any_short_text_is_answered(
    functions: Mapping[str, Callable[[str], Any]], name: str, text: str
) -> None:
    functions[name](text)


def test_every_door_is_tried() -> None:
    assert set(HEAVY) <= set(monsters.functions())


@pytest.mark.processes
@pytest.mark.parametrize("name", HEAVY)
def test_a_megabyte_of_anything_ends(name: str) -> None:
    """In a process of its own with an alarm, for a runaway expression cannot be asked to stop."""
    command = [sys.executable, "-m", "otklik.language.tests.monsters", name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

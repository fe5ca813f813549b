"""What a kind of action is: its words, what it sets, how it is done to a case."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from otklik.base.errors import OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.queries.decided import Decided
from otklik.directory.organisation.rules import Access

Params = Mapping[str, Any]


class NotAppliedError(OtklikError):
    """The action does not fit the case as it stands; the others of the rule go on."""


@dataclass(frozen=True)
class Run:
    """One rule on one case. `appeal` is locked; `access` acts in the rule's name."""

    access: Access
    appeal: Appeal
    rule: AutoRule
    decided: Decided


class Kind(ABC):
    """A kind of action; one module of this package each, listed in `kinds/__init__.py`."""

    slug: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def check(self, municipality_id: int, params: Params) -> None:
        """Raise Refused or NotFound when the rule may not be saved with these values."""

    @abstractmethod
    def apply(self, run: Run, params: Params) -> str:
        """Do it, and say it in Russian after «Автоправило «…»» («назначило …»).

        Raises NotAppliedError, or what the actions of other rooms raise, when it may not be done;
        the journal and the card then say why.
        """

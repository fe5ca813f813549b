"""Choices of the centre about answers."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.replies.events import SocialLengthSet
from otklik.casework.replies.rules.quality import (
    LEAST_SOCIAL_LENGTH,
    MOST_SOCIAL_LENGTH,
    SOCIAL_OPTION,
)
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def set_social_length(*, access: Access, characters: int | None) -> None:
    """How long an answer in a social network may be; None: as shipped. Raises Refused."""
    access = access.require(Permission.SET_UP)
    if characters is not None and not LEAST_SOCIAL_LENGTH <= characters <= MOST_SOCIAL_LENGTH:
        raise Refused(
            f"Длина ответа в соцсети — от {LEAST_SOCIAL_LENGTH} до {MOST_SOCIAL_LENGTH} знаков.",
            "Укажите другое число или оставьте поле пустым.",
        )
    set_option(municipality_id=access.municipality_id, name=SOCIAL_OPTION, value=characters)
    record(
        SocialLengthSet(subject_id=access.municipality_id, characters=characters),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )

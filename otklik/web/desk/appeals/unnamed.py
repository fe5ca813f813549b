"""Cases of a list without personal data, for those who may not see them."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work


def sees_person(access: Access, case: Appeal) -> bool:
    """Whether the right to see personal data covers the case. No queries."""
    own = access.account_id if access.account_id in case.account_ids else None
    bodies = (None, case.executor_body_id, *case.body_ids)
    return any(
        access.allows(Permission.VIEW_PERSONAL, body_id=body, account_id=own, channel=case.channel)
        for body in bodies
    )


def unnamed(access: Access, case: Appeal) -> Appeal:
    """The same case; its summary is masked without the right. It is not to be saved after that."""
    if not sees_person(access, case):
        case.summary = for_work(case.summary).text
    return case

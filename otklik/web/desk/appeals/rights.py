"""What a person may do with one case."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest


@dataclass(frozen=True)
class Rights:
    """What this person may do with this case; the page offers only that."""

    personal: bool
    classify: bool
    assign: bool
    draft: bool
    send: bool
    convert: bool
    extend: bool
    close: bool


def rights_of(request: DeskRequest, case: Appeal) -> Rights:
    access = request.access

    def may(permission: Permission) -> bool:
        own = access.account_id if access.account_id in case.account_ids else None
        held = any(
            access.allows(permission, body_id=body, channel=case.channel) for body in case.body_ids
        )
        return held or access.allows(permission, account_id=own, channel=case.channel)

    return Rights(
        personal=may(Permission.VIEW_PERSONAL),
        classify=may(Permission.CLASSIFY),
        assign=may(Permission.ASSIGN),
        draft=may(Permission.DRAFT) and case.is_open,
        send=may(Permission.SEND),
        convert=may(Permission.CONVERT),
        extend=may(Permission.EXTEND),
        close=may(Permission.SEND) or may(Permission.SIGN),
    )

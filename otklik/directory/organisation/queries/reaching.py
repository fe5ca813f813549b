"""A reach as a condition of the database."""

from __future__ import annotations

from django.db.models import Q

from otklik.directory.organisation.rules import Access, Reach


def reached(access: Access, permission: str, prefix: str = "") -> Q:
    """Rows that the permission reaches, of a table with columns of a case.

    These are `body_ids`, `account_ids` and `channel`; `prefix` leads to them («appeal__»).
    """
    reach = access.reach(permission)
    if reach.everywhere:
        return Q()
    found = _plain(reach, access.account_id, prefix)
    for channel, inner in reach.by_channel.items():
        within = Q(**{f"{prefix}channel": channel})
        found |= within if inner.everywhere else within & _plain(inner, access.account_id, prefix)
    return found


def _plain(reach: Reach, account_id: int | None, prefix: str) -> Q:
    found = Q(pk__in=[])
    if reach.body_ids:
        found |= Q(**{f"{prefix}body_ids__overlap": sorted(reach.body_ids)})
    if reach.own and account_id is not None:
        found |= Q(**{f"{prefix}account_ids__contains": [account_id]})
    return found

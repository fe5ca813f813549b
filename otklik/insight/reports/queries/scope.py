"""What a person may count, as a narrower access and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import CHANNEL_BOUND, Permission
from otklik.language.wording import join_list

_NAMED = 4


def narrowed(access: Access, channels: Sequence[str]) -> Access:
    """The same person seeing cases of these channels only; all channels when none are named."""
    if not channels:
        return access
    inner = {str(one): access.reach(one).within(channels) for one in CHANNEL_BOUND}
    return replace(access, unlimited=False, grants={**access.grants, **inner})


def counts_all(
    access: Access,
    channels: Sequence[str] = (),
    rights: Sequence[Permission] = (Permission.ANALYTICS,),
) -> bool:
    """Whether nothing of the municipality (of these channels) is hidden from him."""
    reaches = [access.reach(one) for one in rights]
    if not channels:
        return all(reach.everywhere for reach in reaches)
    return all(reach.at(channel).everywhere for reach in reaches for channel in channels)


def scope_words(access: Access, channels: Sequence[str] = ()) -> str:
    """«по каналу «ПОС»», «по органам: …», «по своим поручениям»; empty for everything."""
    reach = access.reach(Permission.ANALYTICS)
    if reach.everywhere:
        return ""
    own = {name: inner for name, inner in reach.by_channel.items() if inner}
    said = [_bodies(reach)]
    for name, inner in own.items():
        if not inner.everywhere:
            said.append(f"{_channels([name])} {_bodies(inner)}")
    whole = [name for name, inner in own.items() if inner.everywhere]
    said.append(_channels(whole))
    return "; ".join(part.strip() for part in said if part.strip())


def _channels(names: Sequence[str]) -> str:
    labels = dict(Channel.choices)
    told = join_list(f"«{labels.get(name, name)}»" for name in names)
    if not told:
        return ""
    return f"по каналу {told}" if len(names) == 1 else f"по каналам {told}"


def _bodies(reach: Reach) -> str:
    if reach.body_ids:
        found = [str(one) for one in Body.objects.filter(pk__in=reach.body_ids).order_by("order")]
        rest = len(found) - _NAMED
        names = "; ".join([*found[:_NAMED], *([f"и ещё {rest}"] if rest > 0 else [])])
        return f"по органу «{names}»" if len(found) == 1 else f"по органам: {names}"
    return "по своим поручениям" if reach.own else ""

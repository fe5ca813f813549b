"""A role limited to channels covers cases of these only; roles add up, each acts for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission

ASSIGN, VIEW = Permission.ASSIGN, Permission.VIEW_APPEALS
ALL = Reach(everywhere=True, own=True)
REACHES = st.builds(
    Reach,
    everywhere=st.booleans(),
    body_ids=st.frozensets(st.integers(1, 4)),
    own=st.booleans(),
)
LIMITED = st.builds(
    lambda reach, channels: reach.within(channels) if channels else reach,
    REACHES,
    st.frozensets(st.sampled_from(["pos", "incident", "email"])),
)


def access(**grants: Reach) -> Access:
    return Access(Actor("person", "Головин П. С.", 7), 1, 7, grants)


@given(LIMITED, LIMITED, st.none() | st.integers(1, 4), st.booleans(), st.sampled_from("pi"))
def test_two_roles_cover_what_either_covers(
    one: Reach, two: Reach, body: int | None, own: bool, first: str
) -> None:
    channel = {"p": "pos", "i": "incident"}[first]
    either = one.covers(body, own, channel) or two.covers(body, own, channel)
    assert (one | two).covers(body, own, channel) == either


@given(REACHES, st.none() | st.integers(1, 4), st.booleans())
def test_a_limit_takes_all_other_channels_away(reach: Reach, body: int | None, own: bool) -> None:
    limited = reach.within(["pos"])
    assert limited.covers(body, own, "pos") == reach.covers(body, own, "pos")
    assert not limited.covers(body, own, "incident")
    assert not limited.covers(body, own, None)


def test_a_case_of_another_channel_is_refused() -> None:
    limited = access(assign=ALL.within(["pos"]), view_appeals=ALL)
    assert limited.allows(ASSIGN, body_id=3, channel="pos")
    with pytest.raises(Forbidden, match="назначать исполнителя"):
        limited.require(ASSIGN, body_id=3, channel="incident")


def test_before_the_case_is_known_only_its_channels_stay_in_sight() -> None:
    limited = access(assign=ALL.within(["pos"]), view_appeals=ALL)
    after = limited.require(ASSIGN)
    assert after.allows(VIEW, channel="pos")
    assert not after.allows(VIEW, channel="incident")
    assert limited.allows(VIEW, channel="incident")
    assert not limited.require_any(ASSIGN).allows(VIEW, channel="email")


def test_the_role_of_the_channel_is_the_one_acted_under() -> None:
    pos, im, head = ALL.within(["pos"]), ALL.within(["incident"]), ALL
    held = Access(
        Actor("person", "Головин П. С.", 7), 1, 7, {"assign": pos | im | head},
        roles={"assign": (("Руководитель", head), ("За ПОС", pos), ("За ИМ", im))},
    )  # fmt: skip
    assert held.require(ASSIGN, channel="pos").actor.role == "За ПОС"
    assert held.require(ASSIGN, channel="incident").actor.role == "За ИМ"
    assert held.require(ASSIGN, channel="email").actor.role == "Руководитель"
    assert held.actor.role == ""

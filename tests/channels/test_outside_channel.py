"""A channel of somebody else's package works like our own, without a line changed here."""

from __future__ import annotations

from collections.abc import Callable

from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels import actions
from otklik.exchange.channels.connectors.registry import registered
from otklik.exchange.channels.models import PostFigures
from otklik.exchange.channels.vocabulary import channel_label
from otklik.web.desk.tests.conftest import make_person
from tests.channels.story import Story, at
from tests.channels.toy import ToyPeer


def test_an_installed_package_adds_its_channel(toy_package: None) -> None:
    assert "toy" in registered()
    assert channel_label("toy") == "Игрушка"


def test_a_comment_becomes_a_case_and_the_answer_stands_under_it(
    toy: ToyPeer, begin: Callable[[ToyPeer], Story]
) -> None:
    story = begin(toy)
    toy.write("На Садовой яма, разбили колесо")
    story.tell()
    (case,) = story.cases()
    assert case.text == "На Садовой яма, разбили колесо"
    story.answer(case)
    story.tell()
    assert [each["to"] for each in toy.service.answers] == ["1"]
    assert story.outgoing()[0].external_id == "900"
    assert story.outgoing()[0].state == "sent"


def test_a_long_answer_goes_in_parts_in_their_order(
    toy: ToyPeer, begin: Callable[[ToyPeer], Story]
) -> None:
    story = begin(toy)
    toy.write("Когда починят мост?")
    story.tell()
    text = "Мост на Лесной починят к 1 июня. " * 14
    story.answer(story.cases()[0], text.strip())
    story.tell()
    said = toy.answers()
    assert len(said) == 3
    assert all(len(each) <= 200 for each in said)
    assert [each[-5:] for each in said] == ["(1/3)", "(2/3)", "(3/3)"]
    assert story.cases()[0].status == "answered"


def test_figures_are_read_and_kept(toy: ToyPeer, begin: Callable[[ToyPeer], Story]) -> None:
    story = begin(toy)
    setter = make_person(
        story.centre.municipality, "Второй", {Permission.SET_UP: Scope.MUNICIPALITY}
    )
    with at(story):
        actions.read_figures(
            access=setter.access, account_id=story.account.pk, external_ids=["5", "6"]
        )
    assert list(PostFigures.objects.values_list("external_id", "views")) == [("5", 10), ("6", 10)]

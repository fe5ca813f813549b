"""The shipped classifier is loaded whole, as a tree, once."""

from __future__ import annotations

import pytest

from otklik.directory.topics.actions.builtin import install_builtin_edition
from otklik.directory.topics.models import Edition, Topic

pytestmark = pytest.mark.django_db


def test_loads_the_tree_once() -> None:
    edition = install_builtin_edition()
    assert install_builtin_edition() == edition
    assert Edition.objects.filter(slug=edition.slug).count() == 1
    topics = Topic.objects.filter(edition=edition)
    assert topics.count() > 1400
    assert topics.filter(in_use=True).count() == 109
    heat = topics.select_related("parent").get(code="0005.0005.0056.1156")
    assert heat.name == "Перебои в теплоснабжении"
    assert heat.group
    winter = topics.select_related("parent").get(code="0003.0009.0099.0742.0111")
    assert winter.parent is not None
    assert winter.parent.code == "0003.0009.0099.0742"


def test_a_name_changed_by_people_stays() -> None:
    edition = install_builtin_edition()
    Topic.objects.filter(edition=edition, code="0003.0009.0097.0690").update(keywords="фонарь")
    install_builtin_edition()
    assert Topic.objects.get(edition=edition, code="0003.0009.0097.0690").keywords == "фонарь"

"""Repeats and duplicates: found by the municipality's definitions, linked and taken off by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Repetition
from otklik.casework.proceedings import actions, jobs
from otklik.casework.proceedings.models import KinLink
from otklik.casework.proceedings.queries import answered_kin, definitions, kin_of
from otklik.casework.proceedings.rules.repetition import mark_of
from otklik.casework.proceedings.tests.conftest import MONDAY, MakeAppeal, person
from otklik.casework.proceedings.vocabulary import Kinship
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Edition, Topic
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
STRANGER = NewApplicant(name="Петров Иван Ильич", phone="+7 900 000-99-88")


@pytest.fixture
def holes(town: Municipality) -> Topic:
    edition = Edition.objects.create(municipality=town, slug="own", title="Свои темы")
    return Topic.objects.create(edition=edition, code="1", name="Ямы", group="Дороги")


def test_the_same_author_and_topic_after_an_answer_is_a_repeat(
    make_appeal: MakeAppeal, holes: Topic
) -> None:
    first = make_appeal("Яма у школы", topic_id=holes.pk, answered=True)
    with clock.frozen(MONDAY + timedelta(days=40)):
        again = make_appeal("Опять та же яма", topic_id=holes.pk)
        (link,) = actions.link_kin_of(appeal_id=again.pk)
        assert actions.link_kin_of(appeal_id=again.pk) == []
    assert (link.earlier_id, link.kind, link.by_hand) == (first.pk, Kinship.REPEAT, False)
    again.refresh_from_db()
    assert again.repeats_id == first.pk
    assert any("повторное" in entry.sentence for entry in story_of(again.pk))


def test_the_same_text_on_the_same_day_is_a_duplicate(make_appeal: MakeAppeal) -> None:
    first = make_appeal("Не горит фонарь на Мира, 3")
    again = make_appeal("Не горит фонарь на Мира, 3")
    (link,) = actions.link_kin_of(appeal_id=again.pk)
    assert (link.earlier_id, link.kind) == (first.pk, Kinship.DUPLICATE)
    with clock.frozen(MONDAY + timedelta(days=1)):
        next_day = make_appeal("Не горит фонарь на Мира, 3")
        assert actions.link_kin_of(appeal_id=next_day.pk) == []


def test_another_author_or_an_unanswered_question_is_no_kin(
    make_appeal: MakeAppeal, holes: Topic
) -> None:
    make_appeal("Яма у школы", topic_id=holes.pk, answered=True, applicant=STRANGER)
    make_appeal("Яма у почты", topic_id=holes.pk)
    later = make_appeal("Яма у школы", topic_id=holes.pk)
    assert actions.link_kin_of(appeal_id=later.pk) == []


def test_the_window_is_the_municipality_s_own(
    make_appeal: MakeAppeal, holes: Topic, town: Municipality
) -> None:
    setter = person(town, "Порядкова Нина Ильинична", (Permission.SET_UP,))
    assert definitions(town.pk)["repeat"].verify
    actions.define(access=setter, slug="repeat", text="В течение месяца.", days=30)
    assert not definitions(town.pk)["repeat"].verify
    make_appeal("Яма у школы", topic_id=holes.pk, answered=True)
    with clock.frozen(MONDAY + timedelta(days=31)):
        later = make_appeal("Опять яма", topic_id=holes.pk)
        assert actions.link_kin_of(appeal_id=later.pk) == []


def test_a_link_taken_off_by_hand_stays_off(
    make_appeal: MakeAppeal, holes: Topic, operator: Access
) -> None:
    make_appeal("Яма у школы", topic_id=holes.pk, answered=True)
    later = make_appeal("Опять яма", topic_id=holes.pk)
    (link,) = actions.link_kin_of(appeal_id=later.pk)
    with pytest.raises(Refused, match="почему связь снята"):
        actions.unlink_kin(access=operator, link_id=link.pk, reason=" ")
    actions.unlink_kin(access=operator, link_id=link.pk, reason="Другая яма")
    assert actions.link_kin_of(appeal_id=later.pk) == []
    later.refresh_from_db()
    assert later.repeats_id is None
    assert not kin_of(later.pk).exists()
    assert KinLink.objects.filter(pk=link.pk).exists()


def test_by_hand_only_an_earlier_case_of_the_same_author(
    make_appeal: MakeAppeal, operator: Access, town: Municipality
) -> None:
    other, first = make_appeal(applicant=STRANGER), make_appeal("Яма")
    with clock.frozen(MONDAY + timedelta(days=1)):
        later = make_appeal("Ещё яма")

    def link(number: str, access: Access = operator, pk: int = later.pk) -> KinLink:
        return actions.link_kin(access=access, appeal_id=pk, number=number, kind=Kinship.REPEAT)

    with pytest.raises(Refused, match="другой заявитель"):
        link(other.number)
    with pytest.raises(Refused, match="поступило позже"):
        link(later.number, pk=first.pk)
    with pytest.raises(NotFound):
        link("О-999/26")
    with pytest.raises(Forbidden):
        link(first.number, access=person(town, "Гостев", (Permission.VIEW_APPEALS,)))
    link(f"№ {first.number}")
    with pytest.raises(Conflict):
        link(first.number)


def test_a_chain_of_repeats_counts_whole(make_appeal: MakeAppeal, operator: Access) -> None:
    first, second, third = (make_appeal(f"Яма, письмо {n}", answered=n < 3) for n in (1, 2, 3))
    for later, earlier in ((second, first), (third, second)):
        actions.link_kin(
            access=operator, appeal_id=later.pk, number=earlier.number, kind=Kinship.REPEAT
        )
    assert answered_kin(third) == [first, second]


def test_a_mark_follows_the_words_of_the_municipality(
    make_appeal: MakeAppeal, holes: Topic, town: Municipality, operator: Access
) -> None:
    chain = []
    for month in range(4):
        with clock.frozen(MONDAY + timedelta(days=30 * month)):
            chain.append(make_appeal(f"Яма, раз {month}", topic_id=holes.pk, answered=True))
            jobs.arrived(chain[-1].pk)
    assert marks(chain) == ["", Repetition.REPEAT, Repetition.MULTIPLE, Repetition.MULTIPLE]
    setter = person(town, "Порядкова Нина Ильинична", (Permission.SET_UP,))
    with pytest.raises(Refused, match="по счёту"):
        actions.define(access=setter, slug="multiple", text="Часто.", days=365)
    actions.define(access=setter, slug="multiple", text="Часто.", days=60, count=4)
    jobs.mark_anew(town.pk)
    assert marks(chain) == ["", *[Repetition.REPEAT] * 3]
    actions.define(access=setter, slug="multiple", text="Часто.", days=60, count=3)
    jobs.mark_anew(town.pk)
    assert marks(chain)[2:] == [Repetition.MULTIPLE] * 2
    (link,) = KinLink.objects.filter(appeal=chain[1])
    actions.unlink_kin(access=operator, link_id=link.pk, reason="Другая яма")
    assert marks(chain)[1] == ""


def test_copies_of_one_letter_are_duplicates_and_nothing_more(make_appeal: MakeAppeal) -> None:
    copies = [make_appeal("Не горит фонарь на Мира, 3") for _ in range(4)]
    for copy in copies:
        jobs.arrived(copy.pk)
    assert marks(copies) == ["", *[Repetition.DUPLICATE] * 3]


def marks(cases: Sequence[Appeal]) -> list[str]:
    by_key = dict(Appeal.objects.values_list("pk", "repetition"))
    return [by_key[case.pk] for case in cases]


@given(
    repeated=st.lists(st.integers(0, 900), max_size=8),
    duplicate=st.booleans(),
    count=st.integers(2, 9),
    days=st.integers(1, 800),
)
def test_the_mark_is_the_strongest_that_fits(
    repeated: list[int], duplicate: bool, count: int, days: int
) -> None:
    found = mark_of(repeated=repeated, duplicate=duplicate, count=count, days=days)
    recent = [apart for apart in repeated if apart <= days]
    assert (found == Repetition.MULTIPLE) == (len(recent) + 1 >= count)
    assert (found == Repetition.REPEAT) == bool(repeated and len(recent) + 1 < count)
    assert (found == Repetition.DUPLICATE) == (duplicate and not repeated)

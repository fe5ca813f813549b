"""The screen of rules that act by themselves: editor, dry run, effect, register, mechanisms."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.actions import apply_rules
from otklik.casework.automation.models import AutoRule, Firing, Mechanism, MirrorEntry
from otklik.directory.organisation.models import Block, BlockMember
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

LISTS = {
    "desk:automation": 18,
    "desk:mechanisms": 14,
    "desk:auto_effect": 15,
    "desk:auto_register": 11,
    "desk:auto_register_file": 7,
}
CARDS = {
    "desk:auto_rule": 20,
    "desk:auto_rule_edit": 22,
    "desk:auto_rule_trial": 26,
    "desk:auto_entry": 10,
    "desk:mechanism": 18,
    "desk:mechanism_edit": 22,
    "desk:auto_rule_new": 19,
    "desk:auto_entry_new": 8,
    "desk:mechanism_new": 18,
}
POST_ONLY = {
    "desk:auto_rule_state", "desk:auto_rule_mirror", "desk:auto_limit", "desk:auto_entry_state",
    "desk:mechanism_agreement", "desk:mechanism_decision", "desk:mechanism_state",
    "desk:firing_wrong",
}  # fmt: skip
GROWS = {"desk:automation", "desk:auto_rule", "desk:auto_effect", "desk:auto_register"}


@pytest.fixture
def keeper(centre: Centre) -> Person:
    rights = (Permission.VIEW_APPEALS, Permission.AUTOMATE, Permission.CLASSIFY)
    return make_person(
        centre.municipality, "Правилова Инна Олеговна", dict.fromkeys(rights, Scope.MUNICIPALITY)
    )


@pytest.fixture
def leader(centre: Centre) -> Person:
    """The head of the centre, who approves mechanisms."""
    rights = (Permission.VIEW_APPEALS, Permission.INSTRUCT)
    return make_person(
        centre.municipality, "Головин Андрей Павлович", dict.fromkeys(rights, Scope.MUNICIPALITY)
    )


def rule_of(centre: Centre, **more: Any) -> dict[str, Any]:
    return {
        "name": "Ямы на дорогах", "note": "", "order": 100, "mode": "all", "words": "яма, выбоина",
        "unit": "working_days", "amount": 3, "executor": centre.roads.pk,
        "set_topic": centre.holes.pk, "on": "1", **more,
    }  # fmt: skip


def mechanism_of(centre: Centre, **more: Any) -> dict[str, Any]:
    return {
        "name": "Ямы за пять дней", "topics": [centre.holes.pk], "amount": 5,
        "unit": "calendar_days", "executor": centre.roads.pk, "co_executors": [centre.water.pk],
        "answer": "draft", "steps": "осмотр\nзаделка", **more,
    }  # fmt: skip


@pytest.mark.clause("pereslavl:1.2.zh")
def test_a_rule_is_tried_saved_at_work_and_explained_on_the_card(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    for number in range(3):
        file_appeal(f"Яма номер {number}")
    file_appeal("Не горит фонарь")
    address = reverse("desk:auto_rule_new")
    tried = keeper.client.post(address, rule_of(centre, step="trial")).content.decode()
    assert "3\u00a0обращения" in tried
    assert "переназначены вручную" in tried
    assert "«яма»" in tried
    assert not AutoRule.objects.exists()
    keeper.client.post(address, rule_of(centre))
    rule = AutoRule.objects.get()
    assert rule.acts[0] == {"kind": "topic", "topic": centre.holes.pk}
    case = file_appeal("У школы огромная выбоина")
    apply_rules(appeal_id=case.pk)
    page = keeper.client.get(reverse("desk:appeal", args=[case.pk])).content.decode()
    assert "назначило исполнителя — Дорожная служба" in page
    assert "По словам: «выбоина»" in page
    firing = Firing.objects.get()
    back = keeper.client.post(reverse("desk:firing_wrong", args=[firing.pk]), follow=True)
    assert "правило ошиблось" in back.content.decode()
    assert "Автоправило «Ямы на дорогах» ошиблось" in back.content.decode()


def test_the_editor_shows_what_was_saved(centre: Centre, keeper: Person) -> None:
    given = rule_of(
        centre, channels=["pos", "portal"], topics=[centre.leaks.pk], phrases="у дома",
        more_words="колесо", hour_from=18, hour_to=8, weekdays=[5, 6], months=[12, 1],
        not_words="двор", not_topics=[centre.holes.pk], co_executors=[centre.water.pk],
        set_topic="", stop="1", notify_people=[keeper.account.pk],
    )  # fmt: skip
    keeper.client.post(reverse("desk:auto_rule_new"), given)
    rule = AutoRule.objects.get()
    form = keeper.client.get(reverse("desk:auto_rule_edit", args=[rule.pk])).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    saved = {name: form.fields[name] for name in given if name in form.fields}
    for name in saved:
        wanted = given[name]
        told = shown[name]
        if isinstance(wanted, list):
            assert sorted(told) == sorted(str(one) for one in wanted), name
        elif name in ("on", "stop"):
            assert told is True
        else:
            assert str(told or "") == str(wanted), name
    again = {k: v for k, v in shown.items() if v not in (None, "", False)}
    keeper.client.post(reverse("desk:auto_rule_edit", args=[rule.pk]), again)
    before, acts = rule.condition, rule.acts
    rule.refresh_from_db()
    assert (rule.condition, rule.acts, rule.version) == (before, acts, 2)


@pytest.mark.parametrize(("more", "said"), [
    ({"words": ""}, "забрало бы все обращения"),
    ({"words": "на"}, "Слишком общие слова"),
    ({"words": "!!!"}, "нет ни слова, ни числа"),
    ({"streets": "Несуществующая"}, "Таких улиц нет в справочнике"),
    ({"hour_from": 8}, "Укажите оба часа"),
    ({"executor": "", "set_topic": "", "amount": ""}, "ничего не делает"),
])  # fmt: skip
def test_a_bad_rule_comes_back_with_what_to_mend(
    centre: Centre, keeper: Person, more: dict[str, Any], said: str
) -> None:
    answer = keeper.client.post(reverse("desk:auto_rule_new"), rule_of(centre, **more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AutoRule.objects.exists()


def test_a_wide_rule_is_saved_only_when_a_person_insists(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    for number in range(40):
        file_appeal(f"Яма номер {number}" if number % 2 else f"Фонарь номер {number}")
    address = reverse("desk:auto_rule_new")
    doubted = keeper.client.post(address, rule_of(centre))
    assert doubted.status_code == 422
    assert "затронуло бы 50" in doubted.content.decode()
    keeper.client.post(address, rule_of(centre, confirmed="1"))
    assert AutoRule.objects.get().state == "on"


def test_rules_are_kept_by_keepers_and_seen_by_the_head(
    centre: Centre, keeper: Person, leader: Person
) -> None:
    keeper.client.post(reverse("desk:auto_rule_new"), rule_of(centre))
    address = reverse("desk:auto_rule_state", args=[AutoRule.objects.get().pk])
    assert centre.operator.client.get(reverse("desk:automation")).status_code == 403
    assert "Ямы на дорогах" in leader.client.get(reverse("desk:automation")).content.decode()
    leader.client.post(address, {"on": "0"})
    assert AutoRule.objects.get().state == "on"
    keeper.client.post(address, {"on": "0"})
    assert AutoRule.objects.get().state == "off"


@pytest.mark.clause("pereslavl:1.2.zh")
def test_a_rule_is_described_for_pos_and_marked_as_entered(centre: Centre, keeper: Person) -> None:
    keeper.client.post(reverse("desk:auto_rule_new"), rule_of(centre))
    rule = AutoRule.objects.get()
    keeper.client.post(reverse("desk:auto_rule_mirror", args=[rule.pk]), {"platform": "pos"})
    entry = MirrorEntry.objects.get()
    assert "— в тексте есть слово «яма» или «выбоина»" in entry.text
    keeper.client.post(reverse("desk:auto_entry_state", args=[entry.pk]), {"state": "entered"})
    page = keeper.client.get(reverse("desk:auto_register")).content.decode()
    assert "внесено" in page
    assert keeper.access.actor.label.split(",")[0] in page
    table = keeper.client.get(reverse("desk:auto_register_file", args=["csv"]))
    assert "ПОС;Ямы на дорогах;" in table.content.decode("utf-8-sig")
    paper = keeper.client.get(reverse("desk:auto_register_file", args=["docx"]))
    told = docx.Document(io.BytesIO(paper.content)).tables[0].rows[1].cells
    assert [cell.text for cell in told][3] == "внесено"
    assert keeper.client.get(reverse("desk:auto_register_file", args=["exe"])).status_code == 404


@pytest.mark.clause("ust-kubinsky:3.1.s.1")
@pytest.mark.clause("novoduginsky:1.2.a.5")
@pytest.mark.clause("tuapse:2.4.4")
@pytest.mark.clause("dedovichi:16.4")
@pytest.mark.clause("pereslavl:3.2.3.1")
def test_a_mechanism_goes_from_the_proposal_to_work_on_its_page(
    centre: Centre, keeper: Person, leader: Person, file_appeal: FileAppeal
) -> None:
    block = Block.objects.create(municipality=centre.municipality, name="Дороги")
    BlockMember.objects.create(block=block, body=centre.roads, membership="lead")
    lead = make_person(
        centre.municipality, "Дорогин Пётр Ильич", {Permission.APPROVE: Scope.BODY}, centre.roads
    )
    keeper.client.post(reverse("desk:mechanism_new"), mechanism_of(centre, owner_block=block.pk))
    made = Mechanism.objects.get()
    page = reverse("desk:mechanism", args=[made.pk])
    assert "Отправить на согласование" in keeper.client.get(page).content.decode()
    keeper.client.post(reverse("desk:mechanism_agreement", args=[made.pk]))
    decision = reverse("desk:mechanism_decision", args=[made.pk])
    assert "Ваше решение" not in leader.client.get(page).content.decode()
    assert "Ваше решение" in lead.client.get(page).content.decode()
    lead.client.post(decision, {"decision": "approve"})
    leader.client.post(decision, {"decision": "approve"})
    assert Mechanism.objects.get().state == "approved"
    keeper.client.post(reverse("desk:mechanism_state", args=[made.pk]), {"on": "1"})
    case = file_appeal("Яма у школы", topic_id=centre.holes.pk)
    apply_rules(appeal_id=case.pk)
    case.refresh_from_db()
    assert (case.fast_track, case.executor_body) == (True, centre.roads)
    shown = keeper.client.get(page).content.decode()
    assert "действует" in shown
    assert "Согласие блока «Дороги»" in shown
    assert "мало данных" in shown


def furnish(centre: Centre, keeper: Person, file_appeal: FileAppeal, numbers: range) -> None:
    for number in numbers:
        given = rule_of(centre, name=f"Правило {number}", words=f"яма{number}", order=number + 100)
        keeper.client.post(reverse("desk:auto_rule_new"), given)
        rule = AutoRule.objects.get(name=f"Правило {number}")
        keeper.client.post(reverse("desk:auto_rule_mirror", args=[rule.pk]), {"platform": "pos"})
        given = mechanism_of(centre, name=f"Механизм {number}")
        keeper.client.post(reverse("desk:mechanism_new"), given)
        case = file_appeal(f"Снова яма0 и сугроб {number}")
        apply_rules(appeal_id=case.pk)


def test_pages_ask_the_same_of_three_rules_and_of_ten(
    centre: Centre, keeper: Person, file_appeal: FileAppeal
) -> None:
    furnish(centre, keeper, file_appeal, range(3))
    keys: dict[str, dict[str, object]] = {
        "desk:auto_register_file": {"ending": "csv"},
        "desk:auto_entry": {"pk": MirrorEntry.objects.first().pk},  # type: ignore[union-attr]
    }
    first = AutoRule.objects.get(name="Правило 0").pk
    for name in ("desk:auto_rule", "desk:auto_rule_edit", "desk:auto_rule_trial"):
        keys[name] = {"pk": first}
    for name in ("desk:mechanism", "desk:mechanism_edit"):
        keys[name] = {"pk": Mechanism.objects.first().pk}  # type: ignore[union-attr]
    limits = {**LISTS, **CARDS}
    pages = {name: reverse(name, kwargs=keys.get(name)) for name in limits}
    few, short = counts_of(keeper.client, pages), sizes_of(keeper.client, pages)
    furnish(centre, keeper, file_appeal, range(3, 10))
    many = counts_of(keeper.client, pages)
    assert grown(few, many) == {}
    assert over(many, limits) == {}
    assert longer(short, sizes_of(keeper.client, pages)) >= GROWS


def test_every_address_is_counted_or_takes_posts_only(centre: Centre, keeper: Person) -> None:
    own = {
        name
        for name, view in views_of("otklik.web.desk").items()
        if view.__module__.startswith("otklik.web.desk.automation")
    }
    assert own == {*LISTS, *CARDS} | POST_ONLY
    for name in POST_ONLY:
        keys = {} if name == "desk:auto_limit" else {"pk": 1}
        assert keeper.client.get(reverse(name, kwargs=keys)).status_code == 405

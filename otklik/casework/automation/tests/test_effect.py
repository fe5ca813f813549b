"""What a rule has gained and where it erred; the register of rules for other systems."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import assign_executor, mark_answered, move, reopen
from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.actions import (
    apply_rules,
    describe_for,
    mark_entered,
    mark_removed,
    mark_wrong,
    save_entry,
)
from otklik.casework.automation.models import AutoRule, Firing
from otklik.casework.automation.queries.effect import effects_of
from otklik.casework.automation.queries.mirror import entries_of
from otklik.casework.automation.tests.conftest import Centre, to, words
from otklik.casework.automation.vocabulary import Platform
from otklik.casework.automation.writers import register_csv, register_docx
from otklik.casework.replies.actions import save_template
from otklik.directory.organisation.rules import Access

Arrives = Callable[..., Appeal]
Rule = Callable[..., AutoRule]


def test_the_effect_counts_time_mistakes_and_what_came_back(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    before = clock.now() - timedelta(days=10)
    for number in range(5):
        with clock.frozen(before):
            case = arrives(f"Случай {number}", topic_id=centre.holes.pk, received_at=before)
        with clock.frozen(before + timedelta(minutes=200 + number)):
            assign_executor(access=centre.head, appeal_id=case.pk, body_id=centre.roads.pk)
    made = rule(words("яма"), acts=[to(centre.roads)])
    cases = [arrives(f"Яма номер {number}", topic_id=centre.holes.pk) for number in range(6)]
    for case in cases:
        assert case.registered_at is not None
        with clock.frozen(case.registered_at + timedelta(minutes=4)):
            apply_rules(appeal_id=case.pk)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assign_executor(access=centre.head, appeal_id=cases[0].pk, body_id=centre.water.pk)
        mark_wrong(access=centre.operator, firing_id=Firing.objects.get(appeal=cases[0]).pk)
        system = Access.system(centre.place.pk)
        for verb in ("submit", "approve"):
            move(access=system, appeal_id=cases[1].pk, verb=verb)
        mark_answered(access=system, appeal_id=cases[1].pk)
        reopen(access=system, appeal_id=cases[1].pk, reason="яма осталась")
    effect = effects_of(centre.place.pk, clock.now() - timedelta(days=1))[made.pk]
    assert (effect.fired, effect.wrong, effect.reassigned, effect.reopened) == (6, 1, 1, 1)
    assert (effect.assigned, effect.minutes, effect.minutes_before) == (6, 4, 202)
    assert effect.saved == 198


@pytest.mark.clause("pereslavl:1.2.zh")
def test_a_rule_is_described_for_pos_entered_and_gone_stale_after_an_edit(
    centre: Centre, rule: Rule
) -> None:
    template = save_template(
        access=Access.system(centre.place.pk), title="Яма", text="Яму заделают до {срок}."
    )
    answer = {"kind": "template", "template": template.pk, "as": "draft"}
    made = rule(words("яма"), acts=[to(centre.roads), answer])
    entry = describe_for(access=centre.keeper, rule_id=made.pk, platform=Platform.POS)
    assert entry.text.splitlines() == [
        "Название: Ямы", "Условие:", "— в тексте есть слово «яма»", "Действия:",
        "— назначить исполнителя — Дорожная служба",
        "— готовый ответ по шаблону «Яма» — положить черновиком", "Текст ответа «Яма»:",
        "Яму заделают до {срок}.",
    ]  # fmt: skip
    entered = mark_entered(access=centre.keeper, entry_id=entry.pk)
    assert (entered.entered_on, entered.entered_label) == (
        clock.today(), centre.keeper.actor.label
    )  # fmt: skip
    with pytest.raises(Conflict):
        mark_entered(access=centre.keeper, entry_id=entry.pk)
    rule(words("яма", "выбоина"), acts=[to(centre.roads)], rule_id=made.pk)
    entry.refresh_from_db()
    assert entry.state == "stale"
    again = describe_for(access=centre.keeper, rule_id=made.pk, platform=Platform.POS)
    assert (again.pk, again.state) == (entry.pk, "to_enter")
    assert "выбоина" in again.text
    assert mark_removed(access=centre.keeper, entry_id=entry.pk).state == "removed"


def test_the_register_is_a_table_and_a_document(centre: Centre) -> None:
    with pytest.raises(Forbidden):
        save_entry(access=centre.operator, platform=Platform.POS, title="А", text="Б")
    with pytest.raises(Refused, match="Не сказано, что внести"):
        save_entry(access=centre.keeper, platform=Platform.POS, title="А", text=" ")
    save_entry(access=centre.keeper, platform=Platform.POS, title="=Дороги", text="Тема — дороги")
    rows = entries_of(centre.place.pk)
    table = list(csv.reader(io.StringIO(register_csv(rows).decode("utf-8-sig")), delimiter=";"))
    assert table[1][:4] == ["ПОС", "'=Дороги", "Тема — дороги", "внести"]
    file = docx.Document(io.BytesIO(register_docx(rows, title="Округ", on=clock.today())))
    assert [cell.text for cell in file.tables[0].rows[1].cells][:2] == ["ПОС", "=Дороги"]

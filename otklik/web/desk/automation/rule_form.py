"""The editor of a rule: one form, read into conditions and actions and filled from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from otklik.casework.appeals.vocabulary import ApplicantKind, Channel
from otklik.casework.automation.actions import RuleGiven
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.rules import Leaf, parts_of, restored
from otklik.casework.automation.vocabulary import (
    DAY_NAMES,
    MONTH_NAMES,
    Fact,
    Mode,
)
from otklik.casework.deadlines.vocabulary import Unit
from otklik.directory.organisation.models import Municipality
from otklik.directory.territory.models import Street
from otklik.web.desk.automation.choices import Offer, day, empty, many, offer, text

WORDS = "Через запятую или с новой строки; ищутся во всех формах."
LISTED: dict[str, Fact] = {
    "channels": Fact.CHANNEL,
    "topics": Fact.TOPIC,
    "groups": Fact.GROUP,
    "settlements": Fact.SETTLEMENT,
    "territories": Fact.TERRITORY,
    "authors": Fact.AUTHOR,
    "held_by": Fact.BODY,
    "weekdays": Fact.WEEKDAYS,
    "months": Fact.MONTHS,
}
NUMBERED = ("topics", "settlements", "territories", "held_by", "weekdays", "months")
BARRED: dict[str, Fact] = {
    "not_channels": Fact.CHANNEL,
    "not_topics": Fact.TOPIC,
    "not_settlements": Fact.SETTLEMENT,
}
NOT_NUMBERED = ("not_channels",)


class RuleForm(forms.Form):
    name = forms.CharField(label="Название", max_length=200)
    note = text("Зачем нужно")
    order = forms.IntegerField(
        label="Порядок", min_value=1, max_value=32000, initial=100,
        help_text="Правила применяются по возрастанию.",
    )  # fmt: skip
    since = day("Действует с")
    until = day("Действует по")
    owner = forms.ChoiceField(label="Кто отвечает за правило", required=False)
    stop = forms.BooleanField(
        label="Дальше не применять", required=False,
        help_text="Остальные правила это обращение уже не увидят.",
    )  # fmt: skip
    on = forms.BooleanField(label="Включить сразу", required=False)
    confirmed = forms.BooleanField(label="Понимаю, сохранить так", required=False)

    mode = forms.ChoiceField(label="Должны выполняться", choices=Mode.choices, initial=Mode.ALL)
    channels = many("Каналы", choices=Channel.choices)
    topics = many("Темы", size=8, hint="С подтемами. Несколько — с клавишей Ctrl.")
    groups = many("Группы тем", size=5)
    settlements = many("Населённые пункты", size=6)
    streets = text("Улицы", "По одной в строке, как в справочнике.")
    territories = many(
        "Территории", size=5, hint="Чьему территориальному органу принадлежит место."
    )
    words = text("Слова", f"{WORDS} Достаточно одного.")
    more_words = text("И ещё слова", "Второй набор: из него тоже нужно хотя бы одно.")
    phrases = text("Выражения", "По одному в строке; слова должны стоять рядом.")
    authors = many("Кто пишет", choices=ApplicantKind.choices)
    held_by = many("Исполнитель уже назначен", size=5)
    hour_from = forms.IntegerField(
        label="Поступило с, ч", min_value=0, max_value=23, required=False
    )
    hour_to = forms.IntegerField(label="до, ч", min_value=0, max_value=24, required=False)
    weekdays = many("Дни недели", choices=list(enumerate(DAY_NAMES)))
    months = many("Месяцы", choices=list(enumerate(MONTH_NAMES, start=1)))

    not_channels = many("Кроме каналов", choices=Channel.choices)
    not_topics = many("Кроме тем", size=6)
    not_settlements = many("Кроме населённых пунктов", size=5)
    not_words = text("Кроме текстов со словами", WORDS)
    not_phrases = text("Кроме выражений", "По одному в строке.")

    set_topic = forms.ChoiceField(label="Поставить тему", required=False)
    priority = forms.BooleanField(label="Повысить важность", required=False)
    executor = forms.ChoiceField(label="Назначить исполнителя", required=False)
    co_executors = many("Соисполнители", size=5)
    amount = forms.IntegerField(
        label="Срок исполнителю", min_value=1, max_value=160, required=False,
        help_text="Не длиннее срока ответа.",
    )  # fmt: skip
    unit = forms.ChoiceField(label="В чём", choices=Unit.choices, initial=Unit.WORKING_DAYS)
    template = forms.ChoiceField(
        label="Готовый ответ по шаблону", required=False,
        help_text="Черновик, который проверит человек. Сам ответ уходит только в утверждённом "
        "механизме ускоренного решения.",
    )  # fmt: skip
    problem = forms.ChoiceField(label="Присоединить к проблеме", required=False)
    notify_people = many("Известить сотрудников", size=5)
    notify_roles = many("Известить роли", size=5)

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        found = Offer(place)
        offer(
            self,
            owner=empty("я", found.people), topics=found.topics, groups=found.groups,
            settlements=found.settlements, territories=found.bodies, held_by=found.bodies,
            not_topics=found.topics, not_settlements=found.settlements,
            set_topic=empty("не менять", found.topics),
            executor=empty("не назначать", found.bodies),
            co_executors=found.bodies, template=empty("без ответа", found.templates),
            notify_people=found.people, notify_roles=found.roles,
            problem=empty("не присоединять", found.problems),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("hour_from") is None) != (given.get("hour_to") is None):
            self.add_error("hour_to", "Укажите оба часа или ни одного.")
        elif given.get("hour_from") is not None and given["hour_from"] == given["hour_to"]:
            self.add_error("hour_to", "Начало и конец совпадают: укажите разные часы.")
        given["street_ids"] = self._streets(lines(given.get("streets", "")))
        return given

    def given(self, account_id: int | None) -> RuleGiven:
        """The rule of a valid form."""
        told = self.cleaned_data
        return RuleGiven(
            name=told["name"], note=told["note"], order=told["order"], since=told["since"],
            until=told["until"], stop=told["stop"], on=told["on"], mode=Mode(told["mode"]),
            owner_id=int(told["owner"]) if told["owner"] else account_id,
            leaves=tuple(self._leaves()), excepted=tuple(self._barred()),
            acts=tuple(acts_of(told)),
        )  # fmt: skip

    def _leaves(self) -> Iterable[Leaf]:
        told = self.cleaned_data
        yield from _listed(told, LISTED, NUMBERED)
        if told["street_ids"]:
            yield Leaf(Fact.STREET, tuple(told["street_ids"]))
        for name in ("words", "more_words"):
            if found := split(told[name]):
                yield Leaf(Fact.WORDS, found)
        if found := lines(told["phrases"]):
            yield Leaf(Fact.PHRASE, found)
        if told["hour_from"] is not None:
            yield Leaf(Fact.HOURS, (f"{told['hour_from']}-{told['hour_to']}",))

    def _barred(self) -> Iterable[Leaf]:
        told = self.cleaned_data
        yield from _listed(told, BARRED, tuple(set(BARRED) - set(NOT_NUMBERED)))
        if found := split(told["not_words"]):
            yield Leaf(Fact.WORDS, found)
        if found := lines(told["not_phrases"]):
            yield Leaf(Fact.PHRASE, found)

    def _streets(self, named: Iterable[str]) -> list[int]:
        known: dict[str, list[int]] = {}
        wanted = [name.casefold() for name in named]
        if not wanted:
            return []
        streets = Street.objects.filter(settlement__municipality=self.place)
        for pk, kind, name in streets.values_list("pk", "kind", "name"):
            for spelling in (name, f"{kind} {name}"):
                known.setdefault(spelling.casefold(), []).append(pk)
        if unknown := [name for name in wanted if name not in known]:
            listed = ", ".join(f"«{name}»" for name in unknown)
            self.add_error("streets", f"Таких улиц нет в справочнике: {listed}.")
        return sorted({pk for name in wanted for pk in known.get(name, [])})


def acts_of(told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The actions that the form asks for."""
    for field, kind, key in _SINGLE:
        if told[field]:
            yield {"kind": kind, key: int(told[field])}
    if told["priority"]:
        yield {"kind": "priority"}
    if told["co_executors"]:
        yield {"kind": "co_executors", "bodies": [int(pk) for pk in told["co_executors"]]}
    if told["amount"]:
        yield {"kind": "term", "amount": told["amount"], "unit": told["unit"]}
    if told["notify_people"] or told["notify_roles"]:
        yield {
            "kind": "notify",
            "accounts": [int(pk) for pk in told["notify_people"]],
            "roles": [int(pk) for pk in told["notify_roles"]],
        }


_SINGLE = (
    ("set_topic", "topic", "topic"),
    ("executor", "executor", "body"),
    ("template", "template", "template"),
    ("problem", "problem", "problem"),
)
"""Field of the form, kind of action, its value: the actions that name one thing."""


def initial_of(rule: AutoRule) -> dict[str, Any]:
    """What the form shows of a saved rule."""
    mode, wanted, barred = parts_of(restored(rule.condition))
    shown: dict[str, Any] = {
        "name": rule.name, "note": rule.note, "order": rule.order, "since": rule.since,
        "until": rule.until, "owner": str(rule.owner_id or ""), "stop": rule.stop,
        "on": rule.state == "on", "mode": mode,
    }  # fmt: skip
    names = {fact: name for name, fact in LISTED.items()}
    names |= {Fact.WORDS: "words", Fact.PHRASE: "phrases", Fact.STREET: "streets"}
    for leaf in wanted:
        _show(shown, leaf, "more_words" if leaf.fact == Fact.WORDS and "words" in shown else
              names.get(leaf.fact, ""))  # fmt: skip
    off = {fact: name for name, fact in BARRED.items()}
    off |= {Fact.WORDS: "not_words", Fact.PHRASE: "not_phrases"}
    for leaf in barred:
        _show(shown, leaf, off.get(leaf.fact, ""))
    for act in rule.acts:
        shown |= _shown_act(act)
    return shown


def split(said: str) -> tuple[str, ...]:
    parts = said.replace(",", "\n").replace(";", "\n").splitlines()
    return tuple(dict.fromkeys(part.strip().casefold() for part in parts if part.strip()))


def lines(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()))


def _listed(
    told: Mapping[str, Any], names: Mapping[str, Fact], numbered: Iterable[str]
) -> Iterable[Leaf]:
    for name, fact in names.items():
        if told[name]:
            values = told[name]
            yield Leaf(
                fact, tuple(int(one) for one in values) if name in numbered else tuple(values)
            )


def _show(shown: dict[str, Any], leaf: Leaf, name: str) -> None:
    if leaf.fact == Fact.HOURS:
        since, _, until = str(leaf.values[0]).partition("-")
        shown |= {"hour_from": since, "hour_to": until}
    elif leaf.fact == Fact.STREET:
        streets = Street.objects.filter(pk__in=leaf.values)
        shown[name] = "\n".join(dict.fromkeys(str(street) for street in streets))
    elif leaf.fact == Fact.WORDS:
        shown[name] = ", ".join(str(value) for value in leaf.values)
    elif leaf.fact == Fact.PHRASE:
        shown[name] = "\n".join(str(value) for value in leaf.values)
    else:
        shown[name] = [str(value) for value in leaf.values]


def _shown_act(act: Mapping[str, Any]) -> dict[str, Any]:
    kind = act["kind"]
    if kind == "notify":
        return {
            "notify_people": [str(pk) for pk in act.get("accounts", [])],
            "notify_roles": [str(pk) for pk in act.get("roles", [])],
        }
    if kind == "co_executors":
        return {"co_executors": [str(pk) for pk in act["bodies"]]}
    if kind == "term":
        return {"amount": act["amount"], "unit": act["unit"]}
    if kind == "priority":
        return {"priority": True}
    named = {one: (field, key) for field, one, key in _SINGLE}
    if kind not in named:
        return {}
    field, key = named[kind]
    return {field: str(act[key])}

"""A rule in Russian words, for people, for the journal, and for entering it elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from otklik.casework.appeals.vocabulary import ApplicantKind, Channel
from otklik.casework.automation.rules.conditions import Group, Leaf, Value, hours_of, parts_of
from otklik.casework.automation.vocabulary import DAY_NAMES, MONTH_NAMES, AnswerMode, Fact, Mode
from otklik.casework.deadlines.vocabulary import Unit
from otklik.language.wording import counted

_UNITS = {
    Unit.CALENDAR_DAYS: ("календарный день", "календарных дня", "календарных дней"),
    Unit.WORKING_DAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
    Unit.WORKING_HOURS: ("рабочий час", "рабочих часа", "рабочих часов"),
}
_SHORT_LIST = 12
Act = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """What ids are called: by kind of thing, id → name."""

    topics: Mapping[int, str] = field(default_factory=dict)
    bodies: Mapping[int, str] = field(default_factory=dict)
    settlements: Mapping[int, str] = field(default_factory=dict)
    streets: Mapping[int, str] = field(default_factory=dict)
    templates: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    problems: Mapping[int, str] = field(default_factory=dict)


def said(leaf: Leaf, names: Names) -> str:
    """«канал — ПОС или Почта»."""
    values = [value_said(leaf.fact, value, names) for value in leaf.values]
    if len(values) > _SHORT_LIST:
        rest = len(values) - _SHORT_LIST
        values = [*values[:_SHORT_LIST], f"ещё {rest}"]
    return f"{_LEADS[leaf.fact]} {' или '.join(values)}"


def value_said(fact: Fact, value: Value, names: Names) -> str:
    """One value of a condition in words: «ПОС», «вторник», «с 18:00 до 8:00», «яма»."""
    if fact in _NAMED:
        return str(getattr(names, _NAMED[fact]).get(int(value), f"№\u00a0{value}"))
    if fact in _CHOICES:
        return _CHOICES[fact].get(value, str(value))
    if fact == Fact.HOURS:
        since, until = hours_of(str(value))
        return f"с {since}:00 до {until}:00"
    return f"«{value}»"


def condition_said(condition: Group, names: Names) -> str:
    """«канал — ПОС; тема — … (с подтемами); кроме: слово — «двор»»."""
    mode, wanted, barred = parts_of(condition)
    joint = "; " if mode == Mode.ALL else "; или "
    text = joint.join(said(leaf, names) for leaf in wanted)
    if barred:
        text += f"; кроме: {'; '.join(said(leaf, names) for leaf in barred)}"
    return text


def acts_said(acts: Iterable[Act], names: Names) -> str:
    return "; ".join(act_said(act, names) for act in acts)


def act_said(act: Act, names: Names) -> str:
    """One action in the infinitive."""
    return _ACTS[act["kind"]](act, names)


def term_said(amount: int, unit: str) -> str:
    return counted(amount, _UNITS[Unit(unit)])


def described(condition: Group, acts: Sequence[Act], names: Names) -> str:
    """«Если …, то …» in one sentence."""
    return f"если {condition_said(condition, names)} — {acts_said(acts, names)}"


def to_enter(name: str, condition: Group, acts: Sequence[Act], names: Names) -> str:
    """The rule line by line, for whoever enters it by hand in another system."""
    mode, wanted, barred = parts_of(condition)
    how = "все сразу" if mode == Mode.ALL else "хотя бы одно"
    lines = [f"Название: {name}", f"Условия ({how}):" if len(wanted) > 1 else "Условие:"]
    lines += [f"— {said(leaf, names)}" for leaf in wanted]
    if barred:
        lines += ["Исключения:", *(f"— {said(leaf, names)}" for leaf in barred)]
    lines += ["Действия:", *(f"— {act_said(act, names)}" for act in acts)]
    return "\n".join(lines)


def _people(act: Act, names: Names) -> str:
    who = [names.accounts.get(pk, f"№\u00a0{pk}") for pk in act.get("accounts", [])]
    who += [names.roles.get(pk, f"№\u00a0{pk}") for pk in act.get("roles", [])]
    return ", ".join(who)


def _bodies(act: Act, names: Names) -> str:
    return ", ".join(names.bodies.get(pk, f"№\u00a0{pk}") for pk in act["bodies"])


def _answer(act: Act, names: Names) -> str:
    how = AnswerMode(act.get("as", AnswerMode.DRAFT)).label
    title = names.templates.get(act["template"], f"№\u00a0{act['template']}")
    return f"готовый ответ по шаблону «{title}» — {how}"


_LEADS = {
    Fact.CHANNEL: "канал —",
    Fact.TOPIC: "тема (с подтемами) —",
    Fact.GROUP: "группа тем —",
    Fact.SETTLEMENT: "населённый пункт —",
    Fact.STREET: "улица —",
    Fact.TERRITORY: "территория —",
    Fact.WORDS: "в тексте есть слово",
    Fact.PHRASE: "в тексте есть выражение",
    Fact.AUTHOR: "пишет —",
    Fact.BODY: "исполнитель —",
    Fact.HOURS: "поступило",
    Fact.WEEKDAYS: "день недели —",
    Fact.MONTHS: "месяц —",
}
_NAMED = {
    Fact.TOPIC: "topics",
    Fact.SETTLEMENT: "settlements",
    Fact.STREET: "streets",
    Fact.TERRITORY: "bodies",
    Fact.BODY: "bodies",
}
_CHOICES: dict[Fact, dict[Value, str]] = {
    Fact.CHANNEL: {str(value): str(label) for value, label in Channel.choices},
    Fact.AUTHOR: {str(value): str(label) for value, label in ApplicantKind.choices},
    Fact.WEEKDAYS: dict(enumerate(DAY_NAMES)),
    Fact.MONTHS: dict(enumerate(MONTH_NAMES, start=1)),
}


def _topic(act: Act, names: Names) -> str:
    return f"поставить тему «{names.topics.get(act['topic'], act['topic'])}»"


def _executor(act: Act, names: Names) -> str:
    return f"назначить исполнителя — {names.bodies.get(act['body'], act['body'])}"


def _co_executors(act: Act, names: Names) -> str:
    return f"назначить соисполнителей — {_bodies(act, names)}"


def _problem(act: Act, names: Names) -> str:
    return f"присоединить к проблеме {names.problems.get(act['problem'], act['problem'])}"


def _notify(act: Act, names: Names) -> str:
    return f"известить — {_people(act, names)}"


def _plain(words: str) -> Callable[[Act, Names], str]:
    return lambda _act, _names: words


def _term(act: Act, _names: Names) -> str:
    return f"срок исполнителю — {term_said(act['amount'], act['unit'])}"


_ACTS: dict[str, Callable[[Act, Names], str]] = {
    "topic": _topic,
    "priority": _plain("повысить важность"),
    "fast_track": _plain("отметить ускоренное решение"),
    "executor": _executor,
    "co_executors": _co_executors,
    "term": _term,
    "template": _answer,
    "problem": _problem,
    "notify": _notify,
}

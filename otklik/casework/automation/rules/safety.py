"""What is wrong with a rule beside the others: circles, shadows, too wide a reach. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from otklik.casework.automation.rules.conditions import Group, Leaf, Node, Not, Value
from otklik.casework.automation.vocabulary import Fact, Mode

MOST_BRANCHES = 64
WARN_SHARE = 0.25
REFUSE_SHARE = 0.75
LEAST_CASES = 40
"""Below so many cases a share says nothing."""
SINGLE = frozenset(
    (Fact.CHANNEL, Fact.AUTHOR, Fact.GROUP, Fact.SETTLEMENT, Fact.STREET, Fact.TERRITORY,
     Fact.BODY, Fact.WEEKDAYS, Fact.MONTHS)
)  # fmt: skip
"""Facts of which a case has one value."""


@dataclass(frozen=True)
class Shape:
    """A rule as values. `effects`: facts that its actions set (topic, its group, body)."""

    pk: int | None
    name: str
    order: int
    condition: Group
    stop: bool = False
    effects: tuple[tuple[Fact, Value], ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Topics:
    """`lineage`: topic → itself and all above it."""

    lineage: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def within(self, value: Value, wanted: Iterable[Value]) -> bool:
        above = self.lineage.get(int(value), frozenset((int(value),)))
        return any(one in above for one in wanted)


@dataclass(frozen=True, slots=True)
class Remark:
    """`refuses`: the rule may not be saved so; else a person may insist."""

    text: str
    mend: str
    refuses: bool = False


Branch = tuple[tuple[Leaf, ...], tuple[Leaf, ...]]
"""One way to hold: leaves that must hold, leaves that must not."""


def remarks(new: Shape, others: Sequence[Shape], topics: Topics) -> list[Remark]:
    """Everything that is wrong with `new` among the rules in force, refusals first."""
    beside = [other for other in others if other.pk != new.pk and _same_time(new, other)]
    found = [
        *_selves(new, topics),
        *_circles(new, beside, topics),
        *_fed(new, beside, topics),
        *_shadows(new, beside, topics),
    ]
    return sorted(found, key=lambda one: not one.refuses)


def width(touched: int, total: int) -> Remark | None:
    """What to say of a rule that touches so many of the cases looked at."""
    if total < LEAST_CASES or touched <= total * WARN_SHARE:
        return None
    share = f"{100 * touched / total:.0f}\u00a0%"
    if touched > total * REFUSE_SHARE:
        return Remark(
            f"Правило затронуло бы {share} обращений — это уже не исключение, а общий порядок.",
            "Добавьте условие: тему, место или слова.",
            refuses=True,
        )
    return Remark(
        f"Правило затронуло бы {share} обращений.",
        "Проверьте пробный прогон и сузьте условия — или подтвердите, что так и задумано.",
    )


def implies(first: Group, second: Group, topics: Topics) -> bool:
    """Whether every case of `first` is a case of `second`, as far as their words tell."""
    wide = list(branches(second))
    return all(any(_narrower(one, other, topics) for other in wide) for one in branches(first))


def feeds(giver: Shape, taker: Group, topics: Topics) -> Fact | None:
    """The fact that the giver's action sets and that may make the taker's condition true."""
    given = list(branches(giver.condition))
    for wanted, barred in branches(taker):
        for fact, value in giver.effects:
            needed = [leaf for leaf in wanted if leaf.fact == fact]
            if not needed or not all(_set_by(leaf, value, topics) for leaf in needed):
                continue
            if any(_set_by(leaf, value, topics) for leaf in barred if leaf.fact == fact):
                continue
            rest = tuple(leaf for leaf in wanted if leaf.fact not in (fact, Fact.GROUP, Fact.TOPIC))
            if any(not _apart(one, (rest, barred), topics) for one in given):
                return fact
    return None


def branches(node: Node) -> Iterator[Branch]:
    """The condition as alternatives of plain conjunctions, at most `MOST_BRANCHES`."""
    for number, branch in enumerate(_branches(node)):
        if number >= MOST_BRANCHES:
            return
        yield branch


def _branches(node: Node) -> Iterator[Branch]:
    if isinstance(node, Leaf):
        yield (node,), ()
    elif isinstance(node, Not):
        # «Кроме» holds leaves only: barring any of them bars the case.
        yield (), tuple(leaf for branch in _branches(node.node) for leaf in branch[0])
    elif node.mode == Mode.ANY:
        for inner in node.of:
            yield from _branches(inner)
    else:
        for chosen in product(*(list(_branches(inner))[:MOST_BRANCHES] for inner in node.of)):
            yield (
                tuple(leaf for wanted, _ in chosen for leaf in wanted),
                tuple(leaf for _, barred in chosen for leaf in barred),
            )


def _selves(new: Shape, topics: Topics) -> Iterator[Remark]:
    fact = feeds(new, new.condition, topics)
    if fact is None:
        return
    exact = any(
        value in leaf.values
        for wanted, _ in branches(new.condition)
        for leaf in wanted
        for effect, value in new.effects
        if leaf.fact == effect
    )
    what = fact.label
    if exact:
        yield Remark(
            f"Правило само ставит то, чего ждёт в условии ({what}), и запускало бы само себя.",
            f"Уберите «{what}» из условий или из действий.",
            refuses=True,
        )
        return
    yield Remark(
        f"После своего действия правило подходит снова ({what} — из той же ветви).",
        "Оно сработает один раз на обращение; если это не уточнение темы, сузьте условие.",
    )


def _circles(new: Shape, others: Sequence[Shape], topics: Topics) -> Iterator[Remark]:
    everyone = [new, *others]
    for path in _paths(new, everyone, topics, (new,)):
        names = " → ".join(f"«{one.name}»" for one in (*path, new))
        yield Remark(
            f"Правила запускали бы друг друга по кругу: {names}.",
            "Измените действие или условие одного из них, чтобы круг разорвался.",
            refuses=True,
        )
        return


def _paths(
    target: Shape, everyone: Sequence[Shape], topics: Topics, path: tuple[Shape, ...]
) -> Iterator[tuple[Shape, ...]]:
    """Ways from the last of `path` back to the target by other rules."""
    last = path[-1]
    if not last.effects:
        return
    for following in everyone:
        if following is target:
            if len(path) > 1 and feeds(last, target.condition, topics):
                yield path
        elif following not in path and feeds(last, following.condition, topics):
            yield from _paths(target, everyone, topics, (*path, following))


def _fed(new: Shape, others: Sequence[Shape], topics: Topics) -> Iterator[Remark]:
    for other in others:
        if _key(other) < _key(new) and feeds(new, other.condition, topics):
            yield Remark(
                f"Действие этого правила включает правило «{other.name}», которое стоит раньше.",
                f"Поставьте новое правило раньше «{other.name}» (число порядка меньше "
                f"{other.order}), чтобы они шли по очереди.",
            )


def _shadows(new: Shape, others: Sequence[Shape], topics: Topics) -> Iterator[Remark]:
    for other in others:
        earlier = _key(other) < _key(new)
        if earlier and other.stop and implies(new.condition, other.condition, topics):
            yield Remark(
                f"Правило никогда не сработает: все его обращения раньше забирает правило "
                f"«{other.name}», после которого дальше не применяют.",
                f"Поставьте новое правило раньше (порядок меньше {other.order}) или снимите "
                f"«дальше не применять» с правила «{other.name}».",
                refuses=True,
            )
        elif not earlier and new.stop and implies(other.condition, new.condition, topics):
            yield Remark(
                f"Правило «{other.name}» перестанет срабатывать: новое стоит раньше и "
                "останавливает остальные.",
                "Снимите «дальше не применять» или поставьте новое правило позже.",
            )


def _key(rule: Shape) -> tuple[int, float]:
    return rule.order, float("inf") if rule.pk is None else rule.pk


def _same_time(one: Shape, other: Shape) -> bool:
    starts = max(one.since or date.min, other.since or date.min)
    return starts <= min(one.until or date.max, other.until or date.max)


def _narrower(one: Branch, other: Branch, topics: Topics) -> bool:
    """Whether every case of the first conjunction is one of the second."""
    wanted = all(any(_inside(a, b, topics) for a in one[0]) for b in other[0])
    barred = all(
        any(_inside(b, a, topics) for a in one[1]) or any(_disjoint(a, b, topics) for a in one[0])
        for b in other[1]
    )
    return wanted and barred


def _inside(a: Leaf, b: Leaf, topics: Topics) -> bool:
    if a.fact != b.fact:
        return False
    if a.fact == Fact.TOPIC:
        return all(topics.within(value, b.values) for value in a.values)
    return set(a.values) <= set(b.values)


def _disjoint(a: Leaf, b: Leaf, topics: Topics) -> bool:
    """Whether no case can hold both."""
    if a.fact != b.fact:
        return False
    if a.fact == Fact.TOPIC:
        related = any(topics.within(x, (y,)) or topics.within(y, (x,))
                      for x in a.values for y in b.values)  # fmt: skip
        return not related
    return a.fact in SINGLE and not set(a.values) & set(b.values)


def _apart(one: Branch, other: Branch, topics: Topics) -> bool:
    """Whether no case can be in both conjunctions."""
    if any(_disjoint(a, b, topics) for a in one[0] for b in other[0]):
        return True
    return any(_inside(a, b, topics) for a in one[0] for b in other[1]) or any(
        _inside(b, a, topics) for b in other[0] for a in one[1]
    )


def _set_by(leaf: Leaf, value: Value, topics: Topics) -> bool:
    if leaf.fact == Fact.TOPIC:
        return topics.within(value, leaf.values)
    return value in leaf.values

"""A dry run as the page shows it."""

from __future__ import annotations

from typing import Any

from otklik.casework.appeals.queries import visible_to
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.queries.dryrun import DryRun, Touched
from otklik.casework.automation.queries.naming import names_for
from otklik.casework.automation.rules import Why, restored
from otklik.casework.automation.rules.describing import Names, value_said
from otklik.casework.automation.vocabulary import Fact
from otklik.directory.organisation.rules import Access
from otklik.language.wording import share_words
from otklik.web.desk.appeals.unnamed import unnamed


def shown_trial(access: Access, rule: AutoRule, run: DryRun) -> dict[str, Any]:
    """Numbers, and the latest cases with the reason of each; those hidden from the person are
    counted but not listed. One query for the cases, and one for each kind of name."""
    names = names_for([(restored(rule.condition), rule.acts)])
    ids = [one.appeal_id for one in run.shown]
    cases = visible_to(access).select_related("topic", "executor_body").defer("search", "text")
    known = cases.in_bulk(ids)
    return {
        "run": run,
        "share": share_words(len(run.touched), run.total),
        "taken": sorted(run.taken_by.items()),
        "rows": [
            {
                "case": unnamed(access, known[one.appeal_id]),
                "why": why_said(one.why, names),
                "taken_by": one.taken_by,
                "moved": one.appeal_id in run.reassigned,
            }
            for one in _seen(run.shown, known)
        ],
    }


def _seen(shown: tuple[Touched, ...], known: dict[int, Any]) -> list[Touched]:
    return [one for one in shown if one.appeal_id in known]


def why_said(why: tuple[Why, ...], names: Names) -> str:
    """«слова «ямы»; канал — ПОС»."""
    parts = []
    for one in why:
        if one.fact in (Fact.WORDS, Fact.PHRASE):
            parts.append(f"«{one.found}»")
        elif one.fact == Fact.TOPIC:
            parts.append(f"тема: {value_said(one.fact, one.value, names)}")
        else:
            parts.append(f"{one.fact.label}: {value_said(one.fact, one.value, names)}")
    return "; ".join(dict.fromkeys(parts))

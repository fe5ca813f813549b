"""What the regulation says, and which one is in force."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality, Regulation, Role
from otklik.directory.organisation.presets import available, load
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.directory.organisation.presets.schema import Centre, Facts
from otklik.directory.organisation.rules import Access


def regulation_facts(municipality: Municipality) -> Facts:
    """What the centre's regulation says beyond tables: terms, reports, route, open points.

    A municipality made without a preset has only the name and form of its centre.
    """
    stored = municipality.settings.get("regulation")
    if stored:
        return Facts.model_validate(stored)
    return Facts(centre=Centre(name=municipality.centre_name, form=municipality.centre_form))


def centre_line(municipality: Municipality) -> str:
    """What the centre is, in one line for reports; empty until its form is chosen.

    «МЦУ города — проектный офис; оператор — МКУ «Развитие»; создан 12.01.2024».
    """
    if not municipality.centre_form_kind:
        return ""
    parts = [f"{municipality.centre_name}\u00a0— {municipality.get_centre_form_kind_display()}"]
    if municipality.operator:
        parts.append(f"оператор\u00a0— {municipality.operator.name}")
    if municipality.established_on:
        parts.append(f"создан {municipality.established_on:%d.%m.%Y}")
    return "; ".join(parts)


def regulation_in_force(municipality_id: int, on: date) -> Regulation | None:
    """The act by which the centre works on the day."""
    acts = Regulation.objects.filter(municipality_id=municipality_id, in_force_from__lte=on)
    return acts.exclude(repealed_on__lte=on).order_by("-in_force_from").first()


def regulation_for(access: Access, on: date) -> Regulation:
    """The version in force on the day, open to every participant whatever the rights.

    Raises NotFound for those who take no part, and where no act is in force on the day.
    """
    act = regulation_in_force(access.municipality_id, on)
    if act is None or not (access.unlimited or access.grants):
        raise NotFound(
            f"На {on:%d.%m.%Y} действующего положения нет.",
            "Администратор центра вносит его в разделе «Организация».",
        )
    return act


def clause_register(municipality: Municipality) -> dict[str, list[str]]:
    """Clause number → what in this centre comes from it (ust-kubinsky:1.1, tuapse:1.2)."""
    found: dict[str, list[str]] = defaultdict(list)
    for role in municipality.roles.all():
        for clause in role.clauses:
            found[clause].append(f"роль «{role.label}»")
    facts = regulation_facts(municipality)
    for step in facts.route:
        if step.clause:
            found[step.clause].append(f"шаг «{step.text}»")
    parts = [
        *(("канал", channel.name, channel.clauses) for channel in facts.channels),
        *(("срок", term.subject, term.clauses) for term in facts.terms),
        *(("отчёт", report.name, report.clauses) for report in facts.reports),
        *(("взаимодействие", other.name, other.clauses) for other in facts.counterparts),
    ]
    for kind, name, clauses in parts:
        for clause in clauses:
            found[clause].append(f"{kind} «{name}»")
    return dict(found)


def clause_labels(role: Role) -> list[str]:
    """Clauses of the regulation that speak of the role, as a person reads them, each once."""
    return list(dict.fromkeys(clause_label(clause) for clause in role.clauses))


@dataclass(frozen=True)
class Foundation:
    """Where a right of a role comes from: a clause («п. 4.6.в») or a supposition."""

    clause: str = ""
    assumed: bool = False
    note: str = ""


def foundations(municipality: Municipality) -> dict[tuple[str, str, str], Foundation]:
    """(role's slug, permission, scope) → its foundation, of the preset the centre began with.

    A right changed since then is not in it: its foundation is the change in the journal.
    """
    return _of_preset(municipality.preset)


@cache
def _of_preset(slug: str) -> dict[tuple[str, str, str], Foundation]:
    if slug not in available():
        return {}
    return {
        (role.slug, str(permission), str(grant.scope)): Foundation(
            clause_label(grant.clause) if grant.clause else "", grant.assumed, grant.note
        )
        for role in load(slug).roles
        for grant in role.grants
        for permission in grant.permissions
    }

"""Lists of reports. Every list starts from `visible_to(access, on)`."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.base.given import cursor_of, day_key_given
from otklik.coordination.returns.models import Return, ReturnForm
from otklik.coordination.returns.vocabulary import TO_DO, ReturnState
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50


def may_decide(access: Access) -> bool:
    """The head and whoever prepares reports of the centre."""
    return access.allows(Permission.INSTRUCT) or access.allows(Permission.REPORT)


def visible_to(access: Access, on: date) -> QuerySet[Return]:
    """All for those who decide or control; else those of the bodies the person works in."""
    found = Return.objects.filter(municipality_id=access.municipality_id)
    if may_decide(access) or access.allows(Permission.CONTROL):
        return found
    return found.filter(_own(access, on))


def may_fill(access: Access, report: Return, on: date) -> bool:
    return Return.objects.filter(_own(access, on), pk=report.pk).exists()


def listed(access: Access, on: date, state: str = "") -> QuerySet[Return]:
    """`state`: todo, overdue, a state, or any. The latest term first."""
    found = visible_to(access, on).select_related("form", "body").order_by("-due_on", "-pk")
    found = found.defer("fields", "values", "counted")
    if state == "todo":
        return found.filter(state__in=TO_DO)
    if state == "overdue":
        return found.filter(state__in=TO_DO, due_on__lt=on)
    return found.filter(state=state) if state in ReturnState.values else found


def counts(access: Access, on: date) -> dict[str, int]:
    """Of the tiles, in one statement."""
    return visible_to(access, on).aggregate(
        todo=Count("pk", filter=Q(state__in=TO_DO)),
        overdue=Count("pk", filter=Q(state__in=TO_DO, due_on__lt=on)),
        submitted=Count("pk", filter=Q(state=ReturnState.SUBMITTED)),
    )


def page(found: QuerySet[Return], cursor: str) -> tuple[list[Return], str]:
    """One page by key (term, id), and the cursor of the next one."""
    if after := day_key_given(cursor):
        found = found.filter(Q(due_on__lt=after[0]) | Q(due_on=after[0], pk__lt=after[1]))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], cursor_of(last.due_on, last.pk) if last else ""


def return_of(access: Access, on: date, pk: int) -> Return:
    """A report this person may see; raise NotFound for all others."""
    found = visible_to(access, on).select_related("form", "body__municipality").filter(pk=pk)
    report = found.first()
    if report is None:
        raise NotFound("Такого отчёта нет.", "Вернитесь к списку отчётов.")
    return report


def forms(municipality_id: int) -> QuerySet[ReturnForm]:
    found = ReturnForm.objects.filter(municipality_id=municipality_id)
    return found.annotate(body_count=Count("bodies")).order_by("-is_active", "title", "pk")


def form_of(municipality_id: int, pk: int) -> ReturnForm:
    found = ReturnForm.objects.filter(municipality_id=municipality_id, pk=pk).first()
    if found is None:
        raise NotFound("Такой формы нет.", "Вернитесь к списку форм.")
    return found


def _own(access: Access, on: date) -> Q:
    held = appointments_in_force(on).filter(
        account_id=access.account_id or 0,
        role__municipality_id=access.municipality_id,
        body__isnull=False,
    )
    reach = access.reach(Permission.DRAFT).body_ids
    return Q(body_id__in=held.values("body_id")) | Q(body_id__in=sorted(reach))

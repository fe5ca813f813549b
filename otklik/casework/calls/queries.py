"""Reading calls: whose number it is, whom to ring."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.functions import Right

from otklik.casework.appeals.models import Appeal, Applicant
from otklik.casework.appeals.queries import covers, visible_to
from otklik.casework.calls.models import Call, CallBack
from otklik.casework.calls.rules import DIGITS, beginnings
from otklik.casework.calls.vocabulary import CallBackState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

_PEOPLE = 50


def may_call(access: Access, appeal: Appeal) -> bool:
    """Those who register calls or send answers in the channel, and see whom they ring."""
    acts = (Permission.REGISTER, Permission.SEND)
    return any(access.allows(act, channel=appeal.channel) for act in acts) and covers(
        access, Permission.VIEW_PERSONAL, appeal
    )


def cases_of_number(access: Access, typed: str, most: int = 8) -> list[Appeal]:
    """The newest cases of people whose number begins so; two queries, both by an index.

    The expression is that of the index of migration 0002, word for word.
    """
    begun = beginnings(typed)
    if not begun:
        return []
    digits = Func(
        "phone", Value(r"\D"), Value(""), Value("g"),
        function="regexp_replace", output_field=CharField(),
    )  # fmt: skip
    people = Applicant.objects.alias(digits=Right(digits, DIGITS)).filter(
        reduce(or_, (Q(digits__startswith=one) for one in begun)),
        municipality_id=access.municipality_id,
    )
    ids = list(people.exclude(phone="").order_by("-pk").values_list("pk", flat=True)[:_PEOPLE])
    if not ids:
        return []
    found = visible_to(access).filter(applicant_id__in=ids).select_related("applicant")
    return list(found.defer("search").order_by("-received_at", "-pk")[:most])


def call_backs(access: Access) -> QuerySet[CallBack]:
    """Tasks of cases that the person may see, the soonest first."""
    found = CallBack.objects.filter(
        municipality_id=access.municipality_id, appeal__in=visible_to(access).values("pk")
    )
    return (
        found.select_related("appeal")
        .defer("appeal__text", "appeal__search")
        .order_by("next_at", "pk")
    )


def waiting(access: Access) -> QuerySet[CallBack]:
    return call_backs(access).filter(state=CallBackState.WAITING)


def calls_of(appeal_id: int) -> QuerySet[Call]:
    """Later calls about a case, oldest first; the caller has checked the case."""
    return Call.objects.filter(appeal_id=appeal_id, is_new=False).order_by("pk")


def call_backs_of(appeal_id: int) -> QuerySet[CallBack]:
    found = CallBack.objects.filter(appeal_id=appeal_id).order_by("pk")
    return found.prefetch_related("attempts")

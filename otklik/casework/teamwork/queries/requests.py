"""Requests between participants."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.replies.queries import token_hash
from otklik.casework.teamwork.models import InfoRequest, RequestLink
from otklik.casework.teamwork.queries.people import ANSWERING, body_of
from otklik.casework.teamwork.vocabulary import RequestState
from otklik.directory.organisation.rules import Access


def requests_of(case_id: int) -> QuerySet[InfoRequest]:
    """All of one case, oldest first; the caller has checked the case."""
    found = InfoRequest.objects.filter(appeal_id=case_id).select_related("body", "asker_body")
    return found.order_by("asked_at", "pk")


def requests_to(access: Access) -> QuerySet[InfoRequest]:
    """What a person's bodies are asked for, nearest term first. Who answers for the whole
    municipality is asked as his own body; what others are asked he sees with their cases."""
    reaches = [access.reach(right) for right in ANSWERING]
    own = set[int]().union(*(reach.body_ids for reach in reaches))
    if any(reach.everywhere for reach in reaches) and (body := body_of(access)):
        own.add(body.pk)
    found = InfoRequest.objects.filter(municipality_id=access.municipality_id, body_id__in=own)
    return found.select_related("body", "asker_body", "appeal").order_by("due_at", "pk")


def requests_by(access: Access) -> QuerySet[InfoRequest]:
    """What was asked in the cases that a person sees, newest first."""
    seen = Q(appeal__in=visible_to(access).values("pk")) | Q(asker_id=access.account_id or 0)
    found = InfoRequest.objects.filter(seen, municipality_id=access.municipality_id)
    return found.select_related("body", "asker_body", "appeal").order_by("-asked_at", "-pk")


def request_of(access: Access, pk: int) -> InfoRequest:
    """A request that a person asked, answers, or sees with its case; NotFound for others."""
    found = InfoRequest.objects.select_related("body", "appeal", "municipality").filter(
        Q(pk__in=requests_to(access).values("pk")) | Q(pk__in=requests_by(access).values("pk")),
        pk=pk,
    )
    request = found.first()
    if request is None:
        raise NotFound("Такого запроса нет или он адресован не вам.", "Вернитесь к списку.")
    return request


def link_of_request(token: str) -> RequestLink:
    """A live link; NotFound when it is unknown, too old, or its request is no longer open."""
    link = (
        RequestLink.objects.select_related("request__appeal", "request__body")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None:
        raise NotFound("Ссылка неверна.", "Откройте её из письма целиком или попросите новую.")
    if link.request.state == RequestState.ANSWERED:
        raise NotFound("По этой ссылке ответ уже передан.", "Если нужно исправить, позвоните нам.")
    if link.request.state == RequestState.CANCELLED:
        raise NotFound("Запрос отозван.", "Отвечать на него не нужно.")
    if link.expires_at < clock.now():
        raise NotFound("Срок действия ссылки истёк.", "Попросите у центра новую ссылку.")
    return link

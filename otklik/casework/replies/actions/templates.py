"""Templates of answers, kept for the whole centre."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.replies.actions.citing import link_acts
from otklik.casework.replies.events import TemplateArchived, TemplateSaved
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.replies.rules.placeholders import refusal
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

KEEPING = (Permission.APPROVE, Permission.SET_UP)


@transaction.atomic
def save_template(
    *,
    access: Access,
    title: str,
    text: str,
    topic_id: int | None = None,
    channel: str = "",
    result: str = "",
    template_id: int | None = None,
) -> ReplyTemplate:
    """Keep a template; `template_id` changes that one, otherwise the one of the same title.

    Raises Forbidden; NotFound; Refused for an empty text, a taken title or an unknown place.
    """
    access = _require(access)
    title = title.strip()[:200]
    _check(title, text)
    own = ReplyTemplate.objects.select_for_update().filter(municipality_id=access.municipality_id)
    same = own.filter(title=title).first()
    template = _own(access, template_id) if template_id is not None else same
    if template is None:
        template = ReplyTemplate(municipality_id=access.municipality_id)
    elif same is not None and same.pk != template.pk:
        raise Refused(f"Шаблон «{title}» уже есть.", "Дайте этому шаблону другое название.")
    template.title, template.text = title, text.strip()
    template.topic_id, template.channel, template.result = topic_id, channel, result
    template.is_active = True
    template.save()
    link_acts(template, access.municipality_id)
    record(
        TemplateSaved(subject_id=template.pk, template=title),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return template


@transaction.atomic
def archive_template(*, access: Access, template_id: int) -> None:
    """Offer the template no longer; saving it again brings it back."""
    access = _require(access)
    template = _own(access, template_id)
    template.is_active = False
    template.save(update_fields=["is_active"])
    record(
        TemplateArchived(subject_id=template.pk, template=template.title),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


def _require(access: Access) -> Access:
    if not any(access.may(right) for right in KEEPING):
        raise Forbidden(
            "Шаблоны ответов ведут те, кто согласует ответы или настраивает порядок работы.",
            mend="Предложите текст руководителю центра.",
        )
    return access.under(*KEEPING)


def _own(access: Access, template_id: int) -> ReplyTemplate:
    found = ReplyTemplate.objects.filter(
        municipality_id=access.municipality_id, pk=template_id
    ).first()
    if found is None:
        raise NotFound("Такого шаблона нет.", "Вернитесь к списку шаблонов.")
    return found


def _check(title: str, text: str) -> None:
    if not title or not text.strip():
        raise Refused("У шаблона нет названия или текста.", "Заполните и то, и другое.")
    if wrong := refusal(text):
        raise Refused(*wrong)

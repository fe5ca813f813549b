"""What participants wrote: a comment may be a word of a citizen that needs an answer."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Conflict, NotFound
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.consultations.actions.common import told
from otklik.casework.consultations.events import CommentDecided
from otklik.casework.consultations.models import Comment
from otklik.casework.consultations.queries import keeping
from otklik.casework.consultations.vocabulary import CommentState
from otklik.casework.intake.actions import take
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@transaction.atomic
def register_comment(*, access: Access, comment_id: int) -> Appeal:
    """Make a case of ПОС of a comment; its author goes there and is no longer kept here."""
    access, comment = _comment(access, comment_id)
    access = access.require(Permission.REGISTER, channel=Channel.POS)
    held_on = comment.consultation
    new = NewAppeal(
        regime=Regime.POS,
        channel=Channel.POS,
        text=comment.text,
        received_at=comment.said_at,
        applicant=NewApplicant(name=comment.author),
        external_system=Channel.POS,
        external_number=f"{held_on.number or held_on.pk}/{comment.external_id}"[:100],
    )
    comment.appeal = take(access=access, new=new)
    _decide(access, comment, CommentState.CASE)
    return comment.appeal


@transaction.atomic
def note_comment(*, access: Access, comment_id: int) -> Comment:
    """Taken into account with the results, no answer of its own."""
    access, comment = _comment(access, comment_id)
    _decide(access, comment, CommentState.NOTED)
    return comment


def _comment(access: Access, comment_id: int) -> tuple[Access, Comment]:
    access = keeping(access)
    found = Comment.objects.select_for_update(of=("self",)).select_related("consultation")
    comment = found.filter(
        pk=comment_id, consultation__municipality_id=access.municipality_id
    ).first()
    if comment is None:
        raise NotFound("Такого комментария нет.", "Обновите страницу мероприятия.")
    if comment.state != CommentState.WAITING:
        raise Conflict(f"Комментарий уже {comment.get_state_display()}.", "Обновите страницу.")
    return access, comment


def _decide(access: Access, comment: Comment, state: CommentState) -> None:
    comment.state, comment.author, comment.decided_label = state, "", access.actor.label
    comment.save()
    event = CommentDecided(
        subject_id=comment.pk,
        case_id=comment.appeal_id,
        what=comment.consultation.title,
        state=state.label,
    )
    told(access, event)

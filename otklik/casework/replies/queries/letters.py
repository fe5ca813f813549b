"""The letter of an answer, put together from the case, the body and the one who signs."""

from __future__ import annotations

from datetime import date

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Reply
from otklik.casework.replies.rules.letter import greeting_of
from otklik.casework.replies.rules.sheet import (
    Letter,
    enclosure_lines,
    greeting_line,
    initials_first,
    paragraphs_of,
)
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality
from otklik.directory.organisation.queries.access import appointments_in_force
from otklik.directory.organisation.vocabulary import BodyKind
from otklik.language.names import dative_name
from otklik.records.attachments.queries import files_of

SUBJECT = "reply"


def letter_of(reply: Reply) -> Letter:
    """The letter as it was signed; for an unsigned answer as it would stand now, unnumbered."""
    if reply.letter:
        return Letter.model_validate(reply.letter)
    appeal = Appeal.objects.select_related("municipality", "applicant").get(pk=reply.appeal_id)
    signed_on = (
        reply.signed_at.astimezone(appeal.municipality.tz).date() if reply.signed_at else None
    )
    return compose(reply, appeal, signed_on=signed_on)


def compose(
    reply: Reply, appeal: Appeal, *, signed_on: date | None, signer_id: int | None = None
) -> Letter:
    """Gather the details of ГОСТ Р 7.0.97-2016; what nobody has entered is left out."""
    centre = appeal.municipality
    post = _post(signer_id, centre.pk, signed_on)
    body = (post.body if post else None) or _administration(centre.pk)
    received = appeal.received_at.astimezone(centre.tz)
    greeting = greeting_line(greeting_of(appeal.applicant.name), reply.text)
    author = Account.objects.filter(pk=reply.author_id).first() if reply.author_id else None
    return Letter(
        organisation=_organisation(body, centre),
        contacts=_contacts(body, centre),
        date=f"{signed_on:%d.%m.%Y}" if signed_on else "",
        number=reply.number,
        reply_to=appeal.number,
        reply_date=f"{received:%d.%m.%Y}",
        addressee=_addressee(appeal),
        heading="О рассмотрении обращения" if appeal.regime == "law59" else "Ответ на сообщение",
        greeting=greeting,
        paragraphs=paragraphs_of(reply.text),
        enclosures=enclosure_lines([f.file_name for f in files_of(SUBJECT, [reply.pk])]),
        signer_position=_position(post, body, reply),
        signer=initials_first(post.account.full_name) if post else _signed(reply),
        executor=author.full_name if author else reply.author_label.partition(",")[0],
        executor_phone=(author.phone if author else "") or _phone(reply, centre),
    )


def _post(signer_id: int | None, municipality_id: int, on: date | None) -> Appointment | None:
    if signer_id is None or on is None:
        return None
    return (
        appointments_in_force(on)
        .filter(account_id=signer_id, role__municipality_id=municipality_id)
        .select_related("account", "role", "body")
        .order_by("-body_id", "pk")
        .first()
    )


def _position(post: Appointment | None, body: Body | None, reply: Reply) -> str:
    """Of the one who signed; while nobody has, of the head of the body."""
    if post:
        return post.position or post.role.position or post.role.label
    if reply.signed_label:
        return reply.signed_label.partition(", ")[2]
    return body.head_position if body else ""


def _signed(reply: Reply) -> str:
    """«Белов П. И., глава» → «П. И. Белов»."""
    surname, _, marks = reply.signed_label.partition(",")[0].replace("\u00a0", " ").partition(" ")
    return f"{marks.replace(' ', chr(0xA0))}\u00a0{surname}".strip() if marks else surname


def _administration(municipality_id: int) -> Body | None:
    found = Body.objects.filter(municipality_id=municipality_id, is_active=True)
    return found.filter(kind=BodyKind.ADMINISTRATION).order_by("order", "pk").first()


def _organisation(body: Body | None, centre: Municipality) -> str:
    return body.name if body else (centre.centre_name or centre.name)


def _contacts(body: Body | None, centre: Municipality) -> tuple[str, ...]:
    phone = (body.phone if body else "") or centre.phone
    email = (body.email if body else "") or centre.email
    lines = (
        body.address if body else centre.seat,
        f"тел.: {phone}" if phone else "",
        f"эл. почта: {email}" if email else "",
    )
    return tuple(line for line in lines if line)


def _addressee(appeal: Appeal) -> tuple[str, ...]:
    person = appeal.applicant
    where = person.postal_address or appeal.reply_address or person.email
    return tuple(line for line in (dative_name(person.name), where) if line)


def _phone(reply: Reply, centre: Municipality) -> str:
    return (reply.body.phone if reply.body else "") or centre.phone

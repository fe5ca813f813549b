"""The card of the centre, its library of acts, consents of those who take part by agreement."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.events import CentreCardChanged, ConsentNoted, LegalActKept
from otklik.directory.organisation.models import Body, LegalAct, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import ActLevel, CentreForm, Permission
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

LEGAL_ACT = "legal_act"


def save_centre_card(
    *,
    access: Access,
    name: str,
    form: CentreForm,
    operator: Body | None = None,
    legal_basis: str = "",
    established_on: date | None = None,
) -> Municipality:
    """What the centre is (ust-kubinsky:1.2, pereslavl:order.2, 1.2); reports and the portal say it.

    Raises Refused without a name, for an operator from elsewhere, and for powers given to an
    institution that is not named.
    """
    access = access.require(Permission.ORGANISE)
    if not name.strip():
        raise Refused("У центра нет названия.", "Впишите название из положения.")
    if form == CentreForm.INSTITUTION and operator is None:
        raise Refused(
            "Не выбрано учреждение, наделённое полномочиями центра.", "Выберите его из списка."
        )
    if operator is not None and operator.municipality_id != access.municipality_id:
        raise Refused("Учреждение из другого муниципалитета.", "Выберите его из своего списка.")
    with transaction.atomic():
        place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
        place.centre_name, place.centre_form_kind = name.strip(), form
        place.operator, place.legal_basis = operator, legal_basis.strip()
        place.established_on = established_on
        place.save()
        event = CentreCardChanged(
            subject_id=place.pk,
            form=str(CentreForm(form).label),
            operator=str(operator or ""),
            legal_basis=place.legal_basis,
        )
        record(event, actor=access.actor, municipality_id=place.pk)
    return place


def keep_legal_act(
    *,
    access: Access,
    level: ActLevel,
    title: str,
    number: str,
    issued_on: date,
    issuer: str = "",
    edition: str = "",
    in_force_from: date | None = None,
    in_force_until: date | None = None,
    url: str = "",
    note: str = "",
    file: tuple[str, bytes] | None = None,
) -> LegalAct:
    """Add an act to the library (tuapse:1.8, dedovichi:5).

    Raises Conflict when it is there, Refused when it ends before it begins.
    """
    _check_term(in_force_from, in_force_until)
    if not access.allows(Permission.SET_UP):
        access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        _check_new(access.municipality_id, number, issued_on)
        act = LegalAct.objects.create(
            municipality_id=access.municipality_id,
            level=level,
            title=title.strip(),
            number=number.strip(),
            issued_on=issued_on,
            issuer=issuer.strip(),
            edition=edition.strip(),
            in_force_from=in_force_from,
            in_force_until=in_force_until,
            url=url,
            note=note.strip(),
        )
        if file:
            store(
                municipality_id=access.municipality_id,
                file_name=file[0],
                content=file[1],
                subject=LEGAL_ACT,
                subject_id=act.pk,
            )
        event = LegalActKept(subject_id=act.pk, act=str(act))
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return act


def _check_new(municipality_id: int, number: str, issued_on: date) -> None:
    rows = LegalAct.objects.filter(municipality_id=municipality_id)
    if rows.filter(number=number.strip(), issued_on=issued_on).exists():
        raise Conflict(
            f"Акт №\u00a0{number} от {issued_on:%d.%m.%Y} уже в библиотеке.",
            "Найдите его в списке.",
        )


def _check_term(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Refused("Акт перестаёт действовать раньше, чем начинает.", "Исправьте дни.")


def note_consent(*, access: Access, body: Body, consented_on: date, document: str) -> Body:
    """A body takes part by its own consent, given on a day (tuapse:app1.10).

    Raises Refused for a day ahead.
    """
    access = access.require(Permission.ORGANISE)
    place = Municipality.objects.get(pk=access.municipality_id)
    if consented_on > clock.today(place.tz):
        raise Refused("День согласия ещё не наступил.", "Укажите дату документа о согласии.")
    with transaction.atomic():
        saved = Body.objects.select_for_update().get(
            pk=body.pk, municipality_id=access.municipality_id
        )
        saved.consented_on, saved.consent_document = consented_on, document.strip()
        saved.save(update_fields=["consented_on", "consent_document"])
        event = ConsentNoted(
            subject_id=saved.pk,
            body=saved.name,
            consented_on=consented_on,
            document=saved.consent_document,
        )
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved

"""The card of the centre, consents of those who take part by agreement."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.organisation.events import CentreCardChanged, ConsentNoted
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import CentreForm, Permission
from otklik.records.journal.actions import record


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

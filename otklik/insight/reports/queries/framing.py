"""Who writes papers of the centre, and to whom."""

from __future__ import annotations

from datetime import date

from otklik.directory.organisation.models import Municipality, Role
from otklik.directory.organisation.queries import centre_line
from otklik.insight.reports.queries.notes import own_settings
from otklik.insight.reports.rules.composing import Frame

SIGNER = "Руководитель муниципального центра управления"
HEAD_ROLE = "head"


def frame_of(
    town: Municipality, since: date, until: date, *, recipient: str = "", scope: str = ""
) -> Frame:
    """One statement beside those of the centre's name."""
    return Frame(
        organisation=town.name,
        centre=town.centre_name or town.name,
        addressee=recipient or addressee_of(town),
        signer=signer_of(town),
        since=since,
        until=until,
        scope=scope,
        card=centre_line(town),
    )


def addressee_of(town: Municipality) -> str:
    """To whom papers of the centre go."""
    own = str(own_settings(town).get("addressee", "")).strip()
    return own or f"Главе {town.name_genitive or town.name}"


def signer_of(town: Municipality) -> str:
    """Whose signature stands under papers of the centre."""
    own = str(own_settings(town).get("signer", "")).strip()
    if own:
        return own
    head = Role.objects.filter(municipality=town, slug=HEAD_ROLE).first()
    return head.label if head else SIGNER

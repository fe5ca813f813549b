"""Forms of centres as regulations write them."""

from __future__ import annotations

from otklik.directory.organisation.vocabulary import CentreForm

_WORDS = (
    ("проектн", CentreForm.PROJECT_OFFICE),
    ("коллегиальн", CentreForm.COLLEGIAL),
    ("рабочая группа", CentreForm.WORKING_GROUP),
    ("учреждени", CentreForm.INSTITUTION),
)


def form_kind(form: str) -> CentreForm | str:
    """The form of the list that the words of a regulation mean; the first named wins, or none."""
    found = [(place, kind) for word, kind in _WORDS if (place := form.lower().find(word)) >= 0]
    return min(found)[1] if found else ""

"""The same small centre as that of the record of errors."""

from otklik.casework.quality.tests.conftest import (  # noqa: F401
    chief,
    housing,
    liaison,
    make_appeal,
    roads,
    system,
    town,
)

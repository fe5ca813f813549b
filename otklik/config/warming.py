"""What a process of the web program does before its first page, so that no page waits for it."""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.utils import get_app_template_dirs
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from otklik.directory.calendars.rules.federal import federal_days
from otklik.language.lemmas import analyser
from otklik.language.masking.tagger import people
from otklik.language.urgency import alarms

LATE = ("otklik.language.classifier.model", "django.conf.locale.ru.formats")
"""Modules that are loaded when they are first needed."""


def warm() -> None:
    """Load the screens, their templates and parts, the calendar of the country, the
    dictionary of the language and its reader of names.

    What is loaded once is never garbage: full collections would walk it in the middle of a
    request. Asks nothing of the database.
    """
    for name in LATE:
        import_module(name)
    reverse("desk:appeals")
    gettext("Yes")
    federal_days()
    analyser()
    # The words it looks for are gathered at the first text.
    alarms("Прорвало трубу.")
    people([["Иван"]])
    _gather()
    _compile_templates()
    gc.collect()
    gc.freeze()


def _gather() -> None:
    """What screens are put together of: parts of the card, indicators, kinds of papers."""
    from otklik.insight.reports.catalogue import kinds
    from otklik.web.desk.appeals.panels import PANELS
    from otklik.web.look.catalogue import by_slug

    for name in PANELS:
        import_string(name)
    by_slug()
    kinds()


def _compile_templates() -> None:
    own: Any = settings.TEMPLATES[0]["DIRS"]
    folders = [*own, *get_app_template_dirs("templates")]
    for folder in map(Path, folders):
        if folder.is_relative_to(settings.PACKAGE):
            for file in folder.rglob("*.html"):
                engines["django"].get_template(str(file.relative_to(folder)))

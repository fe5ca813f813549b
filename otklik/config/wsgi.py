"""The web program, for granian or any WSGI server."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
application = get_wsgi_application()
# Loaded late by commands; a page should not wait for it.
import_module("otklik.language.classifier.model")
# What is loaded once is never garbage: full collections would walk it in the middle of a request.
gc.collect()
gc.freeze()

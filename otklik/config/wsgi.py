"""The web program, for granian or any WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
application = get_wsgi_application()

from otklik.config.warming import warm  # noqa: E402  # settings are read by now

warm()

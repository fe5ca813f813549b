"""The web program, for granian or any WSGI server."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
application = get_wsgi_application()
# What is loaded once is never garbage: full collections would walk it in the middle of a request.
gc.collect()
gc.freeze()

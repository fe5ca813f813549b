"""The app of the door."""

from __future__ import annotations

from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "otklik.web.hooks"
    label = "hooks"
    verbose_name = "Приём событий"

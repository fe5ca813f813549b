"""Django app of the look: templates, styles and scripts shared by every page."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "otklik.web.look"
    label = "look"
    verbose_name = "Оформление"

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "otklik.coordination.opendata"
    label = "opendata"
    verbose_name = "Открытые тексты"

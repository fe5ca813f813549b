from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "otklik.directory.territory"
    label = "territory"
    verbose_name = "Территория"

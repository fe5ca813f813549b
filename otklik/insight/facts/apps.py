from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "otklik.insight.facts"
    label = "facts"
    verbose_name = "Факты"

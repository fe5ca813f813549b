from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "otklik.insight.growth"
    label = "growth"
    verbose_name = "Причины роста"

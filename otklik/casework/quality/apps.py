from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "otklik.casework.quality"
    label = "quality"
    verbose_name = "Качество работы"

from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "otklik.casework.satisfaction"
    label = "satisfaction"
    verbose_name = "Оценки"

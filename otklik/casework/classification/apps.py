from django.apps import AppConfig


class ClassificationConfig(AppConfig):
    name = "otklik.casework.classification"
    label = "classification"
    verbose_name = "Определение темы"

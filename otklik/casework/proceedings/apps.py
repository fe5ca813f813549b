from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "otklik.casework.proceedings"
    label = "proceedings"
    verbose_name = "Производство по 59-ФЗ"

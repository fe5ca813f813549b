from django.apps import AppConfig


class FormalisingConfig(AppConfig):
    name = "otklik.casework.formalising"
    label = "formalising"
    verbose_name = "Формализация обращений"

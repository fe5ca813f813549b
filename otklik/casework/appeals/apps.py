from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "otklik.casework.appeals"
    label = "appeals"
    verbose_name = "Обращения"

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "otklik.casework.problems"
    label = "problems"
    verbose_name = "Массовые проблемы"

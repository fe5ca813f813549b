from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "otklik.casework.intake"
    label = "intake"
    verbose_name = "Приём"

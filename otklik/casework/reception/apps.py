from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "otklik.casework.reception"
    label = "reception"
    verbose_name = "Личный приём"

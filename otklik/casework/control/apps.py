from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "otklik.casework.control"
    label = "control"
    verbose_name = "Контроль сроков"

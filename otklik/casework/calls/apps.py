from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "otklik.casework.calls"
    label = "calls"
    verbose_name = "Звонки"

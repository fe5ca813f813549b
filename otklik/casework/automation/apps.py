from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "otklik.casework.automation"
    label = "automation"
    verbose_name = "Автоправила"

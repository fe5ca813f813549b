from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "otklik.web.desk"
    label = "desk"
    verbose_name = "Рабочее место"

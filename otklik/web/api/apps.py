from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "otklik.web.api"
    label = "api"
    verbose_name = "Дверь для программ"

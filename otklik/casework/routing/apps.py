from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "otklik.casework.routing"
    label = "routing"
    verbose_name = "Маршруты"

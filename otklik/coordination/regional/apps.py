from django.apps import AppConfig


class RegionalConfig(AppConfig):
    name = "otklik.coordination.regional"
    label = "regional"
    verbose_name = "Обмен с ЦУР"

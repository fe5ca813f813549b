from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "otklik.coordination.returns"
    label = "returns"
    verbose_name = "Отчёты исполнителей"

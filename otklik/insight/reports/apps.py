from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "otklik.insight.reports"
    label = "reports"
    verbose_name = "Записки и отчёты"

from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "otklik.insight.workload"
    label = "workload"
    verbose_name = "Занятость"

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "otklik.directory.approvals"
    label = "approvals"
    verbose_name = "Согласования"

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "otklik.records.journal"
    label = "journal"
    verbose_name = "Журнал"

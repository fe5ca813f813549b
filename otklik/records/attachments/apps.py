from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "otklik.records.attachments"
    label = "attachments"
    verbose_name = "Файлы"

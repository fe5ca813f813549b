from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "otklik.directory.programs"
    label = "programs"
    verbose_name = "Доступ программ"

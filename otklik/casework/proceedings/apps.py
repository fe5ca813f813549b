from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProceedingsConfig(AppConfig):
    name = "otklik.casework.proceedings"
    label = "proceedings"
    verbose_name = "Производство по 59-ФЗ"

    def ready(self) -> None:
        post_migrate.connect(_install_builtin, sender=self)


def _install_builtin(**_: object) -> None:
    from otklik.casework.proceedings.actions import install_builtin_grounds

    install_builtin_grounds()

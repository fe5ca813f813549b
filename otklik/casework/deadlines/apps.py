from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeadlinesConfig(AppConfig):
    name = "otklik.casework.deadlines"
    label = "deadlines"
    verbose_name = "Сроки"

    def ready(self) -> None:
        post_migrate.connect(_install_builtin_rules, sender=self)


def _install_builtin_rules(**_: object) -> None:
    from otklik.casework.deadlines.actions import install_builtin_rules

    install_builtin_rules()

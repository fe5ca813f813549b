from django.apps import AppConfig


class OtklikConfig(AppConfig):
    name = "otklik.config"
    label = "otklik"
    verbose_name = "Отклик"

    def ready(self) -> None:
        from otklik.config.wiring import load_reactions

        load_reactions()

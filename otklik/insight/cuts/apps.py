from django.apps import AppConfig


class CutsConfig(AppConfig):
    name = "otklik.insight.cuts"
    label = "cuts"
    verbose_name = "Сводный анализ"

from django.apps import AppConfig


class HeatmapConfig(AppConfig):
    name = "otklik.insight.heatmap"
    label = "heatmap"
    verbose_name = "Тепловая карта"

from django.apps import AppConfig


class LikenessConfig(AppConfig):
    name = "otklik.casework.likeness"
    label = "likeness"
    verbose_name = "Похожие обращения"

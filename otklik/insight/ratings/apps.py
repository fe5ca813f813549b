from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "otklik.insight.ratings"
    label = "ratings"
    verbose_name = "Рейтинги"

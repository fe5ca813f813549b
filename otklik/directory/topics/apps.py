from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "otklik.directory.topics"
    label = "topics"
    verbose_name = "Темы"

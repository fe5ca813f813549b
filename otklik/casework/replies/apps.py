from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "otklik.casework.replies"
    label = "replies"
    verbose_name = "Ответы"

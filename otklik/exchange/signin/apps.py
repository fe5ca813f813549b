from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "otklik.exchange.signin"
    label = "signin"
    verbose_name = "Вход через внешние системы"

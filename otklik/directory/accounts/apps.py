from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "otklik.directory.accounts"
    label = "accounts"
    verbose_name = "Учётные записи"

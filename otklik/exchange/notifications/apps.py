from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "otklik.exchange.notifications"
    label = "notifications"
    verbose_name = "Извещения"

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "otklik.exchange.channels"
    label = "channels"
    verbose_name = "Каналы"

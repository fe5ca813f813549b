from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "otklik.coordination.webhooks"
    label = "webhooks"
    verbose_name = "Оповещения программ"

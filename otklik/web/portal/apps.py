from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "otklik.web.portal"
    label = "portal"
    verbose_name = "Сайт для жителей"

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "otklik.directory.organisation"
    label = "organisation"
    verbose_name = "Организация"

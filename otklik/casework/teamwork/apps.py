from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    name = "otklik.casework.teamwork"
    label = "teamwork"
    verbose_name = "Совместная работа"

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "otklik.insight.assessments"
    label = "assessments"
    verbose_name = "Оценки"

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "otklik.casework.consultations"
    label = "consultations"
    verbose_name = "Мероприятия ПОС"

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "otklik.directory.calendars"
    label = "calendars"
    verbose_name = "Производственный календарь"

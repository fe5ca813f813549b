from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "otklik.coordination.tasks"
    label = "tasks"
    verbose_name = "Поручения"

from django.apps import AppConfig


class AnswerConfig(AppConfig):
    name = "otklik.web.answer"
    label = "answer"
    verbose_name = "Ответ по ссылке"

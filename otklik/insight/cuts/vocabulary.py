"""Words of the summary analysis: by what cases are cut, and what is counted."""

from __future__ import annotations

from django.db import models


class Dimension(models.TextChoices):
    TOPIC = "topic", "тема"
    TOPIC_GROUP = "topic_group", "группа тем"
    THEME = "theme", "социально значимая тематика"
    BODY = "body", "исполнитель"
    BLOCK = "block", "блок"
    ADDRESSEE = "addressee", "кому адресовано"
    CHANNEL = "channel", "канал"
    SETTLEMENT = "settlement", "населённый пункт"
    DISTRICT = "district", "территориальный орган"
    APPLICANT_KIND = "applicant_kind", "кто обратился"
    KIND = "kind", "вид обращения"
    REGIME = "regime", "порядок рассмотрения"
    STATUS = "status", "состояние"
    RESULT = "result", "результат"
    REPETITION = "repetition", "повторность"
    TERM = "term", "дней до ответа"
    SCORE = "score", "оценка"
    WEEKDAY = "weekday", "день недели"
    DAY = "day", "день"
    WEEK = "week", "неделя"
    MONTH = "month", "месяц"
    QUARTER = "quarter", "квартал"
    YEAR = "year", "год"


PERIODS = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR)
ORDERED = (Dimension.TERM, Dimension.SCORE, Dimension.WEEKDAY)
"""Keys that stand in their own order, whatever is counted."""


class Term(models.TextChoices):
    """Days of the calendar from registration to the answer."""

    SHORT = "1", "до 15 дней"
    MIDDLE = "2", "от 16 до 30 дней"
    LONG = "3", "свыше 30 дней"


class Against(models.TextChoices):
    """With what the period is compared."""

    PREVIOUS = "previous", "с прошлым периодом"
    YEAR = "year", "с тем же периодом год назад"
    NOTHING = "nothing", "не сравнивать"


class Share(models.TextChoices):
    """Counts as they are, or as a percentage."""

    NONE = "", "числами"
    ROW = "row", "в процентах строки"
    COLUMN = "column", "в процентах столбца"
    TOTAL = "total", "в процентах итога"


class Picture(models.TextChoices):
    BARS = "bars", "столбики"
    LINES = "lines", "линии"
    STACKED = "stacked", "столбики с накоплением"
    HEAT = "heat", "тепловая таблица"


class Rolling(models.TextChoices):
    """The period of a saved cut, counted from the day it is opened."""

    FIXED = "", "указанные даты"
    WEEK = "week", "прошлая неделя"
    MONTH = "month", "прошлый месяц"
    QUARTER = "quarter", "прошлый квартал"
    YEAR = "year", "с начала года"
    DAYS30 = "days30", "последние 30 дней"


class Audience(models.TextChoices):
    """Who may open a saved cut; whoever opens it counts with his own right."""

    OWN = "own", "только я"
    ALL = "all", "все, у кого есть право на анализ"
    ROLE = "role", "роль"
    PERSONS = "persons", "названные сотрудники"


class SupplyForm(models.TextChoices):
    """The file a frozen cut is supplied in; small numbers are hidden in all of them."""

    XLSX = "xlsx", "таблица XLSX"
    CSV = "csv", "файл CSV"
    DOCX = "docx", "документ DOCX"
    PDF = "pdf", "документ PDF"
    PNG = "png", "диаграмма PNG"
    GEOJSON = "geojson", "слой карты GeoJSON"


class Measure(models.TextChoices):
    """What is counted among cases received in the period."""

    RECEIVED = "received", "поступило"
    ANSWERED = "answered", "дан ответ"
    IN_WORK = "in_work", "в работе"
    OVERDUE = "overdue", "просрочено"
    IN_TIME = "in_time", "исполнено в срок"
    LATE = "late", "исполнено с нарушением срока"
    IN_TIME_SHARE = "in_time_share", "доля исполненных в срок"
    REPEATED = "repeated", "повторных"
    REOPENED = "reopened", "возобновлено"
    AVERAGE_DAYS = "average_days", "дней до ответа в среднем"
    SCORED = "scored", "оценок жителей"
    SCORE = "score", "средняя оценка"


MEANS = (Measure.IN_TIME_SHARE, Measure.AVERAGE_DAYS, Measure.SCORE)
"""Measures that do not add up: a total is counted, never summed."""


class Counted(models.TextChoices):
    """Appeals and questions are counted separately: one appeal may hold several questions."""

    APPEALS = "appeals", "обращения"
    QUESTIONS = "questions", "вопросы"

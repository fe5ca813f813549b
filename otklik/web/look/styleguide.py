"""Sample data of the style guide: every component with invented but lifelike content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

BASES = {
    "desk": "look/base_desk.html",
    "portal": "look/base_portal.html",
    "bare": "look/base_bare.html",
}
MENU = (
    ("Сегодня", "sun", "KeyT"),
    ("Обращения", "inbox", "KeyO"),
    ("Ответы", "message-2", "KeyR"),
    ("Контроль", "clock-hour-4", "KeyC"),
    ("Сводка", "chart-bar", "KeyS"),
    ("Карта", "map-2", "KeyM"),
    ("Рейтинг", "trophy", ""),
    ("Записка", "file-text", ""),
    ("Импорт", "upload", ""),
    ("Журнал", "history", ""),
    ("Настройки", "settings", ""),
)
SQUARE = ((33.90, 56.90), (34.10, 56.88), (34.16, 56.99), (34.02, 57.04), (33.88, 57.00))


class SampleForm(forms.Form):
    """The fields a citizen sees, of every kind."""

    lat = forms.CharField(label="Широта", required=False)
    lon = forms.CharField(label="Долгота", required=False)
    name = forms.CharField(label="Фамилия, имя, отчество", help_text="Отчество — если оно есть.")
    email = forms.EmailField(label="Электронная почта")
    topic = forms.ChoiceField(
        label="О чём обращение",
        choices=[("", "Выберите тему"), ("roads", "Дороги"), ("yards", "Дворы")],
    )
    answer = forms.ChoiceField(
        label="Как прислать ответ",
        widget=forms.RadioSelect,
        initial="mail",
        choices=[("mail", "На электронную почту"), ("post", "Письмом по почтовому адресу")],
    )
    text = forms.CharField(label="Текст обращения", widget=forms.Textarea(attrs={"rows": 5}))
    photos = forms.FileField(
        label="Фотографии и документы",
        required=False,
        help_text="До 10 файлов, каждый не больше 20 МБ.",
    )
    agree = forms.BooleanField(label="Согласен на обработку персональных данных")


def context(now: datetime, door: str = "desk") -> dict[str, Any]:
    """Everything look/styleguide.html needs; `door` is desk, portal or bare; `now` is aware."""
    bad_form = SampleForm(
        {"name": "Петрова Вера Львовна", "email": "vera@", "answer": "mail"}, auto_id="bad_%s"
    )
    return {
        "base": BASES.get(door, BASES["desk"]),
        "title": "Образцы оформления",
        "subtitle": "Все составные части страниц с примерами",
        "place_name": "Заречный округ",
        "home_url": "#",
        "search_url": "#",
        "menu": menu(door),
        "me": {
            "name": "Соколова Анна Игоревна",
            "role": "Оператор",
            "logout_url": "#",
            "links": [{"url": "#", "label": "Мой профиль", "icon": "user"}],
        },
        "contact_phone": "+7 (800) 100-00-00",
        "breadcrumbs": [{"label": "Обращения", "url": "#"}, {"label": "Образцы оформления"}],
        "door": door,
        "now": now,
        "form": SampleForm(),
        "filters": SampleForm(auto_id="filter_%s"),
        "bad_form": bad_form,
        "bad_fields": [
            bad_form["name"],
            bad_form["email"],
            bad_form["topic"],
            bad_form["text"],
            bad_form["agree"],
        ],
        **lists(now),
        **pictures(),
    }


def menu(door: str) -> list[dict[str, Any]]:
    """The whole menu of the desk or the short one of the portal."""
    if door == "portal":
        labels = ("Подать обращение", "Узнать о своём", "Карта", "Рейтинг")
        return [{"url": "#", "label": label, "active": label == "Карта"} for label in labels]
    counts = {"Обращения": 128, "Ответы": 7}
    return [
        {
            "url": "#",
            "label": label,
            "icon": icon,
            "key": key,
            "active": label == "Обращения",
            "count": counts.get(label),
        }
        for label, icon, key in MENU
    ]


def lists(now: datetime) -> dict[str, Any]:
    """Rows, tabs, story, checks, facts, files."""
    names = (
        "Яма на проезжей части у остановки",
        "Не вывозят мусор третий день",
        "Нет света на спортивной площадке",
    )
    return {
        **_entries(now),
        **_papers(),
        "rows": [
            {
                "number": f"ЗО-25/{140 + place}",
                "topic": topic,
                "place": f"ул. Садовая, д. {place * 7 + 3}",
                "left": left,
                "due": now + timedelta(days=left),
            }
            for place, (topic, left) in enumerate(zip(names, (-2, 0, 5), strict=True))
        ],
        "chips": [{"label": "Срок: на этой неделе", "url": "#"}, {"label": "Дороги", "url": "#"}],
        "tab_items": [
            {"label": "Обращение", "url": "#", "active": True},
            {"label": "Ответы", "url": "#", "count": 2},
            {"label": "История", "url": "#", "count": 14},
        ],
    }


def _entries(now: datetime) -> dict[str, Any]:
    """The story of an invented case."""
    return {
        "entries": [
            {
                "at": now - timedelta(hours=1),
                "title": "Ответ отправлен на согласование",
                "actor": "Соколова А. И.",
                "icon": "send",
                "tone": "accent",
            },
            {
                "at": now - timedelta(hours=5),
                "title": "Исполнитель подготовил ответ",
                "actor": "Управление дорог",
                "icon": "writing",
                "text": "Яма засыпана и закатана горячим асфальтом. Фотографии приложены.",
            },
            {
                "at": now - timedelta(days=2),
                "title": "Назначен исполнитель",
                "actor": "Соколова А. И.",
                "icon": "route",
            },
            {
                "at": now - timedelta(days=3),
                "title": "Обращение зарегистрировано",
                "actor": "Портал",
                "icon": "inbox",
                "tone": "ok",
            },
        ],
    }


def _papers() -> dict[str, Any]:
    """Checks, facts and files of an invented case."""
    return {
        "checks": [
            {"label": "Ответ по каждому вопросу", "done": True},
            {
                "label": "Подпись руководителя",
                "done": False,
                "hint": "Подписывает глава округа",
                "url": "#",
                "link": "Отправить на подпись",
            },
            {"label": "Проверка вложений", "done": None},
        ],
        "pairs": [
            ("Заявитель", "Иванова Мария Петровна"),
            ("Адрес", "ул. Садовая, д. 17"),
            ("Телефон", ""),
        ],
        "file_items": [
            {"name": "Двор до ремонта.jpg", "kind": "image", "size": 2411724, "url": "#"},
            {"name": "Акт осмотра.pdf", "kind": "pdf", "size": 184320, "url": "#"},
            {
                "name": "архив.zip",
                "size": 900,
                "blocked": True,
                "note": "не прошёл проверку на вирусы",
            },
        ],
    }


def pictures() -> dict[str, Any]:
    """A map of an invented district and two charts."""
    points = (
        (33.98, 56.95, "danger", "Яма на дороге"),
        (34.03, 56.97, "warn", "Мусор"),
        (34.07, 56.93, "", "Освещение"),
    )
    base = [
        feature("Polygon", [[*SQUARE, SQUARE[0]]], kind="boundary"),
        feature(
            "LineString",
            [(33.88, 56.97), (33.99, 56.955), (34.06, 56.96), (34.15, 56.94)],
            kind="water",
        ),
        feature("LineString", [(33.92, 56.90), (33.99, 56.95), (34.05, 57.02)], kind="road"),
        feature("Point", (34.0, 56.955), kind="place", name="Заречье"),
    ]
    days = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    return {
        "map_data": {
            "center": [34.02, 56.96],
            "zoom": 9.8,
            "base": {"type": "FeatureCollection", "features": base},
            "features": {
                "type": "FeatureCollection",
                "features": [
                    feature("Point", (lon, lat), id=place, title=title, tone=tone, url="#")
                    for place, (lon, lat, tone, title) in enumerate(points)
                ],
            },
        },
        "option": {
            "xAxis": {"type": "category", "data": days},
            "yAxis": {"type": "value"},
            "series": [
                {
                    "type": "bar",
                    "name": "Поступило",
                    "data": [1240, 1180, 1320, 990, 1410, 420, 380],
                },
                {
                    "type": "bar",
                    "name": "Отвечено",
                    "data": [1100, 1210, 1190, 1050, 1290, 300, 260],
                },
            ],
        },
        "option_rows": list(zip(days, (1240, 1180, 1320, 990, 1410, 420, 380), strict=True)),
    }


def feature(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """One GeoJSON feature."""
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": properties,
    }

"""What can be set: one entry per page, shown to those who hold its right."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@dataclass(frozen=True)
class Section:
    """`url_name` stands in the namespace `desk`; `about` says what the page is for."""

    url_name: str
    label: str
    about: str
    icon: str
    permission: Permission


PEOPLE: tuple[Section, ...] = (
    Section(
        "centre_card",
        "Карточка центра",
        "Форма, учреждение-оператор и правовое основание.",
        "certificate",
        Permission.ORGANISE,
    ),
    Section(
        "composition",
        "Состав и закрепление",
        "Состав на любой день, предложения, утверждение актом, должностные инструкции.",
        "users",
        Permission.ORGANISE,
    ),
    Section(
        "library",
        "Библиотека актов",
        "Правовые акты, которым следует центр; на них ссылаются сроки и ответы.",
        "archive",
        Permission.ORGANISE,
    ),
    Section(
        "structure",
        "Структура",
        "Органы и организации: кто кому подчинён.",
        "building",
        Permission.ORGANISE,
    ),
    Section(
        "blocks",
        "Отраслевые блоки",
        "Направления, руководители и участники блоков.",
        "layout-dashboard",
        Permission.ORGANISE,
    ),
    Section(
        "themes",
        "Социально значимые тематики",
        "Список тематик, блоки на них и темы каждой.",
        "tag",
        Permission.ORGANISE,
    ),
    Section(
        "roles",
        "Роли",
        "Какие у роли права и откуда они взяты.",
        "shield-lock",
        Permission.ORGANISE,
    ),
    Section(
        "people",
        "Сотрудники и назначения",
        "Кто в какой роли и до какого дня; замещение на время отсутствия.",
        "users",
        Permission.ORGANISE,
    ),
    Section(
        "doors",
        "Вход через внешнюю систему",
        "Учётные записи организации (OpenID Connect) и Госуслуги: кого пускать и с какой ролью.",
        "lock",
        Permission.ORGANISE,
    ),
    Section(
        "regulations",
        "Положение",
        "Действующее положение, прежние редакции и то, что оно оставило открытым.",
        "file-text",
        Permission.ORGANISE,
    ),
)
WORK: tuple[Section, ...] = (
    Section(
        "channels",
        "Каналы",
        "Почта и другие каналы: подключение, проверка, состояние.",
        "mail",
        Permission.SET_UP,
    ),
    Section(
        "addressees",
        "Адресаты",
        "Чей это ящик или аккаунт: кому из органов и должностных лиц пишут граждане.",
        "building",
        Permission.SET_UP,
    ),
    Section(
        "programs",
        "Доступ программ",
        "Ключи порталов и колл-центров, их права и оповещения о новостях.",
        "robot",
        Permission.SET_UP,
    ),
    Section(
        "embedding",
        "Форма на других сайтах",
        "Код формы для чужого сайта; кнопка и опросы ПОС на портале.",
        "world",
        Permission.SET_UP,
    ),
    Section(
        "routing",
        "Распределение",
        "Кому поручать обращение по теме и месту.",
        "route",
        Permission.SET_UP,
    ),
    Section(
        "terms",
        "Сроки",
        "Сроки закона, каналов и ваши собственные, по редакциям.",
        "clock",
        Permission.SET_UP,
    ),
    Section(
        "law_orders",
        "Решения по 59-ФЗ",
        "Основания, сроки и тексты уведомлений; что считать повторным; письма по почте.",
        "scale",
        Permission.SET_UP,
    ),
    Section(
        "escalation",
        "Напоминания о сроках",
        "Кому и за сколько напоминать, утренняя сводка и тихие часы.",
        "bell",
        Permission.SET_UP,
    ),
    Section(
        "calendar",
        "Календарь",
        "Выходные, переносы и часы работы, по которым считаются сроки.",
        "calendar",
        Permission.SET_UP,
    ),
    Section(
        "approval",
        "Согласование",
        "Кто согласует и подписывает ответ, по шагам.",
        "circle-check",
        Permission.SET_UP,
    ),
    Section(
        "norms",
        "Нормы работы",
        "За сколько дней принимают поручение и какой длины ответ в соцсети.",
        "adjustments",
        Permission.SET_UP,
    ),
    Section(
        "protection",
        "Защита информации",
        "Требования, их состояние сейчас и что сделать; сеансы, пароли, второй фактор, сроки.",
        "shield-lock",
        Permission.SET_UP,
    ),
    Section(
        "topics",
        "Темы",
        "Классификатор и обучение подсказок.",
        "tag",
        Permission.SET_UP,
    ),
    Section(
        "samples",
        "Шаблоны ответов",
        "Заготовки ответов по темам и каналам.",
        "file-text",
        Permission.SET_UP,
    ),
    Section(
        "rating_weights",
        "Веса рейтинга",
        "Веса частей по системам, наименьшая выборка и группы равных.",
        "trophy",
        Permission.SET_UP,
    ),
)


def offered(access: Access) -> list[tuple[str, list[dict[str, str]]]]:
    """Groups of entries that this person may open."""
    groups = (("Люди и структура", PEOPLE), ("Порядок работы", WORK))
    return [
        (title, shown)
        for title, sections in groups
        if (shown := [_entry(one) for one in sections if access.may(one.permission)])
    ]


def _entry(section: Section) -> dict[str, str]:
    return {
        "url": reverse(f"desk:{section.url_name}"),
        "label": section.label,
        "about": section.about,
        "icon": section.icon,
    }

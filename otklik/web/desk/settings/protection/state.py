"""The requirements of protection of information and how each of them stands at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from otklik.base import clock
from otklik.casework.intake.queries import kept_too_long
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import Door, door_of
from otklik.directory.organisation.vocabulary import SecondFactor
from otklik.exchange.channels.queries import sealed_secrets
from otklik.language.wording import counted
from otklik.records.journal.queries import last_seals, reads_of, waiting_entries
from otklik.web.desk.settings.protection import machine

PEOPLE = ("сотрудник", "сотрудника", "сотрудников")
ENTRIES = ("запись", "записи", "записей")
YEARS = ("год", "года", "лет")
STALE = timedelta(hours=2)
"""How long entries may wait for a seal: sealing runs every five minutes."""
VERDICTS = {"done": "выполнено", "warn": "требует внимания", "danger": "не выполнено"}


@dataclass(frozen=True)
class Demand:
    """One requirement. `tone`: done, warn, danger; `mend` is empty when nothing is to be done."""

    slug: str
    title: str
    demand: str
    state: list[str]
    tone: str = "done"
    mend: str = ""
    url: str = ""
    link: str = ""
    people: list[Account] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return VERDICTS[self.tone]


def demands(place: Municipality) -> list[Demand]:
    """All requirements of the centre, computed now (ust-kubinsky:4.6.a.2, dedovichi:14.3)."""
    now = clock.now()
    door = door_of(place, now)
    return [
        _accounts(door),
        _personal(door),
        _factor(door, place),
        _passwords(place),
        _sessions(place),
        _reads(place, now),
        _journal(place, now),
        _door(),
        _database(),
        _secrets(place),
        _retention(place, now),
    ]


def _accounts(door: Door) -> Demand:
    trouble = {one.pk: one for one in (*door.without_role, *door.idle)}
    return Demand(
        "accounts",
        "Учётные записи и права по ролям",
        "Входят только те, у кого есть роль; забытые записи отключены.",
        [
            f"Действуют: {len(door.active)}, отключены: {len(door.blocked)}",
            f"Без действующей роли: {len(door.without_role)}",
            f"Не входили больше 90 дней: {len(door.idle)}",
        ],
        "warn" if trouble else "done",
        "Отключите вход тем, кто больше не работает, или назначьте роль." if trouble else "",
        reverse("desk:people"),
        "Сотрудники и назначения",
        list(trouble.values()),
    )


def _personal(door: Door) -> Demand:
    return Demand(
        "personal",
        "Доступ к персональным данным",
        "Данные заявителей видят только те, кому они нужны по роли.",
        [f"Видят данные заявителей: {counted(len(door.before_personal), PEOPLE)}"],
        "done" if door.before_personal else "warn",
        "" if door.before_personal else "Ни у кого нет этого права: обращения некому вести.",
        reverse("desk:roles"),
        "Права ролей",
        door.before_personal,
    )


def _factor(door: Door, place: Municipality) -> Demand:
    lacking = {one.pk for one in door.without_factor}
    late = [one for one in door.demanded if one.pk in lacking]
    off = place.second_factor == SecondFactor.NONE
    mend = "Потребуйте второй фактор хотя бы от тех, кто видит персональные данные." if off else ""
    if late:
        mend = "Им не откроется рабочее место, пока не подключат одноразовые коды."
    return Demand(
        "factor",
        "Второй фактор при входе",
        "Кроме пароля нужен одноразовый код.",
        [
            f"Требуется: {SecondFactor(place.second_factor).label}",
            f"Входят без второго фактора: {counted(len(lacking), PEOPLE)}",
            *([f"Из них обязаны подключить: {len(late)}"] if late else []),
        ],
        "warn" if off or late else "done",
        mend,
        "#rules",
        "Изменить требование",
        late or door.without_factor,
    )


def _passwords(place: Municipality) -> Demand:
    weak = place.password_length < 12
    return Demand(
        "passwords",
        "Пароли",
        "Длинные, не из списка частых, не похожие на имя и почту, не из одних цифр.",
        [
            f"Не короче {place.password_length} знаков",
            "После пяти ошибок за пять минут вход закрывается",
        ],
        "warn" if weak else "done",
        "Поднимите длину до 12 знаков: она проверится при следующей смене." if weak else "",
        "#rules",
        "Изменить длину",
    )


def _sessions(place: Municipality) -> Demand:
    long = place.idle_minutes > 60
    return Demand(
        "sessions",
        "Сеансы",
        "Оставленное рабочее место закрывается само.",
        [
            f"Предел сеанса — {place.session_hours} ч",
            f"Выход без работы — через {place.idle_minutes} мин",
        ],
        "warn" if long else "done",
        "Сократите выход без работы до часа или меньше." if long else "",
        "#rules",
        "Изменить сроки",
    )


def _reads(place: Municipality, now: datetime) -> Demand:
    seen = reads_of(place.pk).filter(read_at__gte=now - timedelta(days=30))
    readers = seen.order_by().values("account_id").distinct().count()
    return Demand(
        "reads",
        "Журнал доступа к персональным данным",
        "Каждый просмотр данных заявителя записан: кто, когда, чьи данные.",
        [f"За 30 дней: {counted(seen.count(), ENTRIES)}, читали {counted(readers, PEOPLE)}"],
        url=reverse("desk:journal-reads"),
        link="Просмотры",
    )


def _journal(place: Municipality, now: datetime) -> Demand:
    closed, last = machine.journal_closed(), last_seals(1).first()
    waiting, oldest = waiting_entries()
    late = oldest is not None and now - oldest > STALE
    until = f"{last.sealed_at.astimezone(place.tz):%d.%m.%Y %H:%M}" if last else "ещё не опечатан"
    mend = "Запустите обработчик заданий: он опечатывает журнал каждые пять минут." if late else ""
    if not closed:
        mend = "База разрешает правку журнала: восстановите её из копии и сообщите разработчикам."
    return Demand(
        "journal",
        "Журнал действий",
        "Записи нельзя изменить или удалить; подделка обнаружится по печатям.",
        [
            "Правка закрыта базой данных" if closed else "База не запрещает правку",
            f"Опечатан: {until}",
            f"Ждут печати: {counted(waiting, ENTRIES)}",
        ],
        "done" if closed and not late else "danger",
        mend,
        reverse("desk:journal-seals"),
        "Проверить печати",
    )


def _door() -> Demand:
    closed = machine.encrypted_door()
    return Demand(
        "door",
        "Шифрование при входе",
        "Сотрудники и жители открывают систему по HTTPS.",
        [f"Адрес системы: {settings.PUBLIC_URL}"],
        "done" if closed else "danger",
        ""
        if closed
        else "Поставьте перед программой сервер с сертификатом и задайте "
        "OTKLIK_PUBLIC_URL с https://.",
    )


def _database() -> Demand:
    closed, link = machine.database_link()
    disk = machine.disk_encrypted(Path(settings.DATA_DIR))
    said = {
        True: "папка данных лежит на зашифрованном томе",
        False: "том с папкой данных не зашифрован",
        None: "зашифрован ли том с папкой данных, программе не видно",
    }[disk]
    mend = "" if disk else "Зашифруйте том средствами системы или спросите владельца сервера."
    if not closed:
        mend = "Добавьте к DATABASE_URL параметр sslmode=verify-full."
    return Demand(
        "database",
        "Шифрование базы и файлов",
        "Данные не прочесть ни по дороге к базе, ни с вынутого диска.",
        [_sentence(link), _sentence(said)],
        "danger" if not closed else "done" if disk else "warn",
        mend,
    )


def _secrets(place: Municipality) -> Demand:
    closed, said = machine.key_closed()
    sealed, foreign = sealed_secrets(place.pk, settings.SECRET_KEY)
    mend = "" if closed else "Задайте OTKLIK_SECRET_KEY от 40 случайных знаков, файл закройте."
    if foreign:
        mend = "Введите пароли этих каналов заново: они зашифрованы другим ключом."
    return Demand(
        "secrets",
        "Пароли каналов и ключ",
        "Пароли почты и других систем хранятся зашифрованными.",
        [_sentence(said), f"Зашифровано паролей: {sealed}", f"Не открываются ключом: {foreign}"],
        "done" if closed and not foreign else "danger",
        mend,
        reverse("desk:channels"),
        "Каналы",
    )


def _retention(place: Municipality, now: datetime) -> Demand:
    kept = kept_too_long(place, now)
    mend = ""
    if kept.old_files:
        mend = "Запустите обработчик заданий: он удаляет старые файлы сам."
    elif kept.old_cases:
        mend = "Передайте список в экспертную комиссию: уничтожение оформляется её актом."
    return Demand(
        "retention",
        "Сроки хранения",
        "Данные хранятся не дольше, чем нужно (ст. 5 ч. 7 № 152-ФЗ).",
        [
            f"Файлы выгрузок: {place.upload_days} дн.",
            f"Файлов сейчас {kept.files}, просрочено {kept.old_files}",
            f"Обращения: {counted(place.case_years, YEARS)} после ответа",
            f"Обращений, у которых срок вышел: {kept.old_cases}",
        ],
        "warn" if mend else "done",
        mend,
        "#rules",
        "Изменить сроки",
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

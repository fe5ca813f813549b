"""Settings of a group's account."""

from __future__ import annotations

from pydantic import Field

from otklik.exchange.channels.connectors.social import SocialSettings

APPLICATION_SECRET, ACCESS_TOKEN = "application_secret", "access_token"
SESSION_SECRET, BOT_TOKEN = "session_secret", "bot_token"
SECRETS = {
    ACCESS_TOKEN: "Вечный ключ доступа (access_token)",
    SESSION_SECRET: "Секретный ключ сессии (session_secret_key)",
    APPLICATION_SECRET: "Секретный ключ приложения, если ключ сессии не выдан",
    BOT_TOKEN: "Ключ доступа к сообщениям группы",
}


class OkSettings(SocialSettings):
    """One group. Without `application_key` only its messages are read."""

    group_id: str = Field(pattern=r"^\d{5,20}$", title="Номер группы")
    application_key: str = Field(default="", max_length=64, title="Публичный ключ приложения")
    write_comments: bool = Field(
        default=False, title="Писать комментарии самим (включайте после проверки на своей группе)"
    )
    history_days: int = Field(
        default=0, ge=0, le=30, title="Сколько прошлых дней прочитать при подключении"
    )
    api_url: str = Field(default="https://api.ok.ru", pattern=r"^https?://", title="Адрес API")
    site_url: str = Field(default="https://ok.ru", pattern=r"^https?://", title="Адрес сайта")
    proxy: str = Field(default="", title="Прокси (если без него Одноклассники недоступны)")
    timeout: float = Field(default=20, gt=0, le=120, title="Сколько ждать ответа, секунд")

"""Settings of a community's account."""

from __future__ import annotations

from pydantic import Field

from otklik.exchange.channels.connectors.social import SocialSettings

COMMUNITY_KEY, SERVICE_KEY, USER_KEY = "community_key", "service_key", "user_key"
CALLBACK_SECRET = "callback_secret"  # noqa: S105 - the name of a field
SECRETS = {
    COMMUNITY_KEY: "Ключ доступа сообщества",
    SERVICE_KEY: "Сервисный ключ приложения (читать записи и комментарии)",
    USER_KEY: "Ключ пользователя-администратора (фотографии, охват)",
    CALLBACK_SECRET: "Секретный ключ Callback API",
}


class VkSettings(SocialSettings):
    """One community. `confirmation` empty: asked of VK when VK asks for it."""

    group_id: int = Field(ge=1, title="Номер сообщества (без минуса)")
    confirmation: str = Field(default="", max_length=64, title="Строка подтверждения Callback API")
    boards: bool = Field(default=True, title="Читать обсуждения сообщества")
    history_days: int = Field(
        default=0, ge=0, le=30, title="Сколько прошлых дней прочитать при подключении"
    )
    api_url: str = Field(default="https://api.vk.ru", pattern=r"^https?://", title="Адрес API")
    site_url: str = Field(default="https://vk.com", pattern=r"^https?://", title="Адрес сайта")
    proxy: str = Field(default="", title="Прокси (если без него ВКонтакте недоступен)")
    timeout: float = Field(default=20, gt=0, le=120, title="Сколько ждать ответа, секунд")

    @property
    def owner_id(self) -> int:
        return -self.group_id

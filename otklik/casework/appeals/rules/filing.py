"""By which ways an обращение may come (59-ФЗ, art. 4 p. 1 as of 547-ФЗ of 28.12.2024)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from otklik.base.errors import Refused

# The edition came into force by Moscow time.
NO_MORE_BY_MAIL = datetime(2025, 3, 30, tzinfo=timezone(timedelta(hours=3)))


def check_filing(regime: str, channel: str, received_at: datetime) -> None:
    """Raise Refused for an обращение by plain e-mail since 30.03.2025: nobody is identified."""
    if regime == "law59" and channel == "email" and received_at >= NO_MORE_BY_MAIL:
        raise Refused(
            "С 30.03.2025 письмо на обычную почту — не обращение (ст. 4 № 59-ФЗ).",
            "Зарегистрируйте его как сообщение. Если человека удалось опознать, затем переведите "
            "сообщение в обращение с причиной.",
        )

"""Reading pages of decisions by the law, and letters that come."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, InboundKind
from otklik.web.desk.tests.conftest import Centre, Person


def text_of(person: Person, url: str) -> str:
    response = person.client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


def law(case: Appeal, slug: str) -> str:
    return reverse("desk:law_decision", args=[case.pk, slug])


def letter(centre: Centre, text: str, **more: Any) -> InboundMessage:
    """A letter that has come to the mailbox of the centre."""
    account, _ = ChannelAccount.objects.get_or_create(
        municipality=centre.municipality, kind=ChannelKind.EMAIL, title="Почта",
        defaults={"settings": {"address": "mail@zaozersk.test"}},
    )  # fmt: skip
    message, new = accept_message(
        account=account, kind=InboundKind.LETTER, received_at=clock.now(), text=text,
        raw=text.encode(), sender="ivanova@example.test", sender_name="Иванова Мария Петровна",
        **more,
    )  # fmt: skip
    assert new
    return message

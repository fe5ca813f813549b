"""The head sees every channel: its state, its volume, who works on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.models import Role
from otklik.exchange.channels.models import ChannelAccount
from otklik.web.desk.tests.conftest import HEAD, OPERATOR, Centre, Person, make_person
from otklik.web.desk.tests.settings_pages import plain
from otklik.web.desk.tests.test_one_journal import POS, everything, load
from otklik.web.look.tests.counting import counts_of

PAGE = "/desk/control/channels/"


@pytest.mark.clause("pereslavl:2.3.2")
def test_state_volume_and_people_of_every_channel(centre: Centre) -> None:
    place = centre.municipality
    everything(centre.operator.client, place)
    officer = make_person(place, "Инцидентова Ольга Петровна", OPERATOR)
    Role.objects.filter(label="Инцидентова Ольга Петровна").update(channels=["incident"])
    ChannelAccount.objects.filter(kind="vk").update(last_error="Ключ отозван")
    ChannelAccount.objects.create(municipality=place, kind="max", title="MAX", enabled=False)
    Appeal.objects.filter(channel=Channel.EMAIL).update(due_at=clock.now() - timedelta(days=1))
    page = centre.head.client.get(PAGE)
    lines = {line.kind: line for line in page.context["lines"]}
    assert {"pos", "incident", "active_citizen", "vk", "telegram", "email", "portal", "paper",
            "max"} <= set(lines)  # fmt: skip
    assert (lines["email"].received, lines["email"].open, lines["email"].overdue) == (1, 1, 1)
    assert lines["pos"].open == 1
    assert any("Инцидентова" in name for name in lines["incident"].people)
    assert not any("Инцидентова" in name for name in lines["vk"].people)
    assert any("Сидорова" in name for name in lines["vk"].people)
    shown = plain(page.content)
    for words in ("не работает", "выключен", "файлом или вручную"):
        assert words in shown
    narrow = {line.kind for line in officer.client.get(PAGE).context["lines"]}
    assert narrow == {"incident"}
    assert centre.executor.client.get(PAGE).status_code == 403


@pytest.mark.clause("ust-kubinsky:3.1.b")
def test_connectors_are_set_up_switched_and_watched(centre: Centre, setter: Person) -> None:
    """ПОС by file, a network by its interface: configured, switched off, watched by volume."""
    settings = setter.client
    link = {"title": "Наш ПОС", "enabled": "on", "set_link": "https://pos.example.test/{number}"}
    assert settings.post("/desk/settings/channels/new/pos/", link).status_code == 302
    group = {
        "title": "Группа округа", "enabled": "on", "set_group_id": "77", "set_history_days": "0",
        "set_api_url": "https://api.vk.ru", "set_site_url": "https://vk.com", "set_timeout": "20",
        "secret_community_key": "vk1.a.key", "set_boards": "on",
    }  # fmt: skip
    form = settings.get("/desk/settings/channels/new/vk/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | group
    made = settings.post("/desk/settings/channels/new/vk/", data)
    assert made.status_code == 302, plain(made.content)
    load(centre.operator.client, "pos", POS, ("П-1", "04.03.2024", "Темно у школы", "", "В работе"))
    lines = {line.kind: line for line in centre.head.client.get(PAGE).context["lines"]}
    assert lines["pos"].open == 1
    assert [state.account.title for state in lines["pos"].accounts] == ["Наш ПОС"]
    vk = ChannelAccount.objects.get(kind="vk")
    assert "vk1.a.key" not in vk.secret
    switched = {name: value for name, value in data.items() if name != "enabled"}
    settings.post(f"/desk/settings/channels/{vk.pk}/", switched)
    vk.refresh_from_db()
    assert not vk.enabled
    assert "выключен" in plain(centre.head.client.get(PAGE).content)


def test_the_page_asks_the_same_for_more_people_and_cases(centre: Centre) -> None:
    everything(centre.operator.client, centre.municipality)
    few = counts_of(centre.head.client, {"page": PAGE})
    for n in range(6):
        make_person(centre.municipality, f"Новая {n}", HEAD)
        ChannelAccount.objects.create(municipality=centre.municipality, kind="max", title=f"M{n}")
    assert counts_of(centre.head.client, {"page": PAGE}) == few

"""Open311 GeoReport v2: a client of the city reports, follows and reads; nobody is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft4Validator

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.replies.actions import send_reply
from otklik.casework.replies.actions.send import note_delivery
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.actions import deliver, set_up_account
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.web.api.tests.conftest import Caller, Place

SCHEMAS = yaml.safe_load((Path(__file__).parent / "schemas" / "georeport_v2-1.yaml").read_text())
ROOT = "/open311/v2"
LetIn = Callable[..., Caller]
FileCase = Callable[..., Appeal]


def opened(place: Place, **settings: Any) -> ChannelAccount:
    return set_up_account(access=place.system, kind="open311", title="Open311", settings=settings)


def get(path: str, expected: int = 200, /, **query: str) -> Any:
    response = Client().get(f"{ROOT}/{path}", query)
    assert response.status_code == expected, response.content.decode()
    if ".json" in path:
        return json.loads(response.content)
    return ET.fromstring(response.content)


def valid(content: Any, name: str) -> None:
    """As the published definition of this answer says."""
    resolved = {**SCHEMAS["definitions"][name], "definitions": SCHEMAS["definitions"]}
    Draft4Validator(resolved).validate(content)


@pytest.fixture
def report(place: Place, let_in: LetIn) -> Callable[..., HttpResponse]:
    caller = let_in("Мобильное приложение", permissions=(Permission.REGISTER,))

    def post(form: str = "json", headers: dict[str, str] | None = None, **change: Any) -> Any:
        given = {
            "api_key": caller.key, "service_code": str(place.holes.pk), "lat": "59.1234567",
            "long": "39.7654321", "address_string": "Лесное, улица Мира",
            "description": "Яма у школы. Иванова Мария Петровна, +7 900 000-11-22",
            "first_name": "Мария", "last_name": "Иванова", "phone": "+7 900 000-11-22",
            "email": "m@example.test", **change,
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value is not None}
        return Client().post(f"{ROOT}/requests.{form}", given, headers=headers or {})

    return post


def test_services_are_topics_of_the_centre(place: Place) -> None:
    opened(place)
    pot = Topic.objects.create(
        edition=place.holes.edition, code="1.1", name="Яма на тротуаре", group="Дороги",
        parent=place.holes,
    )  # fmt: skip
    Topic.objects.create(edition=place.holes.edition, code="9", name="Старое", in_use=False)
    listed = get("services.json")
    for one in listed:
        valid(one, "Service")
    assert {one["service_name"] for one in listed} == {"Ямы на дорогах", "Яма на тротуаре"}
    xml = get("services.xml")
    assert xml.tag == "services"
    assert {one.findtext("service_code") for one in xml.findall("service")} == {
        str(place.holes.pk), str(pot.pk)
    }  # fmt: skip
    assert xml.findtext("service/metadata") == "true"
    told = get(f"services/{place.holes.pk}.json")
    valid(told, "ServiceDefinition")
    assert [one["code"] for one in told["attributes"]] == ["subtopic", "settlement"]
    assert told["attributes"][0]["values"] == [{"key": str(pot.pk), "name": "Яма на тротуаре"}]
    shown = get(f"services/{place.holes.pk}.xml")
    assert shown.findtext("attributes/attribute/values/value/name") == "Яма на тротуаре"


def test_only_groups_that_the_centre_has_opened_are_offered(place: Place) -> None:
    opened(place, groups="Благоустройство; Дороги")
    Topic.objects.create(edition=place.holes.edition, code="2", name="Протечки", group="ЖКХ")
    assert [one["group"] for one in get("services.json")] == ["Дороги"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_report_becomes_a_case_and_its_answer_is_read(
    form: str, place: Place, report: Callable[..., Any]
) -> None:
    opened(place)
    response = report(form, media_url="https://photos.test/1.jpg")
    assert response.status_code == 201
    case = Appeal.objects.get()
    if form == "json":
        (made,) = json.loads(response.content)
        valid(made, "RequestResponse")
        assert made["service_request_id"] == str(case.pk)
    else:
        made = ET.fromstring(response.content)
        assert made.findtext("request/service_request_id") == str(case.pk)
    assert (case.channel, case.regime) == ("open311", "portal")
    assert (case.topic, case.lat, case.lon) == (place.holes, 59.1234567, 39.7654321)
    assert case.applicant.name == "Иванова Мария"
    assert "https://photos.test/1.jpg" in case.text
    assert "otk_" not in InboundMessage.objects.get().original.decode()
    assign_executor(access=place.system, appeal_id=case.pk, body_id=place.roads.pk)
    answered(place, case)
    (told,) = get(f"requests/{case.pk}.json")
    valid(told, "Request")
    assert (told["status"], told["agency_responsible"]) == ("closed", "Дорожная служба")
    assert "яму заделали" in told["status_notes"]
    assert told["lat"] == 59.123457
    assert told["requested_datetime"].endswith("Z")
    for word in ("Иванова", "900", "example", "photos"):
        assert word not in json.dumps(told, ensure_ascii=False)
    shown = get(f"requests/{case.pk}.xml")
    assert shown.tag == "service_requests"
    assert shown.findtext("request/status") == "closed"


def answered(place: Place, case: Appeal) -> None:
    """The answer goes out as answers of this channel do: nothing travels, it is read here."""
    text = "Уважаемая Мария Петровна, яму заделали. Звоните: +7 900 000-11-22"
    reply = Reply.objects.create(
        appeal=case, status="signed", text=text, author_label="Дорожная служба", revision=1,
        created_at=clock.now(), signed_at=clock.now(), signed_label="Глава",
    )  # fmt: skip
    Appeal.objects.filter(pk=case.pk).update(status=Status.APPROVED)
    sent = send_reply(access=place.system, reply_id=reply.pk, undo=timedelta(0))
    assert deliver(sent.outbound_id or 0) == "delivered"
    note_delivery(outbound_id=sent.outbound_id or 0)


def test_a_repeated_report_makes_one_case(place: Place, report: Callable[..., Any]) -> None:
    opened(place)
    key = {"Idempotency-Key": "a-1"}
    answers = [json.loads(report(headers=key).content) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Appeal.objects.count() == 1
    report()
    assert Appeal.objects.count() == 2


def test_a_token_leads_to_the_number(
    place: Place, report: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from otklik.base.errors import Refused
    from otklik.casework.intake.actions import take_message

    def later(**_: object) -> None:
        raise Refused("Позже.")

    opened(place)
    monkeypatch.setattr("otklik.web.api.open311.posting.take_message", later)
    response = report()
    assert response.status_code == 202
    (made,) = json.loads(response.content)
    assert get(f"tokens/{made['token']}.json") == [{"token": made["token"]}]
    case = take_message(message_id=InboundMessage.objects.get().pk)
    assert case
    (told,) = get(f"tokens/{made['token']}.json")
    valid(told, "TokenResponse")
    assert told["service_request_id"] == str(case.pk)
    assert get("tokens/другой.json", 404)[0]["code"] == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"api_key": None}, 403),
        ({"api_key": "otk_" + "x" * 43}, 403),
        ({"service_code": None}, 400),
        ({"service_code": "999999"}, 404),
        ({"service_code": "; DROP"}, 404),
        ({"lat": None}, 400),
        ({"lat": "север"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "95"}, 400),
        ({"lat": None, "long": None, "address_string": None}, 400),
        ({"media_url": "javascript:1"}, 400),
        ({"attribute[settlement]": "999999"}, 400),
        ({"attribute[subtopic]": "999999"}, 400),
        ({"jurisdiction_id": "нет-такого"}, 404),
    ],
)
def test_wrong_reports_are_refused_in_the_words_of_the_standard(
    change: dict[str, Any], status: int, place: Place, report: Callable[..., Any]
) -> None:
    opened(place)
    for form in ("json", "xml"):
        response = report(form, **change)
        assert response.status_code == status
        if form == "json":
            (told,) = json.loads(response.content)
        else:
            errors = ET.fromstring(response.content)
            assert errors.tag == "errors"
            told = {part.tag: part.text for part in errors[0]}
        assert int(told["code"]) == status
        assert told["description"]
    assert not Appeal.objects.exists()


def test_attributes_say_where_and_what(place: Place, report: Callable[..., Any]) -> None:
    opened(place)
    pot = Topic.objects.create(
        edition=place.holes.edition, code="1.1", name="Яма на тротуаре", parent=place.holes
    )
    change = {
        "attribute[subtopic]": str(pot.pk), "attribute[settlement]": str(place.village.pk),
        "attribute[DEPTH]": "20 см", "description": "",
    }  # fmt: skip
    assert report(**change).status_code == 201
    case = Appeal.objects.get()
    assert (case.topic, case.settlement) == (pot, place.village)
    assert case.text == "Яма на тротуаре\n\nDEPTH: 20 см"


def test_what_is_published_is_what_the_centre_has_chosen(place: Place, file_case: FileCase) -> None:
    account = opened(place)
    own = file_case("Яма", channel=Channel.OPEN311)
    other = file_case("Яма во дворе", channel=Channel.HOTLINE122, regime=Regime.HOTLINE)
    file_case("Яма по закону", channel=Channel.PAPER, regime=Regime.LAW59)
    file_case("Без темы", topic_id=None)
    Appeal.objects.filter(pk=other.pk).update(lat=59.1234567, lon=39.7654321, place="Мира, 3-5")
    assert [one["service_request_id"] for one in get("requests.json")] == [str(own.pk)]
    account.settings = {"publish": "all", "texts": False}
    account.save()
    told = {one["service_request_id"]: one for one in get("requests.json")}
    assert set(told) == {str(own.pk), str(other.pk)}
    assert told[str(other.pk)]["description"] == ""
    assert (told[str(other.pk)]["lat"], told[str(other.pk)]["address"]) == (59.123, "")
    account.settings = {"publish": "none"}
    account.save()
    assert get("requests.json") == []
    assert get(f"requests/{own.pk}.json", 404)[0]["code"] == 404
    account.enabled = False
    account.save()
    assert get("services.json", 404)


def test_the_list_is_narrowed_by_ids_service_status_and_dates(
    place: Place, file_case: FileCase
) -> None:
    opened(place)
    now = clock.now()
    new, old, ancient = (
        file_case(f"Яма {days}", channel=Channel.OPEN311, received_at=now - timedelta(days=days))
        for days in (1, 60, 200)
    )
    Appeal.objects.filter(pk=old.pk).update(status=Status.ANSWERED)

    def ids(**query: str) -> list[str]:
        return [one["service_request_id"] for one in get("requests.json", **query)]

    def day(days: int) -> str:
        return (now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert ids() == [str(new.pk), str(old.pk)]
    assert ids(status="open") == [str(new.pk)]
    assert ids(status="closed") == [str(old.pk)]
    assert ids(status="open,closed", service_code=f"{place.holes.pk},77") == ids()
    assert ids(service_code="77") == []
    assert ids(service_request_id=f"{ancient.pk},{new.pk},нет") == [str(new.pk), str(ancient.pk)]
    assert ids(start_date=day(210), end_date=day(190)) == [str(ancient.pk)]
    assert ids(start_date=day(210)) == [str(ancient.pk)]
    for query in (
        {"start_date": day(200), "end_date": day(1)},
        {"start_date": day(1), "end_date": day(2)},
        {"start_date": "вчера"},
        {"start_date": "2026-03-05T10:00:00"},
        {"status": "сломано"},
    ):
        assert get("requests.json", 400, **query)[0]["code"] == 400


def test_updates_tell_what_changed_without_names(place: Place, report: Callable[..., Any]) -> None:
    opened(place)
    report()
    case = Appeal.objects.get()
    assign_executor(access=place.system, appeal_id=case.pk, body_id=place.roads.pk)
    told = get("servicerequestupdates.json")
    assert [one["status"] for one in told] == ["open", "open"]
    assert {one["service_request_id"] for one in told} == {str(case.pk)}
    assert "Иванова" not in json.dumps(told, ensure_ascii=False)
    xml = get("servicerequestupdates.xml")
    assert len(xml.findall("request_update")) == 2


def test_centres_are_told_apart_by_jurisdiction(place: Place, let_in: LetIn) -> None:
    opened(place)
    other = Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Край"
    )
    set_up_account(access=Access.system(other.pk), kind="open311", title="Open311")
    assert get("services.json", 400)[0]["code"] == 400
    assert get("services.json", jurisdiction_id="drugoy") == []
    assert len(get("services.json", jurisdiction_id="zaozersk")) == 1
    caller = let_in(permissions=(Permission.REGISTER,))
    refused = Client().post(
        f"{ROOT}/requests.json", {"api_key": caller.key, "jurisdiction_id": "drugoy"}
    )
    assert refused.status_code == 403


def test_discovery_names_the_server(settings: Any, client: Client) -> None:
    settings.PUBLIC_URL = "https://otklik.test"
    told = json.loads(client.get("/open311/discovery.json").content)
    assert told["endpoints"][0]["url"] == "https://otklik.test/open311/v2"
    shown = ET.fromstring(client.get(f"{ROOT}/discovery.xml").content)
    assert shown.findtext("endpoints/endpoint/formats/format") == "text/xml"


def test_words_that_are_no_xml_do_not_break_it(place: Place, file_case: FileCase) -> None:
    opened(place)
    case = file_case("Яма <b>&\x0b\ufffe ]]> у школы", channel=Channel.OPEN311)
    assert "<b>&" in (get(f"requests/{case.pk}.xml").findtext("request/description") or "")

"""Programs list, read and create cases within what they were allowed."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import revoke_key, stop_program
from otklik.directory.programs.models import ProgramKey
from otklik.records.journal.models import Entry, PersonalRead
from otklik.web.api.tests.conftest import Caller, Place

LetIn = Callable[..., Caller]
FileCase = Callable[..., Appeal]


def test_a_list_goes_on_by_key_and_misses_nothing(let_in: LetIn, file_case: FileCase) -> None:
    made = [
        file_case(f"Яма номер {n}", received_at=clock.now() - timedelta(hours=n)) for n in range(5)
    ]
    caller, seen = let_in(), list[int]()
    after: str | None = ""
    while after is not None:
        page = caller.ok("cases", limit=2, **({"after": after} if after else {}))
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
    assert seen == [case.pk for case in made]
    assert caller.get("cases", after="другое").status_code == 422


def test_filters_add_up_and_unknown_ones_are_named(
    place: Place, let_in: LetIn, file_case: FileCase
) -> None:
    wanted = file_case("Яма", channel=Channel.HOTLINE122, regime=Regime.HOTLINE)
    file_case("Другая яма")
    caller = let_in()
    found = caller.ok("cases", channel="hotline122", topic=place.holes.pk, open=True)
    assert [one["number"] for one in found["items"]] == [wanted.number]
    assert caller.ok("cases", overdue=True)["items"] == []
    refused = caller.get("cases", chanel="hotline122", limit="много", since="вчера")
    assert refused.status_code == 422
    error = json.loads(refused.content)["error"]
    assert {one["field"]: one["problem"] for one in error["fields"]} == {
        "chanel": "такого поля нет",
        "limit": "нужно целое число",
        "since": "нужна дата вида 2026-03-05",
    }
    assert error["mend"] == "Исправьте эти поля и повторите."


def test_a_card_tells_the_answer_and_the_reading_is_logged(
    place: Place, let_in: LetIn, file_case: FileCase
) -> None:
    case = file_case()
    assign_executor(access=place.system, appeal_id=case.pk, body_id=place.roads.pk)
    Reply.objects.create(
        appeal=case, status="sent", text="Яму заделали.", author_label="Дорожная служба",
        created_at=clock.now(), sent_at=clock.now(), signed_label="Глава",
    )  # fmt: skip
    caller = let_in()
    card = caller.ok(f"cases/{case.pk}")
    assert card["applicant"]["phone"] == "+7 900 000-11-22"
    assert card["body"] == {"id": place.roads.pk, "name": "Дорожная служба"}
    assert card["questions"][0]["assignments"][0]["role"] == "main"
    assert [one["text"] for one in card["answers"]] == ["Яму заделали."]
    read = PersonalRead.objects.get()
    assert read.case_ids == [case.pk]
    assert "Портал области" in read.actor_label
    caller.ok("cases")
    assert PersonalRead.objects.count() == 2


def test_without_the_right_personal_data_are_hidden(let_in: LetIn, file_case: FileCase) -> None:
    case = file_case("Звоните +7 900 000-11-22, на Садовой яма. Иванова Мария Петровна")
    caller = let_in(permissions=(Permission.VIEW_APPEALS,))
    card = caller.ok(f"cases/{case.pk}")
    listed = caller.ok("cases")["items"][0]
    assert card["applicant"] is None
    assert card["personal"] is False
    for shown in (json.dumps(card, ensure_ascii=False), listed["summary"]):
        assert "900" not in shown
        assert "Иванова" not in shown
        assert "Садовой яма" in shown
    assert not PersonalRead.objects.exists()


def test_reach_of_the_role_and_of_the_program_holds(
    place: Place, let_in: LetIn, file_case: FileCase
) -> None:
    ours = file_case("Яма")
    other = file_case("Течёт труба", channel=Channel.HOTLINE122, regime=Regime.HOTLINE)
    for case, body in ((ours, place.roads), (other, place.water)):
        assign_executor(access=place.system, appeal_id=case.pk, body_id=body.pk)
    of_body = let_in("Дорожники", scope=Scope.BODY, body_id=place.roads.pk)
    of_line = let_in("Колл-центр", channels=["hotline122"])
    for caller, seen, hidden in ((of_body, ours, other), (of_line, other, ours)):
        assert [one["id"] for one in caller.ok("cases")["items"]] == [seen.pk]
        assert caller.get(f"cases/{seen.pk}").status_code == 200
        assert caller.get(f"cases/{hidden.pk}").status_code == 404
    refused = of_line.post("cases", {"text": "Яма", "channel": "portal"})
    assert refused.status_code == 403
    assert of_line.post("cases", {"text": "Яма", "channel": "hotline122"}).status_code == 201


def test_nothing_of_another_centre_is_seen(let_in: LetIn, file_case: FileCase) -> None:
    case = file_case()
    caller = let_in()
    Appeal.objects.filter(pk=case.pk).update(municipality=_neighbour())
    assert caller.get(f"cases/{case.pk}").status_code == 404
    assert caller.ok("cases")["items"] == []


def _neighbour() -> object:
    from otklik.directory.organisation.models import Municipality

    return Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Край"
    )


def test_a_case_is_made_once_per_key_of_idempotency(place: Place, let_in: LetIn) -> None:
    caller = let_in()
    given = {
        "text": "В Лесном яма у школы",
        "channel": "hotline122",
        "applicant": {"name": "Петрова Анна Ильинична", "phone": "8 900 111-22-33"},
        "topic": place.holes.pk,
        "settlement": place.village.pk,
    }
    first = caller.post("cases", given, **{"Idempotency-Key": "а-1"})
    assert first.status_code == 201
    made = json.loads(first.content)
    assert first["Location"] == f"/api/v1/cases/{made['id']}"
    again = caller.post("cases", given, **{"Idempotency-Key": "а-1"})
    assert again.status_code == 200
    assert json.loads(again.content) == {**made, "created": False}
    other = caller.post("cases", {**given, "text": "Другое"}, **{"Idempotency-Key": "а-1"})
    assert other.status_code == 409
    case = Appeal.objects.get()
    assert (case.regime, case.channel, case.topic_id) == ("hotline", "hotline122", place.holes.pk)
    assert case.applicant.name == "Петрова Анна Ильинична"
    assert case.due_at is not None
    entry = Entry.objects.get(name="AppealRegistered")
    assert "Портал области" in entry.who


def test_an_external_number_of_one_program_is_not_that_of_another(let_in: LetIn) -> None:
    one, two = let_in("Первая"), let_in("Вторая")
    given = {"text": "Яма", "external_number": "17"}
    assert [one.post("cases", given).status_code for _ in range(2)] == [201, 200]
    assert two.post("cases", given).status_code == 201
    assert Appeal.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "Яма", "лишнее": 1}, "лишнее"),
        ({"text": "Яма", "channel": "pigeon"}, "channel"),
        ({"text": "Яма", "received_at": "2026-01-01T10:00:00"}, "received_at"),
        ({"text": "Яма", "received_at": "2099-01-01T10:00:00+03:00"}, "received_at"),
        ({"text": "Яма", "topic": 999999}, "topic"),
        ({"text": "Яма", "settlement": 999999}, "settlement"),
        ({"text": "Яма", "lat": 59.0}, "lat"),
        ({"text": "Яма", "lat": 95.0, "lon": 1.0}, "lat"),
        ({"text": "Яма", "applicant": {"имя": "Пётр"}}, "applicant.имя"),
    ],
)
def test_wrong_fields_are_named(let_in: LetIn, given: dict[str, object], field: str) -> None:
    refused = let_in().post("cases", given)
    assert refused.status_code == 422
    assert [one["field"] for one in json.loads(refused.content)["error"]["fields"]] == [field]
    assert not Appeal.objects.exists()


def test_bad_requests_get_json_with_what_to_do(let_in: LetIn) -> None:
    caller = let_in(permissions=(Permission.REGISTER,))
    broken = caller.client.post("/api/v1/cases", b"{", content_type="application/json")
    twice = caller.client.get("/api/v1/access?a=1&a=2")
    assert broken.status_code == 422
    assert twice.status_code == 200
    assert caller.get("cases").status_code == 403
    wrong = caller.client.delete("/api/v1/cases")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, POST")
    law = caller.post("cases", {"text": "Яма", "regime": "law59", "channel": "email"})
    assert law.status_code == 422
    for response in (broken, caller.get("cases"), wrong, law):
        error = json.loads(response.content)["error"]
        assert error["message"]
        assert error["mend"]


def test_no_key_a_wrong_one_and_a_dead_one_open_nothing(place: Place, let_in: LetIn) -> None:
    assert Client().get("/api/v1/cases").status_code == 401
    wrong = Client(headers={"authorization": "Bearer otk_" + "x" * 43})
    assert wrong.get("/api/v1/cases")["WWW-Authenticate"].startswith("Bearer")
    revoked, stopped, expired = let_in("Одна"), let_in("Две"), let_in("Три")
    key = revoked.program.keys.get()
    revoke_key(access=place.system, program_id=revoked.program.pk, key_id=key.pk)
    stop_program(access=place.system, program_id=stopped.program.pk)
    ProgramKey.objects.filter(program=expired.program).update(expires_at=clock.now())
    for caller in (revoked, stopped, expired):
        assert caller.get("access").status_code == 401


def test_the_key_itself_is_not_stored(let_in: LetIn) -> None:
    caller = let_in()
    key = caller.key
    stored = ProgramKey.objects.values().get()
    assert key.startswith(stored["start"])
    assert all(key not in str(value) for value in stored.values())
    assert key not in "".join(entry.sentence for entry in Entry.objects.all())


def test_calls_are_counted_by_the_minute(let_in: LetIn) -> None:
    caller = let_in(calls_per_minute=3)
    start = clock.now().replace(second=20, microsecond=0)
    with clock.frozen(start):
        left = [caller.get("access")["X-RateLimit-Remaining"] for _ in range(3)]
        refused = caller.get("access")
    assert left == ["2", "1", "0"]
    assert (refused.status_code, refused["Retry-After"]) == (429, "40")
    with clock.frozen(start + timedelta(minutes=1)):
        assert caller.get("access").status_code == 200


def test_lists_of_reference(place: Place, let_in: LetIn) -> None:
    caller = let_in()
    assert caller.ok("topics")["items"][0]["name"] == "Ямы на дорогах"
    assert {one["name"] for one in caller.ok("bodies")["items"]} == {"Дорожная служба", "Водоканал"}
    assert caller.ok("settlements")["items"][0]["lat"] == 59.1
    assert caller.ok("access")["permissions"] == ["view_appeals", "view_personal", "register"]


def test_statuses_of_the_answer_are_those_of_the_vocabulary(
    let_in: LetIn, file_case: FileCase
) -> None:
    case = file_case()
    Appeal.objects.filter(pk=case.pk).update(status=Status.ANSWERED, due_at=clock.now())
    told = let_in().ok("cases")["items"][0]
    assert (told["status"], told["status_label"], told["open"]) == ("answered", "ответ дан", False)


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_the_same_moment_makes_one_case(let_in: LetIn) -> None:
    caller = let_in()

    def call(_: int) -> int:
        try:
            answer = caller.post("cases", {"text": "Яма"}, **{"Idempotency-Key": "раз"})
            return int(answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        statuses = sorted(crowd.map(call, range(8)))
    assert statuses == [200] * 7 + [201]
    assert Appeal.objects.count() == 1

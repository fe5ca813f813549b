"""States, codes and the form of the package, without the database."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from otklik.base.errors import Refused
from otklik.casework.appeals.vocabulary import Result, Status
from otklik.coordination.sstu.rules import (
    AnswerFacts,
    AppealRecord,
    CaseFacts,
    File,
    QuestionFacts,
    TransferFacts,
    classifier_code,
    compose,
    difference,
    dump,
    items_of,
    parts_of,
    status_of,
    validated,
)
from otklik.coordination.sstu.vocabulary import SstuStatus as S

OURS = UUID("11111111-2222-3333-4444-555555555555")
THEIRS = UUID("99999999-8888-7777-6666-555555555555")
DAY = date(2026, 10, 31)
CAME, ANSWERED = date(2026, 10, 5), date(2026, 10, 20)
CODE = "0005.0005.0056.1153"
QUESTION = QuestionFacts(
    number=1, topic="Свет", code=CODE, result="", answered_on=None, measures_taken=False
)
CASE = CaseFacts(
    appeal_id=7, number="ЗО-12", status=Status.ASSIGNED, direct=True, electronic=True,
    anonymous=False, name="Иванова Мария Петровна", address="", email="m@zaozersk.test",
    received_on=CAME, registered_on=CAME, answered_on=None, extended=False,
    answer=AnswerFacts(reply_id=3, text="Свет включили."), questions=(QUESTION,),
)  # fmt: skip
DONE: dict[str, Any] = {"status": Status.ANSWERED, "answered_on": ANSWERED}
SENT = TransferFacts(addressee="Район", department_id=THEIRS, on=ANSWERED, number="ЗО-12")


def attach(reply_id: int) -> File:
    return File(name="otvet.txt", content=base64.b64encode(b"text").decode())


STATES: list[tuple[S, dict[str, Any], dict[str, Any]]] = [
    (S.NOT_RECEIVED, {"received_on": None}, {}),
    (S.NOT_RECEIVED, {"received_on": date(2026, 11, 1)}, {}),
    (S.NOT_REGISTERED, {"registered_on": None, "status": Status.RECEIVED}, {}),
    (S.IN_WORK, {}, {}),
    (S.IN_WORK, {"status": Status.ON_APPROVAL}, {"result": Result.SUPPORTED}),
    (S.EXPLAINED, DONE, {"result": Result.EXPLAINED, "answered_on": ANSWERED}),
    (S.SUPPORTED, DONE, {"result": Result.SUPPORTED, "answered_on": ANSWERED}),
    (S.NOT_SUPPORTED, DONE, {"result": Result.NOT_SUPPORTED}),
    (S.TRANSFERRED, {}, {"result": Result.TRANSFERRED, "transfers": (SENT,)}),
    (S.TRANSFERRED, {"status": Status.FORWARDED}, {"transfers": (SENT,)}),
    (S.ANSWERED, DONE, {}),
    (S.LEFT, {"status": Status.LEFT, "answered_on": ANSWERED}, {"result": Result.LEFT,
                                                               "answered_on": ANSWERED}),
    (S.LEFT, {"status": Status.WITHDRAWN}, {"answered_on": ANSWERED}),
]  # fmt: skip


@pytest.mark.parametrize(("state", "of_case", "of_question"), STATES)
def test_each_state_is_derived_and_fits_the_form(
    state: S, of_case: dict[str, Any], of_question: dict[str, Any]
) -> None:
    question = replace(QUESTION, **of_question)
    case = replace(CASE, questions=(question,), **of_case)
    assert status_of(case, question, DAY) == state
    record, refusals = compose(case, department_id=OURS, as_of=DAY, attach=attach)
    assert refusals == []
    assert record is not None
    (back,) = validated(dump([record]))
    assert back == record
    assert back.questions[0].status == state


def test_all_nine_states_are_in_the_table() -> None:
    assert {state for state, _, _ in STATES} == set(S)


def test_a_decision_of_the_case_leaves_the_questions_own_result() -> None:
    answered = replace(QUESTION, result=Result.EXPLAINED, answered_on=ANSWERED)
    sent = replace(QUESTION, number=2, transfers=(SENT, replace(SENT, addressee="Область")))
    case = replace(CASE, status=Status.FORWARDED, questions=(answered, sent))
    record, _ = compose(case, department_id=OURS, as_of=DAY, attach=attach)
    assert record is not None
    assert [q.status for q in record.questions] == [S.EXPLAINED, S.TRANSFERRED, S.TRANSFERRED]


@pytest.mark.parametrize(
    ("case", "question", "missing", "where"),
    [
        ({"name": ""}, {}, "нет имени заявителя", "card"),
        ({"email": ""}, {}, "нет ни почтового адреса, ни электронной почты", "card"),
        ({}, {"topic": "", "code": ""}, "не выбрана тема", "card"),
        ({}, {"code": "12"}, "у темы «Свет» нет кода тематического классификатора", "settings"),
        ({**DONE, "answer": None}, {}, "нет текста ответа", "card"),
        ({"status": Status.LEFT}, {"result": Result.LEFT}, "нет даты ответа", "card"),
        ({"status": Status.FORWARDED}, {}, "не записано, куда направлено", "card"),
        (
            {"status": Status.FORWARDED},
            {"transfers": (replace(SENT, department_id=None),)},
            "нет идентификатора ССТУ адресата «Район»",
            "settings",
        ),
    ],
)
def test_every_missing_thing_is_told(
    case: dict[str, Any], question: dict[str, Any], missing: str, where: str
) -> None:
    lacking = replace(CASE, questions=(replace(QUESTION, **question),), **case)
    record, refusals = compose(lacking, department_id=OURS, as_of=DAY, attach=attach)
    assert record is None
    assert [(one.number, one.missing, one.where) for one in refusals] == [("ЗО-12", missing, where)]
    assert refusals[0].mend


def test_days_out_of_order_are_held_back() -> None:
    odd = replace(CASE, registered_on=date(2026, 10, 1))
    record, refusals = compose(odd, department_id=OURS, as_of=DAY, attach=attach)
    assert record is None
    assert "даты идут не по порядку" in refusals[0].missing


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CODE, CODE),
        (f" {CODE}.0064 ", CODE),
        ("0005.0005.0056", ""),
        ("0005.0005.0056.0000", ""),
        ("0005.0005.0056.115", ""),
        ("ЖКХ", ""),
    ],
)
def test_only_codes_of_questions_pass(text: str, code: str) -> None:
    assert classifier_code(text) == code


def _record(**more: Any) -> AppealRecord:
    record, _ = compose(replace(CASE, **more), department_id=OURS, as_of=DAY, attach=attach)
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"departmentId": "не идентификатор"}, "departmentId"),
        ({"extra": 1}, "extra"),
        ({"format": "Letter"}, "format"),
        ({"createDate": "05.10.2026"}, "createDate"),
        ({"questions": []}, "questions"),
        ({"questions": [{"code": "12", "status": "InWork"}]}, "code"),
        ({"questions": [{"code": CODE, "status": "Done"}]}, "status"),
        ({"questions": [{"code": CODE, "status": "InWork"}]}, "questions"),
    ],
)
def test_a_package_off_the_form_is_refused(change: dict[str, Any], place: str) -> None:
    (plain,) = json.loads(dump([_record()]))
    with pytest.raises(Refused, match=place):
        validated(json.dumps([{**plain, **change}]).encode())


def test_a_second_package_tells_what_changed_and_big_ones_are_cut() -> None:
    one, two, three = (_record(number=f"ЗО-{n}") for n in range(3))
    moved = _record(number="ЗО-1", extended=True)
    found = difference(items_of([one, two]), items_of([moved, three]))
    assert (found.added, found.removed, found.changed) == (("ЗО-2",), ("ЗО-0",), ("ЗО-1",))
    assert not difference(items_of([one]), items_of([one]))
    parts = list(parts_of([one, two, three], limit=len(dump([one])) * 2 + 10))
    assert [len(part) for part in parts] == [2, 1]

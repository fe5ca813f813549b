"""Whatever happens to cases, the jobs of the journal leave what a rebuild would write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals import actions as cases
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Regime, Result
from otklik.casework.deadlines import actions as terms
from otklik.casework.replies import actions as replies
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction import actions as scores
from otklik.directory.organisation.models import Block, BlockMember
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.models import AnswerFact, AssignmentFact, QuestionFact, ScoreFact
from otklik.insight.facts.tests.test_facts import everything
from otklik.insight.facts.tests.world import START, District, build, run_jobs

pytestmark = pytest.mark.django_db

TEXT = (
    "Здравствуйте! Фонарь у дома заменён 12 января 2026 года, освещение восстановлено."
    " Ответственный — отдел дорог. По вопросам звоните в управление."
)
Verb = Callable[[District, Appeal], object]


def _assign(district: District, appeal: Appeal) -> None:
    question = district.dice.choice(list(appeal.questions.all()))
    cases.assign_executor(
        access=district.access,
        appeal_id=appeal.pk,
        body_id=district.dice.choice(district.bodies).pk,
        question_number=question.number,
        role=district.dice.choice(list(AssignmentRole)),
    )


def _withdraw(district: District, appeal: Appeal) -> None:
    given = Assignment.objects.filter(question__appeal=appeal, withdrawn_at__isnull=True).first()
    if given:
        cases.withdraw_assignment(
            access=district.access, assignment_id=given.pk, reason="не наша компетенция"
        )


def _reply(district: District, appeal: Appeal) -> Reply | None:
    return Reply.objects.filter(appeal=appeal).order_by("-pk").first()


def _draft(district: District, appeal: Appeal) -> None:
    replies.save_draft(access=district.access, appeal_id=appeal.pk, text=TEXT)


def _submit(district: District, appeal: Appeal) -> None:
    replies.submit(access=district.access, appeal_id=appeal.pk)


def _return(district: District, appeal: Appeal) -> None:
    found = _reply(district, appeal)
    if found:
        replies.return_reply(access=district.access, reply_id=found.pk, remark="нет даты")


def _approve(district: District, appeal: Appeal) -> None:
    found = _reply(district, appeal)
    if found:
        replies.approve_reply(access=district.access, reply_id=found.pk)


def _answer(district: District, appeal: Appeal) -> None:
    cases.mark_answered(access=district.access, appeal_id=appeal.pk)


def _score(district: District, appeal: Appeal) -> None:
    found = _reply(district, appeal)
    if found and found.sent_at is None:
        Reply.objects.filter(pk=found.pk).update(status="sent", sent_at=clock.now())
    if found:
        survey = scores.ask(reply_id=found.pk)
        score = district.dice.choice([1, 3, 5])
        scores.rate(survey_id=survey.pk, score=score, wants_reopening=score == 1)


def _topic(district: District, appeal: Appeal) -> None:
    topic = district.dice.choice(district.topics)
    cases.set_topic(access=district.access, appeal_id=appeal.pk, topic_id=topic.pk,
                    question_number=1)  # fmt: skip


def _place(district: District, appeal: Appeal) -> None:
    place = district.dice.choice(district.settlements)
    given = cases.PlaceGiven(text="у школы", settlement_id=place.pk)
    cases.set_place(access=district.access, appeal_id=appeal.pk, place=given)


def _extend(district: District, appeal: Appeal) -> None:
    terms.extend_deadline(
        access=district.access, appeal_id=appeal.pk, days=20, reason="направлен запрос",
        notice_text="Срок ответа продлён.",
    )  # fmt: skip


def _convert(district: District, appeal: Appeal) -> None:
    cases.convert_regime(
        access=district.access, appeal_id=appeal.pk, regime=Regime.LAW59, reason="жалоба"
    )


def _review(district: District, appeal: Appeal) -> None:
    replies.review_question(
        access=district.access, appeal_id=appeal.pk, question_number=1,
        result=district.dice.choice([Result.EXPLAINED, Result.SUPPORTED]),
    )  # fmt: skip


VERBS: tuple[Verb, ...] = (
    _assign, _assign, _withdraw, _draft, _draft, _submit, _submit, _return, _approve, _answer,
    _score, _topic, _place, _extend, _convert, _review,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_any_story_leaves_what_a_rebuild_writes(seed: int) -> None:
    district = build()
    block = Block.objects.create(municipality=district.town, name="ЖКХ")
    BlockMember.objects.create(block=block, body=district.bodies[0])
    district.dice.seed(seed)
    made = [district.register(START + timedelta(days=day)) for day in range(8)]
    done = 0
    for step in range(110):
        verb, appeal = district.dice.choice(VERBS), district.dice.choice(made)
        try:
            with clock.frozen(START + timedelta(days=9, hours=step)), transaction.atomic():
                verb(district, appeal)
                done += 1
        except OtklikError:
            continue
    assert done > 30
    run_jobs("facts.refresh")
    followed = everything()
    assert rebuild(municipality_id=district.town.pk) == len(followed["QuestionFact"])
    assert everything() == followed
    assert all(followed[name] for name in ("QuestionFact", "AssignmentFact", "AnswerFact"))


def test_parts_answers_and_scores_say_what_happened() -> None:
    district = build()
    block = Block.objects.create(municipality=district.town, name="Дороги")
    BlockMember.objects.create(block=block, body=district.bodies[1])
    appeal = district.register(START, topic=district.topics[0], settlement=district.settlements[0])
    with clock.frozen(START + timedelta(days=1)):
        district.assign(appeal, district.bodies[1])
    district.answer(appeal, START + timedelta(days=15))
    with clock.frozen(START + timedelta(days=16)):
        _score(district, appeal)
    rebuild(municipality_id=district.town.pk)
    fact = QuestionFact.objects.get(appeal_id=appeal.pk)
    assert (fact.days_taken, fact.block_ids, fact.extended) == (15, [block.pk], False)
    assert (fact.applicant_kind, fact.result) == ("citizen", appeal.questions.get().result)
    part = AssignmentFact.objects.get(appeal_id=appeal.pk)
    assert (part.body_id, part.role, part.status) == (district.bodies[1].pk, "main", "answered")
    assert part.done_at is not None
    answer = AnswerFact.objects.get(appeal_id=appeal.pk)
    assert (answer.body_id, answer.checks) == (district.bodies[1].pk, 2)
    score = ScoreFact.objects.get(appeal_id=appeal.pk)
    assert score.body_id == district.bodies[1].pk
    assert score.settlement_id == district.settlements[0].pk
    assert score.given_on == (START + timedelta(days=16)).date()


def test_a_repeated_rebuild_writes_nothing() -> None:
    district = build()
    district.live(6)
    rebuild(municipality_id=district.town.pk)
    versions = _versions()
    rebuild(municipality_id=district.town.pk)
    assert _versions() == versions


def test_a_change_of_blocks_reaches_every_fact_of_the_body() -> None:
    from otklik.insight.facts.actions import follow_blocks

    district = build()
    district.live(12)
    rebuild(municipality_id=district.town.pk)
    block = Block.objects.create(municipality=district.town, name="Тепло")
    BlockMember.objects.create(block=block, body=district.bodies[2])
    follow_blocks(municipality_id=district.town.pk)
    own = QuestionFact.objects.filter(body_id=district.bodies[2].pk)
    assert own
    assert all(fact.block_ids == [block.pk] for fact in own)
    followed = everything()
    rebuild(municipality_id=district.town.pk)
    assert everything() == followed


def _versions() -> list[tuple[object, ...]]:
    """Where every row lies: a row that was written again lies elsewhere."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT question_id, tableoid, ctid::text FROM facts_question ORDER BY 1")
        return list(cursor.fetchall())

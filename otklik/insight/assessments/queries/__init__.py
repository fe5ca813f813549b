"""Reading assessments."""

from otklik.insight.assessments.queries.duties import duties_content
from otklik.insight.assessments.queries.paper import paper_of, part_paper
from otklik.insight.assessments.queries.problems import problems_content
from otklik.insight.assessments.queries.seeing import (
    advice_of,
    advice_to_do,
    answers_for,
    approving,
    assessment_of,
    decisions_of,
    leads,
    listed,
    may_answer,
    may_approve,
    may_follow,
    may_make,
    part_of,
    parts_of,
    sees_whole,
    versions_of,
    visible_to,
)
from otklik.insight.assessments.queries.work import work_content

__all__ = [
    "advice_of",
    "advice_to_do",
    "answers_for",
    "approving",
    "assessment_of",
    "decisions_of",
    "duties_content",
    "leads",
    "listed",
    "may_answer",
    "may_approve",
    "may_follow",
    "may_make",
    "paper_of",
    "part_of",
    "part_paper",
    "parts_of",
    "problems_content",
    "sees_whole",
    "versions_of",
    "visible_to",
    "work_content",
]

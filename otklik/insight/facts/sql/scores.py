"""One score that a citizen gave of an answer, one row."""

from __future__ import annotations

from otklik.insight.facts.sql.table import Table

_COLUMNS = (
    "survey_id", "appeal_id", "municipality_id", "body_id", "settlement_id", "topic_id",
    "channel", "score", "given_at", "given_on", "body_ids", "account_ids",
)  # fmt: skip

_SELECT = """
SELECT
    v.id, a.id, a.municipality_id, COALESCE(r.body_id, a.executor_body_id),
    COALESCE(q.settlement_id, a.settlement_id), COALESCE(q.topic_id, a.topic_id), a.channel,
    v.score, v.answered_at, (v.answered_at AT TIME ZONE m.time_zone)::date,
    a.body_ids, a.account_ids
FROM appeals_appeal AS a
JOIN organisation_municipality AS m ON m.id = a.municipality_id
JOIN satisfaction_survey AS v ON v.appeal_id = a.id
LEFT JOIN replies_reply AS r ON r.id = v.reply_id
LEFT JOIN appeals_question AS q ON q.appeal_id = a.id AND q.number = 1
WHERE v.score IS NOT NULL AND v.answered_at IS NOT NULL AND
"""

TABLE = Table(
    name="facts_score",
    key="survey_id",
    columns=_COLUMNS,
    select=_SELECT,
    followed=("v.appeal_id",),
)

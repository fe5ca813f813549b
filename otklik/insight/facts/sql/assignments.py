"""One part given to a body, one row; withdrawn ones stay."""

from __future__ import annotations

from otklik.insight.facts.sql.table import Table

_COLUMNS = (
    "assignment_id", "question_id", "appeal_id", "municipality_id", "role", "body_id",
    "account_id", "topic_id", "channel", "status", "assigned_at", "assigned_on", "due_at",
    "done_at", "withdrawn_at", "body_ids", "account_ids",
)  # fmt: skip

_SELECT = """
SELECT
    x.id, q.id, a.id, a.municipality_id, x.role, x.body_id, x.account_id,
    COALESCE(q.topic_id, a.topic_id), a.channel, a.status,
    x.assigned_at, (x.assigned_at AT TIME ZONE m.time_zone)::date,
    COALESCE(x.due_at, a.due_at), x.done_at, x.withdrawn_at, a.body_ids, a.account_ids
FROM appeals_appeal AS a
JOIN organisation_municipality AS m ON m.id = a.municipality_id
JOIN appeals_question AS q ON q.appeal_id = a.id
JOIN appeals_assignment AS x ON x.question_id = q.id
WHERE
"""

TABLE = Table(
    name="facts_assignment",
    key="assignment_id",
    columns=_COLUMNS,
    select=_SELECT,
    followed=("q.appeal_id",),
)

"""One answer with all its drafts, one row."""

from __future__ import annotations

from otklik.insight.facts.sql.questions import CHECKED
from otklik.insight.facts.sql.table import Table

_COLUMNS = (
    "reply_id", "appeal_id", "municipality_id", "body_id", "author_id", "topic_id", "channel",
    "started_at", "started_on", "submitted_at", "sent_at", "sent_on", "returns", "checks",
    "checks_passed", "fast_track", "body_ids", "account_ids",
)  # fmt: skip

# Who types a draft may change without an event; once it goes for approval the author stands.
_SELECT = """
SELECT
    r.id, a.id, a.municipality_id, COALESCE(r.body_id, a.executor_body_id),
    CASE WHEN r.status NOT IN ('draft', 'returned') THEN r.author_id END,
    COALESCE(q.topic_id, a.topic_id), a.channel,
    r.created_at, (r.created_at AT TIME ZONE m.time_zone)::date,
    (SELECT min(v.created_at) FROM replies_replyrevision AS v WHERE v.reply_id = r.id),
    r.sent_at, (r.sent_at AT TIME ZONE m.time_zone)::date, r.returns,
    CASE WHEN <checked> THEN jsonb_array_length(r.checklist -> 'found') ELSE 0 END::smallint,
    CASE WHEN <checked> THEN (
        SELECT count(*) FROM jsonb_array_elements(r.checklist -> 'found') AS item
        WHERE item ->> 1 = 'ok'
    ) ELSE 0 END::smallint,
    a.fast_track, a.body_ids, a.account_ids
FROM appeals_appeal AS a
JOIN organisation_municipality AS m ON m.id = a.municipality_id
JOIN replies_reply AS r ON r.appeal_id = a.id
LEFT JOIN appeals_question AS q ON q.appeal_id = a.id AND q.number = 1
WHERE
""".replace("<checked>", CHECKED)

TABLE = Table(
    name="facts_answer",
    key="reply_id",
    columns=_COLUMNS,
    select=_SELECT,
    followed=("r.appeal_id",),
)

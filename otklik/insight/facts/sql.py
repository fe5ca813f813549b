"""The one statement that turns cases into facts, for one case and for a whole municipality."""

from __future__ import annotations

COLUMNS = (
    "question_id, appeal_id, municipality_id, is_first, channel, regime, status, topic_id,"
    " topic_group, body_id, settlement_id, lat, lon, received_on, answered_on, received_at,"
    " starts_at, due_at, answered_at, term_used, score, reopened, repeated, returned, checks,"
    " checks_passed, fast_track, theme, body_ids, account_ids"
)

_FACTS_OF = """
INSERT INTO facts_question ({columns})
SELECT
    q.id, a.id, a.municipality_id, q.number = 1, a.channel, a.regime, a.status,
    t.id, CASE WHEN t.id IS NULL THEN '' ELSE COALESCE(NULLIF(t."group", ''), 'Без группы') END,
    COALESCE(main.body_id, CASE WHEN q.number = 1 THEN a.executor_body_id END),
    s.id, COALESCE(a.lat, s.lat), COALESCE(a.lon, s.lon),
    (a.received_at AT TIME ZONE m.time_zone)::date,
    (COALESCE(q.answered_at, a.answered_at) AT TIME ZONE m.time_zone)::date,
    a.received_at,
    COALESCE(d.starts_at, a.registered_at, a.received_at),
    a.due_at, COALESCE(q.answered_at, a.answered_at),
    LEAST(1, GREATEST(0, EXTRACT(EPOCH FROM
        COALESCE(q.answered_at, a.answered_at)
        - COALESCE(d.starts_at, a.registered_at, a.received_at)
    ) / NULLIF(EXTRACT(EPOCH FROM
        a.due_at - COALESCE(d.starts_at, a.registered_at, a.received_at)
    ), 0))),
    a.score, a.reopened, a.repeats_id IS NOT NULL,
    COALESCE(drafts.returned, 0), COALESCE(final.checks, 0), COALESCE(final.passed, 0),
    a.fast_track, a.theme, a.body_ids, a.account_ids
FROM appeals_appeal AS a
JOIN organisation_municipality AS m ON m.id = a.municipality_id
JOIN appeals_question AS q ON q.appeal_id = a.id
LEFT JOIN topics_topic AS t ON t.id = COALESCE(q.topic_id, a.topic_id)
LEFT JOIN territory_settlement AS s ON s.id = COALESCE(q.settlement_id, a.settlement_id)
LEFT JOIN appeals_assignment AS main
    ON main.question_id = q.id AND main.role = 'main' AND main.withdrawn_at IS NULL
LEFT JOIN deadlines_deadline AS d ON d.appeal_id = a.id AND d.kind = 'answer'
LEFT JOIN LATERAL (
    SELECT sum(r.returns) AS returned FROM replies_reply AS r WHERE r.appeal_id = a.id
) AS drafts ON true
LEFT JOIN LATERAL (
    SELECT jsonb_array_length(last.found) AS checks, (
        SELECT count(*) FROM jsonb_array_elements(last.found) AS item WHERE item ->> 1 = 'ok'
    ) AS passed
    FROM (
        SELECT r.checklist -> 'found' AS found FROM replies_reply AS r
        WHERE r.appeal_id = a.id AND jsonb_typeof(r.checklist -> 'found') = 'array'
        ORDER BY r.created_at DESC, r.id DESC LIMIT 1
    ) AS last
) AS final ON true
WHERE {condition}
"""

INSERT_CASES = _FACTS_OF.format(columns=COLUMNS, condition="a.id = ANY(%s)")
INSERT_MUNICIPALITY = _FACTS_OF.format(columns=COLUMNS, condition="a.municipality_id = %s")
DELETE_CASES = "DELETE FROM facts_question WHERE appeal_id = ANY(%s)"
DELETE_MUNICIPALITY = "DELETE FROM facts_question WHERE municipality_id = %s"

# Rebuilding waits for refreshes under way and holds new ones back until it commits.
LOCK_ALONE = "SELECT pg_advisory_xact_lock(%s, %s)"
LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(%s, %s)"
LOCK_CASES = (
    "SELECT pg_advisory_xact_lock(%s, key) FROM"
    " (SELECT DISTINCT hashint8(id) AS key FROM unnest(%s::bigint[]) AS id ORDER BY 1) AS keys"
)
MUNICIPALITY_LOCKS = 7_240_010
CASE_LOCKS = 7_240_011

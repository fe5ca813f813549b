"""One question, one row."""

from __future__ import annotations

from otklik.insight.facts.sql.table import Table

_COLUMNS = (
    "question_id", "appeal_id", "municipality_id", "is_first", "channel", "regime", "status",
    "topic_id", "topic_group", "body_id", "settlement_id", "lat", "lon", "received_on",
    "answered_on", "received_at", "starts_at", "due_at", "answered_at", "term_used", "score",
    "reopened", "repeated", "returned", "checks", "checks_passed", "fast_track", "theme",
    "body_ids", "account_ids", "applicant_kind", "kind", "result", "repetition", "account_id",
    "district_id", "block_ids", "days_taken", "extended", "addressee_id",
)  # fmt: skip

# What a reply still drafted or sent back was checked for is not said: it changes without an event.
CHECKED = "r.status NOT IN ('draft', 'returned') AND jsonb_typeof(r.checklist -> 'found') = 'array'"

_SELECT = """
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
    ), 0)))::double precision,
    a.score, a.reopened, a.repeats_id IS NOT NULL,
    COALESCE(drafts.returned, 0)::smallint, COALESCE(final.checks, 0)::smallint,
    COALESCE(final.passed, 0)::smallint,
    a.fast_track, a.theme, a.body_ids, a.account_ids, p.kind, a.kind, q.result, a.repetition,
    main.account_id, s.territorial_body_id,
    COALESCE(sector.block_ids, '{}'::bigint[]),
    CASE WHEN COALESCE(q.answered_at, a.answered_at) IS NOT NULL THEN GREATEST(0,
        (COALESCE(q.answered_at, a.answered_at) AT TIME ZONE m.time_zone)::date
        - (COALESCE(a.registered_at, a.received_at) AT TIME ZONE m.time_zone)::date
    )::smallint END,
    COALESCE(d.extended_days, 0) > 0,
    a.addressee_body_id
FROM appeals_appeal AS a
JOIN organisation_municipality AS m ON m.id = a.municipality_id
JOIN appeals_applicant AS p ON p.id = a.applicant_id
JOIN appeals_question AS q ON q.appeal_id = a.id
LEFT JOIN topics_topic AS t ON t.id = COALESCE(q.topic_id, a.topic_id)
LEFT JOIN territory_settlement AS s ON s.id = COALESCE(q.settlement_id, a.settlement_id)
LEFT JOIN appeals_assignment AS main
    ON main.question_id = q.id AND main.role = 'main' AND main.withdrawn_at IS NULL
LEFT JOIN deadlines_deadline AS d ON d.appeal_id = a.id AND d.kind = 'answer'
LEFT JOIN (
    SELECT body_id, array_agg(DISTINCT block_id) AS block_ids
    FROM organisation_blockmember WHERE body_id IS NOT NULL GROUP BY body_id
) AS sector ON sector.body_id =
    COALESCE(main.body_id, CASE WHEN q.number = 1 THEN a.executor_body_id END)
LEFT JOIN LATERAL (
    SELECT sum(r.returns) AS returned FROM replies_reply AS r WHERE r.appeal_id = a.id
) AS drafts ON true
LEFT JOIN LATERAL (
    SELECT jsonb_array_length(last.found) AS checks, (
        SELECT count(*) FROM jsonb_array_elements(last.found) AS item WHERE item ->> 1 = 'ok'
    ) AS passed
    FROM (
        SELECT r.checklist -> 'found' AS found FROM replies_reply AS r
        WHERE r.appeal_id = a.id AND <checked>
        ORDER BY r.created_at DESC, r.id DESC LIMIT 1
    ) AS last
) AS final ON true
WHERE
""".replace("<checked>", CHECKED)

TABLE = Table(
    name="facts_question",
    key="question_id",
    columns=_COLUMNS,
    select=_SELECT,
    followed=("q.appeal_id",),
)

"""Who becomes whom: a row of `bench_map` is one copy of one appeal of the demo."""

from __future__ import annotations

BODIES, SETTLEMENTS, TOPICS = 300, 200, 300
STRIDE = 10_000
"""The n-th likeness of a body, settlement or topic has its id plus n strides."""

FIRST_ID = 100_000

LIKENESSES = """
INSERT INTO organisation_body (id, {bodies})
SELECT b.id + v * {stride}, {bodies_copied}
FROM organisation_body AS b, generate_series(1, %(bodies)s - 1) AS v
WHERE b.id IN (SELECT body_id FROM appeals_assignment
               UNION SELECT executor_body_id FROM appeals_appeal);
INSERT INTO organisation_blockmember (id, {members})
SELECT k.id + v * {stride}, {members_copied}
FROM organisation_blockmember AS k, generate_series(1, %(bodies)s - 1) AS v
WHERE k.body_id + v * {stride} IN (SELECT id FROM organisation_body);
INSERT INTO territory_settlement (id, {settlements})
SELECT s.id + v * {stride}, {settlements_copied}
FROM territory_settlement AS s, generate_series(1, %(settlements)s - 1) AS v
WHERE s.id < {stride};
INSERT INTO topics_topic (id, {topics})
SELECT t.id + v * {stride}, {topics_copied}
FROM topics_topic AS t, generate_series(1, %(topics)s - 1) AS v
WHERE t.id IN (SELECT topic_id FROM appeals_question UNION SELECT topic_id FROM appeals_appeal)
"""

# Copies of other years are of cases that are over; a case still open stays within its year.
MAP = """
CREATE UNLOGGED TABLE bench_map AS
WITH copies AS (
    SELECT a.id AS base_id, k,
        a.received_at - make_interval(days => (k %% 5) * 364 + 7 * (k / 5 %% 4),
            secs => (a.id * 31 + k * 977) %% 5400) AS at,
        make_interval(days => (k %% 5) * 364 + 7 * (k / 5 %% 4),
            secs => (a.id * 31 + k * 977) %% 5400) AS shift,
        abs(hashint8extended(a.id * 1000 + k, 1)) %% 10000 / 10000.0::float8 AS r1,
        abs(hashint8extended(a.id * 1000 + k, 2)) %% 10000 / 10000.0::float8 AS r2,
        abs(hashint8extended(a.id * 1000 + k, 3)) %% 10000 / 10000.0::float8 AS r3,
        abs(hashint8extended(a.id * 1000 + k, 4)) AS r4
    FROM generate_series(1, %(copies)s) AS k, appeals_appeal AS a
    WHERE k %% 5 = 0 OR a.status NOT IN ('received', 'registered', 'assigned', 'on_approval',
                                         'approved')
    ORDER BY k, a.id LIMIT %(count)s
)
SELECT base_id, k, shift, %(first)s + row_number() OVER (ORDER BY at, base_id, k) AS new_id,
    floor(%(bodies)s * power(r1, 1.6))::int * {stride} AS body,
    floor(%(settlements)s * power(r2, 1.6))::int * {stride} AS place,
    floor(%(topics)s * power(r3, 1.6))::int * {stride} AS topic,
    E'\\n' || (ARRAY['Рядом', 'Это недалеко от дома', 'То же видели соседи:', 'Адрес:',
        'Сообщали и раньше,', 'Ждём ответа.', 'Проверьте, пожалуйста,', 'Фото приложили.',
        'Так уже неделю,', 'Подтвердят жители:', 'Звонили дважды,'])[(1 + r4 %% 11)::int]
        || ' ' || (SELECT names[(1 + (r4 / 11) %% cardinality(names))::int] FROM bench_streets)
        || ', ' || (1 + r4 / 7919 %% 180) || '.' AS tail
FROM copies ORDER BY new_id
"""

STREETS = """
CREATE UNLOGGED TABLE bench_streets AS
SELECT array_agg(kind || ' ' || name ORDER BY id) AS names FROM territory_street
"""

# The place of a row among those of its appeal: what is derived stays joined to what it came from.
RANKS = """
CREATE UNLOGGED TABLE bench_question AS
SELECT id AS base, appeal_id, row_number() OVER (PARTITION BY appeal_id ORDER BY id) - 1 AS rank
FROM appeals_question;
CREATE UNLOGGED TABLE bench_assignment AS
SELECT x.id AS base, q.appeal_id,
    row_number() OVER (PARTITION BY q.appeal_id ORDER BY x.id) - 1 AS rank
FROM appeals_assignment AS x JOIN appeals_question AS q ON q.id = x.question_id;
CREATE UNLOGGED TABLE bench_reply AS
SELECT id AS base, appeal_id, row_number() OVER (PARTITION BY appeal_id ORDER BY id) - 1 AS rank
FROM replies_reply;
CREATE UNLOGGED TABLE bench_journal AS
SELECT id AS base, case_id AS appeal_id,
    row_number() OVER (PARTITION BY case_id ORDER BY id) - 1 AS rank
FROM journal_entry WHERE name IN ('AppealRegistered', 'ExecutorAssigned', 'ReplySubmitted',
    'ReplySent', 'AppealAnswered', 'ScoreGiven') AND case_id IS NOT NULL;
ANALYZE bench_question; ANALYZE bench_assignment; ANALYZE bench_reply; ANALYZE bench_journal
"""

LEFTOVERS = (
    "bench_map", "bench_streets", "bench_question", "bench_assignment", "bench_reply",
    "bench_journal",
)  # fmt: skip

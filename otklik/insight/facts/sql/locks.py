"""Who waits for whom."""

from __future__ import annotations

# A step of a rebuild waits for refreshes under way and holds new ones back until it commits.
LOCK_ALONE = "SELECT pg_advisory_xact_lock(%s, %s)"
LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(%s, %s)"
LOCK_CASES = (
    "SELECT pg_advisory_xact_lock(%s, key) FROM"
    " (SELECT DISTINCT hashint8(id) AS key FROM unnest(%s::bigint[]) AS id ORDER BY 1) AS keys"
)
MUNICIPALITY_LOCKS = 7_240_010
CASE_LOCKS = 7_240_011

# What another job has taken is refreshed by it, later than it was written.
TAKE_TOUCHED = """
DELETE FROM facts_touch WHERE id IN (
    SELECT id FROM facts_touch WHERE municipality_id = %s
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING appeal_id
"""

"""How the rows of every table are copied: what is not said here is copied as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

WITHIN = 8
"""Room for so many questions, assignments or entries of one appeal."""

_NEW = f"m.new_id * {WITHIN} + "
_BODIES = "ARRAY(SELECT one + m.body FROM unnest(x.body_ids) AS one)"


@dataclass(frozen=True)
class Copy:
    """`source` joins the table as x to bench_map as m; `said` gives columns their own value.

    Times are shifted by themselves.
    """

    table: str
    source: str
    said: dict[str, str] = field(default_factory=dict)


COPIES = (
    Copy("appeals_applicant",
         "appeals_appeal AS a ON a.id = m.base_id JOIN appeals_applicant AS x"
         " ON x.id = a.applicant_id",
         {"id": "m.new_id",
          "phone": "CASE WHEN x.phone = '' THEN '' ELSE '+79' || lpad(m.new_id::text, 9, '0') END",
          "email": "CASE WHEN x.email = '' THEN '' ELSE m.new_id || x.email END"}),
    Copy("appeals_appeal",
         "appeals_appeal AS x ON x.id = m.base_id LEFT JOIN bench_map AS r"
         " ON r.base_id = x.repeats_id AND r.k = m.k AND r.new_id < m.new_id",
         {"id": "m.new_id", "number": "x.number || '/' || m.k", "text": "x.text || m.tail",
          "executor_body_id": "x.executor_body_id + m.body", "body_ids": _BODIES,
          "settlement_id": "x.settlement_id + m.place", "topic_id": "x.topic_id + m.topic",
          "street_id": "CASE WHEN m.place = 0 THEN x.street_id END",
          "house_id": "CASE WHEN m.place = 0 THEN x.house_id END",
          "applicant_id": "m.new_id", "repeats_id": "r.new_id", "inbound_message_id": "m.new_id",
          "code_hash": "''", "fingerprint": "md5(x.fingerprint || m.new_id)",
          "external_number": "CASE WHEN x.external_number = '' THEN ''"
                             " ELSE x.external_number || '/' || m.k END",
          "lat": "x.lat + (m.new_id % 997) / 50000.0",
          "lon": "x.lon + (m.new_id % 991) / 30000.0"}),
    Copy("appeals_question",
         "bench_question AS k ON k.appeal_id = m.base_id JOIN appeals_question AS x"
         " ON x.id = k.base",
         {"id": _NEW + "k.rank", "appeal_id": "m.new_id", "topic_id": "x.topic_id + m.topic",
          "settlement_id": "x.settlement_id + m.place"}),
    Copy("appeals_assignment",
         "bench_assignment AS k ON k.appeal_id = m.base_id JOIN appeals_assignment AS x"
         " ON x.id = k.base JOIN bench_question AS q ON q.base = x.question_id",
         {"id": _NEW + "k.rank", "question_id": _NEW + "q.rank", "body_id": "x.body_id + m.body"}),
    Copy("teamwork_handling",
         "bench_assignment AS k ON k.appeal_id = m.base_id JOIN teamwork_handling AS x"
         " ON x.assignment_id = k.base",
         {"id": _NEW + "k.rank", "assignment_id": _NEW + "k.rank"}),
    Copy("deadlines_deadline",
         "deadlines_deadline AS x ON x.appeal_id = m.base_id",
         {"id": _NEW + "CASE x.kind WHEN 'answer' THEN 0 WHEN 'registration' THEN 1"
                       " WHEN 'forwarding' THEN 2 ELSE 3 END",
          "appeal_id": "m.new_id"}),
    Copy("replies_reply",
         "bench_reply AS k ON k.appeal_id = m.base_id JOIN replies_reply AS x ON x.id = k.base",
         {"id": _NEW + "k.rank", "appeal_id": "m.new_id", "body_id": "x.body_id + m.body",
          "outbound_id": "CASE WHEN x.outbound_id IS NULL THEN NULL ELSE m.new_id * 2 + 1 END"}),
    Copy("replies_replyrevision",
         "bench_reply AS k ON k.appeal_id = m.base_id JOIN replies_replyrevision AS x"
         " ON x.reply_id = k.base",
         {"id": _NEW + "k.rank * 4 + least(x.number, 4) - 1", "reply_id": _NEW + "k.rank"}),
    Copy("approvals_approvalstep",
         "bench_reply AS k ON k.appeal_id = m.base_id JOIN approvals_approvalstep AS x"
         " ON x.subject = 'reply' AND x.subject_id = k.base AND x.round <= 2 AND x.\"order\" <= 2",
         {"id": f"m.new_id * {WITHIN} + k.rank * 4 + (x.round - 1) * 2 + x.\"order\" - 1",
          "subject_id": _NEW + "k.rank"}),
    Copy("satisfaction_survey",
         "satisfaction_survey AS x ON x.appeal_id = m.base_id JOIN bench_reply AS k"
         " ON k.base = x.reply_id",
         {"id": _NEW + "k.rank", "appeal_id": "m.new_id", "reply_id": _NEW + "k.rank",
          "token_hash": "'reply:' || (" + _NEW + "k.rank)"}),
    Copy("journal_entry",
         "bench_journal AS k ON k.appeal_id = m.base_id AND k.rank < 8 JOIN journal_entry AS x"
         " ON x.id = k.base",
         {"id": _NEW + "k.rank", "case_id": "m.new_id",
          "subject_id": "CASE WHEN x.subject = 'appeal' THEN m.new_id ELSE " + _NEW + "0 END"}),
)  # fmt: skip

INBOUND = """
INSERT INTO channels_inbound (id, received_at, taken_at, municipality_id, account_id, channel,
    kind, external_id, revision, sender, sender_name, addressee, subject, text, quoted,
    thread_key, details, raw, disposition, reason, file_problems, case_id)
SELECT m.new_id, x.received_at - m.shift, x.received_at - m.shift, x.municipality_id,
    %(account)s, x.channel, 'letter', 'b' || m.new_id, 1, m.new_id || '@pochta.example', '', '',
    x.summary, x.text || m.tail, '', '', '{{}}', %(raw)s, 'accepted', '', '[]', m.new_id
FROM bench_map AS m JOIN appeals_appeal AS x ON x.id = m.base_id
WHERE m.new_id BETWEEN %(low)s AND %(high)s
"""
KEYS = """
INSERT INTO channels_inboundkey (id, account_id, kind, external_id, message_id, received_at,
    revision, digest, version)
SELECT m.new_id, %(account)s, 'letter', 'b' || m.new_id, m.new_id, x.received_at - m.shift, 1,
    md5(m.new_id::text), 0
FROM bench_map AS m JOIN appeals_appeal AS x ON x.id = m.base_id
WHERE m.new_id BETWEEN %(low)s AND %(high)s
"""
OUTBOUND = """
INSERT INTO channels_outboundmessage (id, municipality_id, case_id, channel, account_id, purpose,
    recipient, subject, text, html, attachment_ids, reply_to, target, state, send_after, key,
    attempts, last_error, external_id, external_url, created_at, created_label, sent_at)
SELECT m.new_id * 2 + part.n, x.municipality_id, m.new_id, 'email', %(account)s, part.purpose,
    m.new_id || '@pochta.example', '', part.text, '', '[]', '[]', '{{}}', 'delivered', part.at,
    'bench-' || m.new_id || '-' || part.n, 1, '', '', '', part.at, 'Система', part.at
FROM bench_map AS m JOIN appeals_appeal AS x ON x.id = m.base_id
LEFT JOIN bench_reply AS k ON k.appeal_id = x.id AND k.rank = 0
LEFT JOIN replies_reply AS r ON r.id = k.base
CROSS JOIN LATERAL (VALUES
    (0, 'receipt', 'Ваше обращение принято и зарегистрировано. О ходе работы сообщим.',
     x.received_at - m.shift),
    (1, 'answer', COALESCE(r.text, 'Ответ готовится.'),
     COALESCE(x.answered_at, x.received_at) - m.shift)
) AS part (n, purpose, text, at)
WHERE m.new_id BETWEEN %(low)s AND %(high)s
"""
MESSAGES = {
    "channels_inbound": INBOUND,
    "channels_inboundkey": KEYS,
    "channels_outboundmessage": OUTBOUND,
}

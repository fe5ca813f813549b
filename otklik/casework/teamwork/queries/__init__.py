"""Reading the common work on cases."""

from otklik.casework.teamwork.queries.coordination import (
    coordination_counts,
    handed_back,
    not_received,
    receipt_deadline,
    urgent_passes,
    waiting_for_executor,
    waiting_times,
)
from otklik.casework.teamwork.queries.people import (
    ANSWERING,
    answers_for,
    asking,
    body_of,
    may_ask,
    people_of,
    seeing,
)
from otklik.casework.teamwork.queries.requests import (
    link_of_request,
    request_of,
    requests_by,
    requests_of,
    requests_to,
)
from otklik.casework.teamwork.queries.thread import (
    hand_backs_of,
    handlings_of,
    thread_of,
)

__all__ = [
    "ANSWERING",
    "answers_for",
    "asking",
    "body_of",
    "coordination_counts",
    "hand_backs_of",
    "handed_back",
    "handlings_of",
    "link_of_request",
    "may_ask",
    "not_received",
    "people_of",
    "receipt_deadline",
    "request_of",
    "requests_by",
    "requests_of",
    "requests_to",
    "seeing",
    "thread_of",
    "urgent_passes",
    "waiting_for_executor",
    "waiting_times",
]

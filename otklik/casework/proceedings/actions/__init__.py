"""The only writers of decisions by the law."""

from otklik.casework.proceedings.actions.citizen import (
    add_materials,
    let_read_file,
    own_access,
    withdraw,
)
from otklik.casework.proceedings.actions.deciding import (
    Given,
    answer_by_site_link,
    decide,
    leave_unanswered,
    resume,
    return_to_author,
    stop_correspondence,
)
from otklik.casework.proceedings.actions.email import explain_email, take_up_explained
from otklik.casework.proceedings.actions.forwarding import TransferTo, forward, note_results
from otklik.casework.proceedings.actions.grounds import (
    define,
    install_builtin_grounds,
    save_ground,
    set_practice,
)
from otklik.casework.proceedings.actions.kin import link_kin, link_kin_of, mark_kin, unlink_kin
from otklik.casework.proceedings.actions.people import (
    SignatoryGiven,
    set_complained,
    set_signatories,
)
from otklik.casework.proceedings.actions.requests import (
    receive_documents,
    remind_of_documents,
    remind_overdue,
    request_documents,
)

__all__ = [
    "Given",
    "SignatoryGiven",
    "TransferTo",
    "add_materials",
    "answer_by_site_link",
    "decide",
    "define",
    "explain_email",
    "forward",
    "install_builtin_grounds",
    "leave_unanswered",
    "let_read_file",
    "link_kin",
    "link_kin_of",
    "mark_kin",
    "note_results",
    "own_access",
    "receive_documents",
    "remind_of_documents",
    "remind_overdue",
    "request_documents",
    "resume",
    "return_to_author",
    "save_ground",
    "set_complained",
    "set_practice",
    "set_signatories",
    "stop_correspondence",
    "take_up_explained",
    "unlink_kin",
    "withdraw",
]

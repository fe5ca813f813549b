"""The only writers of tasks."""

from otklik.coordination.tasks.actions.doing import accept, report_done
from otklik.coordination.tasks.actions.issuing import NewTask, Owner, issue_task, move_task
from otklik.coordination.tasks.actions.keeping import note_fulfilment, save_function
from otklik.coordination.tasks.actions.recurring import make_next, make_periodic
from otklik.coordination.tasks.actions.reminding import remind
from otklik.coordination.tasks.actions.watching import accept_result, cancel, return_task

__all__ = [
    "NewTask",
    "Owner",
    "accept",
    "accept_result",
    "cancel",
    "issue_task",
    "make_next",
    "make_periodic",
    "move_task",
    "note_fulfilment",
    "remind",
    "report_done",
    "return_task",
    "save_function",
]

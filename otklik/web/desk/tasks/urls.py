"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.tasks import card, functions, issuing, lists, regulation

urlpatterns: list[URLPattern | URLResolver] = [
    path("tasks/", lists.tasks, name="tasks"),
    path("tasks/file/", lists.tasks_file, name="tasks_file"),
    path("tasks/new/", issuing.task_new, name="task_new"),
    path("tasks/functions/", functions.functions, name="functions"),
    path("tasks/functions/<int:pk>/", functions.function, name="function"),
    path("tasks/regulation/", regulation.control, name="regulation_control"),
    path("tasks/regulation/<str:clause>/", regulation.clause, name="clause_control"),
    path(
        "tasks/regulation/<str:clause>/files/<int:file_id>/",
        regulation.clause_file,
        name="clause_file",
    ),
    path("tasks/<int:pk>/", card.task, name="task"),
    path("tasks/<int:pk>/files/<int:file_id>/", card.task_file, name="task_file"),
    path("tasks/<int:pk>/acceptance/", card.acceptance, name="task_acceptance"),
    path("tasks/<int:pk>/report/", card.report, name="task_report"),
    path("tasks/<int:pk>/decision/", card.decision, name="task_decision"),
    path("tasks/<int:pk>/move/", card.move, name="task_move"),
    path("tasks/<int:pk>/cancellation/", card.cancellation, name="task_cancellation"),
]

"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.problems import answers, card, choosing, lists, steps

STEPS = [
    ("confirmation", steps.confirmation),
    ("dismissal", steps.dismissal),
    ("solution", steps.solution),
    ("description", steps.description),
    ("cases", steps.cases),
    ("merging", steps.merging),
    ("answer", answers.answer),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("problems/", lists.problems, name="problems"),
    path("problems/options/", lists.options, name="problem_options"),
    path("problems/joining/", choosing.joining, name="problem_joining"),
    path("problems/<int:pk>/", card.problem, name="problem"),
    *[path(f"problems/<int:pk>/{name}/", view, name=f"problem_{name}") for name, view in STEPS],
    path("problems/answers/<int:pk>/", answers.run, name="problem_answers"),
    path("problems/answers/<int:pk>/progress/", answers.progress, name="problem_progress"),
    path("problems/answers/<int:pk>/stage/", answers.stage, name="problem_stage"),
]

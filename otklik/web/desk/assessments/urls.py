"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.assessments import card, lists, parts

urlpatterns: list[URLPattern | URLResolver] = [
    path("assessments/", lists.assessments, name="assessments"),
    path("assessments/new/", lists.new, name="assessment_new"),
    path("assessments/advice/", lists.advice, name="assessment_advice"),
    path("assessments/parts/", parts.listed, name="assessment_parts"),
    path("assessments/parts/<int:pk>/", parts.part, name="assessment_part"),
    path(
        "assessments/parts/<int:pk>/files/<slug:ending>/", parts.file, name="assessment_part_file"
    ),
    path("assessments/advice/<int:pk>/step/", card.follow, name="assessment_advice_step"),
    path("assessments/<int:pk>/", card.assessment, name="assessment"),
    path("assessments/<int:pk>/steps/", card.steps, name="assessment_steps"),
    path("assessments/<int:pk>/sending/", card.sending, name="assessment_sending"),
    path("assessments/<int:pk>/files/<slug:ending>/", card.file, name="assessment_file"),
]

"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.control import (
    bulk,
    channels,
    conversations,
    discipline,
    escalation,
    steps,
    views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("control/", views.control, name="control"),
    path("control/bulk/<int:pk>/", bulk.run, name="bulk"),
    path("control/bulk/<int:pk>/undo/", bulk.undo, name="bulk_undo"),
    path("control/discipline/", discipline.log, name="discipline"),
    path("control/discipline/xlsx/", discipline.file, name="discipline_file"),
    path("control/channels/", channels.channels, name="control_channels"),
    path("control/conversations/", conversations.conversations, name="conversations"),
    path("control/reaction/", discipline.reaction, name="reaction"),
    path("appeals/<int:pk>/term/reminder/", steps.reminder, name="term_reminder"),
    path("settings/escalation/", escalation.escalation, name="escalation"),
    path("settings/escalation/<int:pk>/retirement/", escalation.drop, name="escalation_drop"),
]

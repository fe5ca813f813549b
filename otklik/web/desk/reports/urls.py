"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.reports import card, catalogue, files, listing, schedules, steps, versions

_NOTES: list[URLPattern | URLResolver] = [
    path("notes/", listing.notes, name="notes"),
    path("notes/schedule/", schedules.weekly, name="notes_schedule"),
    path("notes/<int:pk>/", card.note, name="note"),
    path("notes/<int:pk>/parts/<slug:key>/", card.part, name="note_part"),
    path("notes/<int:pk>/pictures/<int:place>/", files.picture, name="note_picture"),
    path("notes/<int:pk>/files/<slug:ending>/", files.file, name="note_file"),
    path("notes/<int:pk>/versions/", versions.versions, name="note_versions"),
    path("notes/<int:pk>/signature/", steps.signature, name="note_signature"),
    path("notes/<int:pk>/terms/", steps.terms, name="note_terms"),
    path("notes/<int:pk>/delivery/", steps.delivery, name="note_delivery"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", listing.reports, name="reports"),
    path("reports/catalogue/", catalogue.kinds_page, name="report_kinds"),
    path("reports/catalogue/<slug:slug>/", catalogue.making, name="report_making"),
    path("reports/schedules/", schedules.schedules, name="report_schedules"),
    path("reports/schedules/<slug:slug>/", schedules.schedule, name="report_schedule"),
    *_NOTES,
]

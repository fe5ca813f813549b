"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.insight import heat, notes, questions, rating, summary

_NOTES: list[URLPattern | URLResolver] = [
    path("notes/", notes.notes, name="notes"),
    path("notes/schedule/", notes.schedule, name="notes_schedule"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/parts/<slug:key>/", notes.part, name="note_part"),
    path("notes/<int:pk>/pictures/<int:place>/", notes.picture, name="note_picture"),
    path("notes/<int:pk>/files/<slug:ending>/", notes.file, name="note_file"),
    path("notes/<int:pk>/signature/", notes.signature, name="note_signature"),
    path("notes/<int:pk>/delivery/", notes.delivery, name="note_delivery"),
]

_BOARDS: list[URLPattern | URLResolver] = [
    path("summary/", summary.summary, name="summary"),
    path("summary/file/", summary.file, name="summary_file"),
    path("summary/save/", summary.save, name="summary_save"),
    path("summary/<int:pk>/forget/", summary.forget, name="summary_forget"),
    path("map/", heat.heat, name="map"),
    path("questions/", questions.questions, name="questions"),
    path("rating/", rating.rating, name="rating"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_BOARDS, *_NOTES]

"""Addresses of this screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from otklik.web.desk.pos import events, exchange, steps

STEPS = (
    ("place", steps.place),
    ("finish", steps.finish),
    ("results", steps.results),
    ("results-file", steps.results_file),
    ("protocol", steps.protocol),
    ("publication", steps.publication),
    ("cancellation", steps.cancellation),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("pos/", exchange.exchange, name="pos"),
    path("pos/events/", events.events, name="pos_events"),
    path("pos/events/new/", events.new, name="pos_event_new"),
    path("pos/events/<int:pk>/", events.event, name="pos_event"),
    path("pos/events/<int:pk>/editing/", events.edit, name="pos_event_edit"),
    path("pos/events/<int:pk>/sheet/", steps.sheet, name="pos_sheet"),
    path("pos/events/<int:pk>/files/<int:file_id>/", events.file, name="pos_file"),
    *[
        path(f"pos/events/<int:pk>/{name}/", view, name=f"pos_{name.replace('-', '_')}")
        for name, view in STEPS
    ],
    path("pos/events/<int:pk>/comments/<int:comment>/", steps.comment, name="pos_comment"),
]
